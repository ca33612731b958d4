package parley.safety.record.story;

import parley.safety.record.Recorded;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Compares what the record says was done on a host with what the host's own journal says.
///
/// Commands as root are compared one by one, by their exact words and their time; sessions by the
/// beginning of each burst of commands of one process. Commands without root leave no trace of
/// their own in a journal.
///
/// @param matched how many were found on both sides
/// @param unrecorded done there, and nowhere in the record
/// @param unseen recorded as done there, and not in the journal
public record Reconciliation(int matched, List<HostAction> unrecorded, List<Recorded> unseen) {
    /// A process that was quiet for so long may have had to connect again.
    private static final Duration QUIET = Duration.ofSeconds(30);

    public Reconciliation {
        unrecorded = List.copyOf(unrecorded);
        unseen = List.copyOf(unseen);
    }

    /// @param own the entries of this host within the time compared, oldest first
    /// @param seen what the journal says of the same time
    /// @param remote whether the host is reached over SSH at all
    /// @param tolerance how far the two clocks may be apart
    public static Reconciliation of(
            List<Recorded> own, List<HostAction> seen, boolean remote, Duration tolerance) {
        return new Comparing(own, seen, tolerance).result(remote);
    }

    private static final class Comparing {
        private final List<Recorded> own;
        private final List<HostAction> left;
        private final Duration tolerance;
        private final Map<Long, Recorded> ends = new HashMap<>();
        private final List<Recorded> unseen = new ArrayList<>();
        private int matched;

        Comparing(List<Recorded> own, List<HostAction> seen, Duration tolerance) {
            this.own = own;
            this.left = new ArrayList<>(seen);
            this.tolerance = tolerance;
            for (Recorded entry : own) {
                if (entry.type().equals("exec.result") || entry.type().equals("exec.unknown")) {
                    ends.put(Fields.number(entry, "cause"), entry);
                }
            }
        }

        Reconciliation result(boolean remote) {
            for (Recorded entry : own) {
                if (entry.type().equals("exec.intent")) {
                    sudo(entry);
                }
            }
            if (remote) {
                bursts().forEach(this::login);
            }
            return new Reconciliation(matched, left, unseen);
        }

        private void sudo(Recorded intent) {
            List<String> words = elevated(Fields.texts(intent, "argv"));
            if (words.isEmpty()) {
                return;
            }
            Optional<Recorded> end = Optional.ofNullable(ends.get(intent.sequence()));
            Instant last = end.map(Recorded::time).orElse(intent.time());
            Optional<HostAction> there =
                    left.stream()
                            .filter(one -> one.kind() == HostAction.Kind.SUDO && one.is(words))
                            .filter(one -> isNear(one.time(), intent.time(), last))
                            .findFirst();
            if (there.isPresent()) {
                matched++;
                left.remove(there.get());
            } else if (end.filter(one -> one.header().has("exit")).isPresent()) {
                unseen.add(intent);
            }
        }

        /// The words behind `sudo -n --`; empty where there is no sudo.
        private static List<String> elevated(List<String> argv) {
            for (int at = 0; at + 3 < argv.size(); at++) {
                if (argv.subList(at, at + 3).equals(List.of("sudo", "-n", "--"))) {
                    return argv.subList(at + 3, argv.size());
                }
            }
            return List.of();
        }

        private boolean isNear(Instant there, Instant from, Instant to) {
            return !there.isBefore(from.minus(tolerance)) && !there.isAfter(to.plus(tolerance));
        }

        /// The first entry of each process, and the first after each quiet time.
        private List<Recorded> bursts() {
            Map<String, Instant> newest = new HashMap<>();
            List<Recorded> bursts = new ArrayList<>();
            for (Recorded entry : own) {
                if (!entry.type().startsWith("exec.")) {
                    continue;
                }
                String process = Fields.text(entry, "boot") + " " + Fields.text(entry, "pid");
                Instant before = newest.put(process, entry.time());
                boolean begins =
                        before == null
                                || Duration.between(before, entry.time()).compareTo(QUIET) > 0;
                if (begins && entry.type().equals("exec.intent")) {
                    bursts.add(entry);
                }
            }
            return bursts;
        }

        private final Set<String> connected = new HashSet<>();

        /// A process connects at its first burst; at a later one only when it has to.
        private void login(Recorded begin) {
            Optional<HostAction> there =
                    left.stream()
                            .filter(one -> one.kind() == HostAction.Kind.LOGIN)
                            .filter(one -> isNear(one.time(), begin.time(), begin.time()))
                            .min((one, other) ->
                                    Duration.between(one.time(), begin.time())
                                            .abs()
                                            .compareTo(
                                                    Duration.between(other.time(), begin.time())
                                                            .abs()));
            String process = Fields.text(begin, "boot") + " " + Fields.text(begin, "pid");
            boolean first = connected.add(process);
            boolean ran =
                    Optional.ofNullable(ends.get(begin.sequence()))
                            .filter(end -> end.header().has("exit"))
                            .isPresent();
            if (there.isPresent() && (first || isCloser(there.get(), begin))) {
                matched++;
                left.remove(there.get());
            } else if (first && ran) {
                unseen.add(begin);
            }
        }

        /// A login that only happens to be near is somebody else's.
        private static boolean isCloser(HostAction login, Recorded begin) {
            return Duration.between(login.time(), begin.time())
                            .abs()
                            .compareTo(Duration.ofSeconds(5))
                    <= 0;
        }
    }
}
