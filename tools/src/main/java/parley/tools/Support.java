package parley.tools;

import java.util.Locale;

/// How far a tool is known to work on a family.
public enum Support {
    /// Ran for real: there are recordings from such a host.
    PROVEN,
    /// Written from documentation; never ran for real. Such a family is offered no changes.
    UNTESTED,
    NOT_SUPPORTED;

    /// The word of the interfaces: `proven`, `untested`, `not supported`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
