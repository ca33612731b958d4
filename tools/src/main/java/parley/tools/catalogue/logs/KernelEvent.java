package parley.tools.catalogue.logs;

import static java.util.Objects.requireNonNull;

import parley.tools.Finding.Severity;
import parley.tools.Means;
import parley.tools.value.HostText;

import java.time.Instant;
import java.util.Optional;

/// Kernel messages of one kind about one thing.
///
/// @param rule which kind of message exactly: `io-error`, `remounted-read-only`; `other` for a
///   message that the kernel calls an error and no rule knows
/// @param device what was hit: a device, a program, a server; empty where the kernel did not say
/// @param sample the earliest of the messages
/// @param line where the earliest stands in its capture, the first line being 1
public record KernelEvent(
        @Means(en = "class", zh = "类别") KernelClass kind,
        @Means(en = "severity", zh = "严重程度") Severity severity,
        @Means(en = "rule", zh = "规则") String rule,
        @Means(en = "hit", zh = "对象") Optional<HostText> device,
        @Means(en = "times", zh = "次数") long count,
        @Means(en = "first", zh = "首次") Instant first,
        @Means(en = "last", zh = "最近") Instant last,
        @Means(en = "sample", zh = "示例") HostText sample,
        @Means(en = "line", zh = "行") long line) {
    public KernelEvent {
        requireNonNull(kind, "kind is null");
        requireNonNull(severity, "severity is null");
        requireNonNull(rule, "rule is null");
        requireNonNull(device, "device is null");
        requireNonNull(first, "first is null");
        requireNonNull(last, "last is null");
        requireNonNull(sample, "sample is null");
        if (count < 1 || line < 1) {
            throw new IllegalArgumentException("count and line count from 1: " + count);
        }
    }

    /// The same events and one more at `time`.
    KernelEvent andAt(Instant time) {
        return new KernelEvent(kind, severity, rule, device, count + 1, first, time, sample, line);
    }
}
