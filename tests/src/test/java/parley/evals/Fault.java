package parley.evals;

/// Something wrong with a host, put there before the request and taken away after it.
sealed interface Fault {
    String host();

    /// One that the testbed has under this name, perhaps with an argument: `disk-full root`.
    record Named(String host, String name) implements Fault {}

    /// One of this scenario alone: shell, run on the host as root.
    ///
    /// @param heal puts everything back; empty to throw the host away instead
    record Scripted(String host, String inject, String heal) implements Fault {}
}
