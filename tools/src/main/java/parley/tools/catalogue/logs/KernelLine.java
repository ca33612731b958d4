package parley.tools.catalogue.logs;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/// One message of the kernel, wherever it was kept.
///
/// @param line where it stands in its capture, the first line being 1
public record KernelLine(Instant time, Optional<Priority> priority, String message, int line) {
    public KernelLine {
        requireNonNull(time, "time is null");
        requireNonNull(priority, "priority is null");
        requireNonNull(message, "message is null");
    }
}
