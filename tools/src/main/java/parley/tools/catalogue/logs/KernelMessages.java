package parley.tools.catalogue.logs;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the kernel reported in a stretch of time, sorted into kinds, the earliest first.
///
/// @param since the exact beginning asked for, by the host's clock; empty for "since boot"
/// @param coverageFrom how far back what was looked at reaches; empty where nobody could tell
/// @param lines how many messages of that time were looked at, of any kind
/// @param cut whether older ones of that time were left out
public record KernelMessages(
        @Means(en = "events", zh = "事件") List<KernelEvent> events,
        @Means(en = "source", zh = "来源") Source source,
        @Means(en = "since", zh = "起始") Optional<Instant> since,
        @Means(en = "reaches back to", zh = "最早可查") Optional<Instant> coverageFrom,
        @Means(en = "messages", zh = "消息数") long lines,
        @Means(en = "older ones left out", zh = "另有更早的消息") boolean cut) {
    /// Where the messages were found.
    public enum Source {
        @Means(en = "journal", zh = "系统日志")
        JOURNAL,
        /// The kernel's own ring: this boot only, and only what it still holds.
        @Means(en = "kernel buffer", zh = "内核缓冲区")
        BUFFER,
        /// Nowhere: nothing can be said.
        @Means(en = "none", zh = "无")
        NONE
    }

    public KernelMessages {
        events = List.copyOf(events);
        requireNonNull(source, "source is null");
        requireNonNull(since, "since is null");
        requireNonNull(coverageFrom, "coverageFrom is null");
    }

    /// The events of one kind.
    public List<KernelEvent> of(KernelClass kind) {
        return events.stream().filter(event -> event.kind() == kind).toList();
    }

    /// Whether the whole time asked for was looked at.
    public boolean coversAll() {
        return !cut
                && source != Source.NONE
                && since.flatMap(from -> coverageFrom.map(first -> !first.isAfter(from)))
                        .orElse(since.isEmpty());
    }
}
