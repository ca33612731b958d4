package parley.console.reach;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

import parley.tools.Bilingual;

/// A command gave no capture. The kind says what is known about what happened on the host.
public final class NotRun extends Exception {
    /// What is known.
    public enum Kind {
        /// No connection: refused, timed out, no route, name not found.
        UNREACHABLE,
        /// The host's key is not the one on file. Everything for that host stops.
        HOST_KEY_CHANGED,
        /// The host's key is not known and nobody vouched for it.
        HOST_KEY_UNKNOWN,
        /// No offered key was accepted.
        NOT_AUTHENTICATED,
        /// `sudo -n` refused; the message holds the sudoers line that would allow it.
        SUDO_REFUSED,
        /// A person cancelled it; the command was ended on the host.
        CANCELLED,
        /// The connection broke after the command was sent: it may or may not have run.
        OUTCOME_UNKNOWN
    }

    private final Kind kind;
    private final transient Bilingual why;

    public NotRun(Kind kind, Bilingual why, @Nullable Throwable cause) {
        super(why.en(), cause);
        this.kind = requireNonNull(kind, "kind is null");
        this.why = requireNonNull(why, "why is null");
    }

    public Kind kind() {
        return kind;
    }

    public Bilingual why() {
        return why;
    }
}
