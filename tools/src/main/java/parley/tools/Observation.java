package parley.tools;

import java.util.List;

/// A tool that looks and changes nothing: a bounded sequence of commands, each chosen from the
/// captures before it.
public non-sealed interface Observation<A extends Record, R extends Record> extends Tool<A, R> {
    /// The most commands one call may run; a tool that wants more is broken and is stopped.
    int MOST_COMMANDS = 24;

    /// The next command, or done. Called with no captures first.
    Next next(A arguments, Platform platform, List<Capture> soFar);

    /// Reads every line of every capture, or refuses.
    ///
    /// @throws Unreadable naming the first line that does not have the expected form
    Reading<R> read(A arguments, Platform platform, List<Capture> captures) throws Unreadable;
}
