package parley.tools;

import java.util.Locale;

/// What a call may do to a host. Declared on the card; arguments or a preview may raise it, never
/// lower it.
public enum Risk {
    /// No state changes.
    OBSERVE,
    /// Reversible, no outage expected.
    CHANGE,
    /// Interrupts a service, a session or a node.
    DISRUPTIVE,
    /// Loses data or cannot be taken back.
    DESTRUCTIVE;

    /// The graver of the two.
    public Risk or(Risk other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /// The word of the interfaces: `observe`, `change`, `disruptive`, `destructive`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
