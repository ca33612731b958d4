package parley.console.turn;

/// What looking before a change came to on one host.
sealed interface Looked {
    /// It can be approved.
    record Ready(Prepared<?> prepared) implements Looked {}

    /// It is so already: nothing has to be done here, and nothing is in the way of the others.
    record Needless(HostResult result) implements Looked {}

    /// It cannot be done here.
    record Not(HostResult result) implements Looked {}
}
