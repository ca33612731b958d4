package parley.console.reach;

import static java.nio.charset.StandardCharsets.UTF_8;

import parley.safety.gate.Step;
import parley.tools.Capture;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// Makes captures of what was drained.
final class Captures {
    static final int ENDED_BY_TIME = 124;
    static final int ENDED_BY_CLOSED_PIPE = 141;

    /// The signals' numbers on Linux; SSH tells names.
    private static final Map<String, Integer> SIGNALS =
            Map.ofEntries(
                    Map.entry("HUP", 1),
                    Map.entry("INT", 2),
                    Map.entry("QUIT", 3),
                    Map.entry("ILL", 4),
                    Map.entry("ABRT", 6),
                    Map.entry("FPE", 8),
                    Map.entry("KILL", 9),
                    Map.entry("USR1", 10),
                    Map.entry("SEGV", 11),
                    Map.entry("USR2", 12),
                    Map.entry("PIPE", 13),
                    Map.entry("ALRM", 14),
                    Map.entry("TERM", 15));

    private Captures() {}

    static Capture of(Step step, int exit, Drain out, Drain err, boolean asRoot, Instant started) {
        Duration took = Duration.between(started, Instant.now());
        return new Capture(
                step.argv(),
                exit,
                out.text(UTF_8),
                err.text(UTF_8),
                out.total(),
                out.truncated(),
                asRoot,
                started.plus(took.dividedBy(2)),
                took);
    }

    static int exitAfter(String signal) {
        return 128 + SIGNALS.getOrDefault(signal, 0);
    }
}
