package parley.safety.record.story;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Something that a host's own journal says was done there by somebody.
///
/// @param time by the host's clock
/// @param user who logged in, or who used sudo
/// @param what the command that ran as root, or where the login came from
/// @param ran false for what sudo refused
public record HostAction(Kind kind, Instant time, String user, String what, boolean ran) {
    private static final Pattern SUDO =
            Pattern.compile("(?s)\\s*(\\S+) : (?:([^=]*?) ; )?(?:\\w+=.*? ; )*COMMAND=(.*)");
    private static final Pattern CONTINUED =
            Pattern.compile("(?s)\\s*(\\S+) : \\(command continued\\) (.*)");
    private static final Pattern LOGIN =
            Pattern.compile("Accepted (\\S+) for (\\S+) from (\\S+) port (\\d+).*");

    public HostAction {
        requireNonNull(kind, "kind is null");
        requireNonNull(time, "time is null");
        requireNonNull(user, "user is null");
        requireNonNull(what, "what is null");
    }

    /// What was done.
    public enum Kind {
        /// A command as root.
        SUDO,
        /// A session over SSH.
        LOGIN
    }

    /// The action that a message of `sudo` or `sshd` tells of; empty when it tells of none.
    public static Optional<HostAction> of(Instant time, String message) {
        Matcher sudo = SUDO.matcher(message);
        if (sudo.matches()) {
            boolean refused = sudo.group(2) != null;
            return Optional.of(
                    new HostAction(
                            Kind.SUDO, time, sudo.group(1), sudo.group(3).strip(), !refused));
        }
        Matcher login = LOGIN.matcher(message);
        if (login.matches()) {
            return Optional.of(
                    new HostAction(
                            Kind.LOGIN,
                            time,
                            login.group(2),
                            login.group(1) + " from " + login.group(3) + ":" + login.group(4),
                            true));
        }
        return Optional.empty();
    }

    /// The rest of a command that sudo had to break; empty when the message is none.
    public static Optional<String> continued(String message) {
        Matcher rest = CONTINUED.matcher(message);
        return rest.matches() ? Optional.of(rest.group(2)) : Optional.empty();
    }

    /// The same with the rest of its command.
    public HostAction with(String rest) {
        return new HostAction(kind, time, user, what + rest, ran);
    }

    /// Whether this is the command of these words, whatever folder its program was found in.
    boolean is(List<String> words) {
        int blank = what.indexOf(' ');
        String program = blank < 0 ? what : what.substring(0, blank);
        String rest = blank < 0 ? "" : what.substring(blank + 1);
        String wanted = String.join(" ", words.subList(1, words.size()));
        return program.substring(program.lastIndexOf('/') + 1)
                        .equals(words.getFirst().substring(words.getFirst().lastIndexOf('/') + 1))
                && rest.equals(wanted);
    }
}
