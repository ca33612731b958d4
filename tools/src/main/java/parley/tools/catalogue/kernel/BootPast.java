package parley.tools.catalogue.kernel;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One boot, and how it ended.
///
/// @param index 0 for the running boot, -1 for the one before
/// @param endedCleanly whether the journal holds the marks of an orderly shutdown; empty for the
///   running boot and where nobody looked. A boot that ended without them crashed, lost its power
///   or was reset.
/// @param lastWords the last messages of a boot that did not end cleanly, the earliest first
public record BootPast(
        @Means(en = "boot", zh = "启动序号") long index,
        @Means(en = "id", zh = "启动标识") String id,
        @Means(en = "first entry", zh = "最早条目") Instant first,
        @Means(en = "last entry", zh = "最晚条目") Instant last,
        @Means(en = "ended cleanly", zh = "正常结束") Optional<Boolean> endedCleanly,
        @Means(en = "last words", zh = "最后的消息") List<HostText> lastWords) {
    public BootPast {
        requireNonNull(id, "id is null");
        requireNonNull(first, "first is null");
        requireNonNull(last, "last is null");
        requireNonNull(endedCleanly, "endedCleanly is null");
        lastWords = List.copyOf(lastWords);
    }
}
