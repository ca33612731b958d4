package parley.safety.record;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A record of another time.
public final class Aged {
    private Aged() {}

    /// In a process of its own, under the user whose record it is to be.
    ///
    /// @param arguments folder, how many days ago, how many requests
    public static void main(String[] arguments) throws Exception {
        Instant when = Instant.now().minus(Duration.ofDays(Long.parseLong(arguments[1])));
        record(Path.of(arguments[0]), when, Integer.parseInt(arguments[2]));
    }

    /// Requests `r0`, `r1`, … each with a content and its answer, written at `when`.
    public static void record(Path folder, Instant when, int requests) throws RecordUnavailable {
        try (AuditLog log =
                AuditLog.open(folder, "p", InstantSource.fixed(when), AuditLog.SEGMENT_LIMIT)) {
            for (int index = 0; index < requests; index++) {
                String run = "r" + index;
                log.append(Records.entry("request", run, "please", Records.words("words " + run)));
                log.append(Records.entry("answer", run, "done", Records.words("answer " + run)));
            }
        }
    }
}
