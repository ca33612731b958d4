package parley.tools.catalogue.network;

import parley.tools.catalogue.network.ProbeAttempt.Outcome;

import java.util.Locale;
import java.util.Optional;

/// The kernel's words for a failed attempt, which every program passes on.
public final class Failures {
    private Failures() {}

    /// What `message` says; empty when it says nothing of the kind.
    public static Optional<Outcome> of(String message) {
        String text = message.toLowerCase(Locale.ROOT);
        if (text.contains("connection refused") || text.contains("port unreachable")) {
            return Optional.of(Outcome.REFUSED);
        }
        if (text.contains("no route to host")
                || text.contains("network is unreachable")
                || text.contains("host unreachable")
                || text.contains("net unreachable")
                || text.contains("cannot assign requested address")
                || text.contains("address family")) {
            return Optional.of(Outcome.NO_ROUTE);
        }
        if (text.contains("operation not permitted")
                || text.contains("permission denied")
                || text.contains("prohibited")
                || text.contains("packet filtered")) {
            return Optional.of(Outcome.BLOCKED);
        }
        return text.contains("timed out") || text.contains("timeout") || text.contains("time-out")
                ? Optional.of(Outcome.TIMEOUT)
                : Optional.empty();
    }
}
