package parley.tools.catalogue.logs;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.util.Optional;

/// One line of a log file.
///
/// @param number where it stands in the file, the first line being 1; empty where that is not known
/// @param line where it stands in the capture
public record LogLine(
        @Means(en = "line of the file", zh = "文件行号") Optional<Long> number,
        @Means(en = "text", zh = "内容") HostText text,
        @Means(en = "line", zh = "行") long line) {
    public LogLine {
        requireNonNull(number, "number is null");
        requireNonNull(text, "text is null");
    }
}
