package parley.tools.catalogue.storage;

import static java.util.Objects.requireNonNull;

import parley.tools.Capture;
import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;
import parley.tools.value.Percent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One array of disks that the kernel makes, as `/proc/mdstat` shows it.
///
/// @param state `active`, `inactive`, `active (auto-read-only)`
/// @param disks how many it should have; empty where it needs none in particular
/// @param up how many of them work
/// @param failed those marked as failed
/// @param recoveredPct how far it is with being made whole again; empty when it is not
public record RaidArray(
        @Means(en = "array", zh = "阵列") String name,
        @Means(en = "state", zh = "状态") HostText state,
        @Means(en = "level", zh = "级别") Optional<HostText> level,
        @Means(en = "disks", zh = "磁盘数") Optional<Long> disks,
        @Means(en = "up", zh = "正常") Optional<Long> up,
        @Means(en = "failed", zh = "故障盘") List<HostText> failed,
        @Means(en = "recovered", zh = "重建进度") Optional<Percent> recoveredPct,
        @Means(en = "evidence", zh = "出处") Finding.Lines evidence) {
    private static final Pattern ARRAY =
            Pattern.compile(
                    "(md\\S+) : ((?:in)?active(?: \\([a-z-]+\\))?)(?:"
                            + " ((?:raid|linear|multipath|faulty)\\S*))?((?:"
                            + " \\S+\\[\\d+\\](?:\\([A-Z]\\))*)*)\\s*");
    private static final Pattern UP =
            Pattern.compile("\\s+\\d+ blocks.*\\[(\\d+)/(\\d+)\\] \\[[U_]+\\].*");
    private static final Pattern PROGRESS =
            Pattern.compile(
                    "\\s+\\[.*\\]\\s+(?:resync|recovery|reshape|check) ?= ?(\\d+\\.\\d+)%.*");
    private static final Pattern FAILED = Pattern.compile("(\\S+)\\[\\d+\\]\\(F\\)");
    private static final Pattern OTHER =
            Pattern.compile("(Personalities :|unused devices:|read_ahead).*|\\s*|\\s+\\S.*");

    public RaidArray {
        requireNonNull(name, "name is null");
        requireNonNull(state, "state is null");
        requireNonNull(level, "level is null");
        requireNonNull(disks, "disks is null");
        requireNonNull(up, "up is null");
        failed = List.copyOf(failed);
        requireNonNull(recoveredPct, "recoveredPct is null");
        requireNonNull(evidence, "evidence is null");
    }

    /// Whether one disk less than it should have works.
    public boolean degraded() {
        return !failed.isEmpty()
                || (disks.isPresent() && up.isPresent() && up.get() < disks.get())
                || state.value().startsWith("inactive");
    }

    static List<RaidArray> read(int number, List<Capture> captures) throws Unreadable {
        List<RaidArray> arrays = new ArrayList<>();
        for (Line line : Lines.of(number, captures)) {
            Matcher array = ARRAY.matcher(line.text());
            if (array.matches()) {
                arrays.add(array(line, array));
                continue;
            }
            line.match(OTHER, "a line of /proc/mdstat");
            if (arrays.isEmpty()) {
                continue;
            }
            RaidArray last = arrays.removeLast();
            Matcher up = UP.matcher(line.text());
            Matcher progress = PROGRESS.matcher(line.text());
            Finding.Lines both = new Finding.Lines(number, last.evidence().from(), line.number());
            arrays.add(
                    up.matches()
                            ? last.with(
                                    Optional.of(line.whole(up.group(1))),
                                    Optional.of(line.whole(up.group(2))),
                                    last.recoveredPct(),
                                    both)
                            : progress.matches()
                                    ? last.with(
                                            last.disks(),
                                            last.up(),
                                            Optional.of(line.percent(progress.group(1))),
                                            both)
                                    : last);
        }
        return arrays;
    }

    private static RaidArray array(Line line, Matcher array) {
        List<HostText> failed = new ArrayList<>();
        Matcher each = FAILED.matcher(array.group(4));
        while (each.find()) {
            failed.add(new HostText(each.group(1)));
        }
        return new RaidArray(
                array.group(1),
                new HostText(array.group(2)),
                Optional.ofNullable(array.group(3)).map(HostText::new),
                Optional.empty(),
                Optional.empty(),
                failed,
                Optional.empty(),
                line.at());
    }

    private RaidArray with(
            Optional<Long> all,
            Optional<Long> works,
            Optional<Percent> recovered,
            Finding.Lines at) {
        return new RaidArray(name, state, level, all, works, failed, recovered, at);
    }
}
