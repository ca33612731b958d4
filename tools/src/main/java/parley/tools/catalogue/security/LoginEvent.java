package parley.tools.catalogue.security;

import parley.tools.catalogue.logs.JournalEntry;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What one journal entry of sshd or sudo says about somebody who wanted in. Names in it were typed
/// by whoever tried, so they are data.
///
/// @param user as it was typed
/// @param source the address it came from; empty for sudo
/// @param detail the method of a login, the reason of a refusal
/// @param process groups the entries of one connection
record LoginEvent(
        Kind kind,
        Instant time,
        String user,
        Optional<String> source,
        String detail,
        long process,
        int line) {
    enum Kind {
        ACCEPTED,
        /// A password or key that was wrong.
        FAILED,
        /// The connection ended before anybody was let in.
        ABANDONED,
        SUDO_REFUSED
    }

    private static final String FROM = " from (\\S{1,64}) port \\d{1,5}.{0,200}";
    private static final Pattern ACCEPTED =
            Pattern.compile("Accepted (\\S{1,40}) for (\\S{1,64})" + FROM);
    private static final Pattern FAILED =
            Pattern.compile("Failed (\\S{1,40}) for (?:invalid user )?(.{0,64}?)" + FROM);
    private static final Pattern ABANDONED =
            Pattern.compile(
                    "(?:Connection (?:closed|reset) by|Disconnected from)"
                        + " (?:authenticating|invalid) user (.{0,64}?) (\\S{1,64}) port \\d{1,5}"
                        + " \\[preauth\\]");
    private static final Pattern SUDO =
            Pattern.compile(
                    "\\s*(\\S{1,64}) : (command not allowed|user NOT in sudoers|user NOT authorized"
                            + " on host|\\d{1,3} incorrect password attempts?|a password is"
                            + " required|authentication failure) ;.{0,1000}");

    /// What the entry says; empty when it says nothing of the kind.
    static Optional<LoginEvent> of(JournalEntry entry) {
        String text = entry.message().value();
        Matcher accepted = ACCEPTED.matcher(text);
        if (accepted.matches()) {
            return Optional.of(
                    at(
                            entry,
                            Kind.ACCEPTED,
                            accepted.group(2),
                            Optional.of(accepted.group(3)),
                            accepted.group(1)));
        }
        Matcher failed = FAILED.matcher(text);
        if (failed.matches()) {
            return Optional.of(
                    at(
                            entry,
                            Kind.FAILED,
                            failed.group(2),
                            Optional.of(failed.group(3)),
                            failed.group(1)));
        }
        Matcher abandoned = ABANDONED.matcher(text);
        if (abandoned.matches()) {
            return Optional.of(
                    at(
                            entry,
                            Kind.ABANDONED,
                            abandoned.group(1),
                            Optional.of(abandoned.group(2)),
                            "not let in"));
        }
        Matcher sudo = SUDO.matcher(text);
        return sudo.matches()
                ? Optional.of(
                        at(
                                entry,
                                Kind.SUDO_REFUSED,
                                sudo.group(1),
                                Optional.empty(),
                                sudo.group(2)))
                : Optional.empty();
    }

    private static LoginEvent at(
            JournalEntry entry, Kind kind, String user, Optional<String> source, String detail) {
        return new LoginEvent(
                kind,
                entry.time(),
                user,
                source,
                detail,
                entry.pid().orElse(-entry.line()),
                Math.toIntExact(entry.line()));
    }
}
