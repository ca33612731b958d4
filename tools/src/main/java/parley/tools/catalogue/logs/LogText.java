package parley.tools.catalogue.logs;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.Bytes;
import parley.tools.value.HostText;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What was read of a log file.
///
/// @param path the file itself, after every symbolic link
/// @param lines in the order of the file; of more matches than asked for the newest
/// @param matches how many lines of the file have the text asked for; empty when none was asked for
/// @param earliest the first line of the file that has the text asked for, or, without one, the
///   first of the lines read that looks like an error
/// @param more whether the file has more lines, or more matches, than are here
public record LogText(
        @Means(en = "state", zh = "状态") State state,
        @Means(en = "file", zh = "文件") HostText path,
        @Means(en = "size", zh = "大小") Optional<Bytes> size,
        @Means(en = "last written", zh = "最后写入") Optional<Instant> modified,
        @Means(en = "lines", zh = "内容") List<LogLine> lines,
        @Means(en = "matches", zh = "匹配数") Optional<Long> matches,
        @Means(en = "earliest", zh = "最早一行") Optional<LogLine> earliest,
        @Means(en = "more", zh = "另有更多") boolean more) {
    /// Whether there is such a file, and whether it may be read.
    public enum State {
        @Means(en = "read", zh = "已读取")
        READ,
        @Means(en = "no such file", zh = "文件不存在")
        NO_SUCH_FILE,
        @Means(en = "no permission", zh = "无权限")
        NO_PERMISSION
    }

    public LogText {
        requireNonNull(state, "state is null");
        requireNonNull(path, "path is null");
        requireNonNull(size, "size is null");
        requireNonNull(modified, "modified is null");
        lines = List.copyOf(lines);
        requireNonNull(matches, "matches is null");
        requireNonNull(earliest, "earliest is null");
    }

    static LogText unread(State state, String path) {
        return new LogText(
                state,
                new HostText(path),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                false);
    }
}
