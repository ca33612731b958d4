package parley.tools.catalogue.services;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Means;
import parley.tools.Platform;
import parley.tools.Unreadable;
import parley.tools.read.KeyValues;
import parley.tools.value.Bytes;
import parley.tools.value.Percent;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The resource limits of a unit; what is not limited is empty.
///
/// @param cpuQuota of one processor: 200 % are two whole ones
public record UnitLimits(
        @Means(en = "memory limit", zh = "内存上限") Optional<Bytes> memoryMax,
        @Means(en = "cpu quota", zh = "CPU 配额") Optional<Percent> cpuQuota,
        @Means(en = "task limit", zh = "任务数上限") Optional<Long> tasksMax,
        @Means(en = "io weight", zh = "IO 权重") Optional<Long> ioWeight) {
    static final String PROPERTY_WORD =
            "--property=Id,LoadState,MemoryMax,CPUQuotaPerSecUSec,TasksMax,IOWeight";
    private static final Pattern PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)(min|ms|us|s)");
    private static final Map<String, Double> MICROS =
            Map.of("min", 60_000_000.0, "s", 1_000_000.0, "ms", 1_000.0, "us", 1.0);

    static Argv show(Platform platform, String unit) {
        return Systemctl.show(platform, PROPERTY_WORD.substring("--property=".length()), unit);
    }

    static UnitLimits of(Capture show) throws Unreadable {
        KeyValues block = KeyValues.only(show.readable());
        return new UnitLimits(
                block.number("MemoryMax").map(Bytes::new),
                quota(block),
                block.number("TasksMax"),
                block.number("IOWeight"));
    }

    /// systemd prints the time a second has for it: `500ms`, `1s 500ms`, `infinity`.
    private static Optional<Percent> quota(KeyValues block) throws Unreadable {
        Optional<String> time =
                block.find("CPUQuotaPerSecUSec").filter(text -> !text.equals("infinity"));
        if (time.isEmpty()) {
            return Optional.empty();
        }
        double micros = 0;
        for (String part : time.get().split(" ")) {
            Matcher matcher = PART.matcher(part);
            if (!matcher.matches()) {
                throw block.unreadable("CPUQuotaPerSecUSec", "a time such as 1s 500ms");
            }
            micros +=
                    Double.parseDouble(matcher.group(1))
                            * MICROS.getOrDefault(matcher.group(2), 0.0);
        }
        return Optional.of(Percent.of(micros, 1_000_000));
    }
}
