package parley.tools.catalogue.storage;

import static java.util.Objects.requireNonNull;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.AbsolutePath;
import parley.tools.value.Bytes;
import parley.tools.value.HostText;
import parley.tools.value.Percent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How full each mounted filesystem is, in space and in inodes.
///
/// Source: `/proc/self/mounts`, then `df -l` for local filesystems, then each network filesystem by
/// itself under 5 s, because one dead server would hang them all. `df` exits 1 when one filesystem
/// does not answer and still lists the others, and says nothing of those it may not enter: partial.
/// Amounts are bytes. Memory filesystems are listed only when they are nearly full, read-only
/// images never, `/` always.
public final class DiskUsage implements Observation<DiskUsage.Arguments, DiskUsage.Usage> {
    private static final int MOST_NETWORK = 8;
    private static final int MOST_DEVICES = 64;
    private static final int TIMED_OUT = 124;
    private static final int KILLED = 137;
    private static final Duration NETWORK_LIMIT = Duration.ofSeconds(5);
    private static final String COLUMNS =
            "--output=source,fstype,size,used,avail,pcent,itotal,iused,iavail,ipcent,target";
    private static final Pattern HEADING =
            Pattern.compile(
                    "Filesystem +Type +1B-blocks +Used +Avail +Use% +Inodes +IUsed +IFree +IUse%"
                            + " +Mounted on");
    private static final Pattern ROW =
            Pattern.compile(
                    "(.+?) +(\\S+) +(\\d+) +(\\d+) +(-?\\d+) +(\\d+%|-)"
                            + " +(\\d+|-) +(\\d+|-) +(-?\\d+|-) +(\\d+%|-) (\\S.*)");

    public record Arguments(
            @Means(en = "only the filesystem that holds this path", zh = "只看该路径所在的文件系统")
                    Optional<AbsolutePath> path) {
        public Arguments {
            requireNonNull(path, "path is null");
        }
    }

    /// @param filesystems the fullest first
    public record Usage(@Means(en = "filesystems", zh = "文件系统") List<Filesystem> filesystems) {
        public Usage {
            filesystems = List.copyOf(filesystems);
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "disk.usage",
                "storage",
                Bilingual.of("How full each filesystem is", "各文件系统的使用情况"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("is any disk nearly full?", "磁盘快满了吗"),
                Bilingual.of("how much space is left on db-1", "db-1 还剩多少磁盘空间"),
                Bilingual.of("show disk usage of the web hosts", "看一下 web 组的磁盘使用率"),
                Bilingual.of("are we running out of inodes", "inode 是不是用完了"),
                Bilingual.of("df on cache-1", "cache-1 上执行 df 看看"),
                Bilingual.of("how full is /var", "/var 用了多少"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        if (soFar.isEmpty()) {
            return Next.run(Argv.of("cat", "/proc/self/mounts"));
        }
        if (arguments.path().isPresent()) {
            String path = arguments.path().get().value();
            return soFar.size() == 1 ? Next.run(df("--", path)) : Next.done();
        }
        if (soFar.size() == 1) {
            return Next.run(
                    df("-l").alsoReadableWhenExit(TIMED_OUT, KILLED)
                            .within(NETWORK_LIMIT.multipliedBy(2)));
        }
        Optional<List<Argv>> more = afterLocal(soFar);
        int done = soFar.size() - 2;
        return more.isPresent() && done < more.get().size()
                ? Next.run(more.get().get(done))
                : Next.done();
    }

    /// What is asked after the local filesystems; empty when the mounts cannot be read.
    private static Optional<List<Argv>> afterLocal(List<Capture> captures) {
        try {
            Map<String, Mount> mounts = Mount.all(1, captures);
            List<Argv> more = new ArrayList<>();
            if (ended(captures.get(1))) {
                List<String> words = new ArrayList<>(List.of("--"));
                mounts.values().stream()
                        .filter(mount -> mount.source().startsWith("/dev/"))
                        .limit(MOST_DEVICES)
                        .forEach(mount -> words.add(mount.target()));
                more.add(df(words.toArray(String[]::new)).within(NETWORK_LIMIT));
            }
            for (Mount mount : network(mounts)) {
                more.add(
                        df("--", mount.target())
                                .within(NETWORK_LIMIT)
                                .alsoReadableWhenExit(TIMED_OUT, KILLED));
            }
            return Optional.of(more);
        } catch (Unreadable mounts) {
            // read() meets the same line again and refuses it there
            return Optional.empty();
        }
    }

    private static List<Mount> network(Map<String, Mount> mounts) {
        return mounts.values().stream().filter(Mount::remote).limit(MOST_NETWORK).toList();
    }

    private static boolean ended(Capture capture) {
        return capture.exit() == TIMED_OUT || capture.exit() == KILLED;
    }

    private static Argv df(String... more) {
        return Argv.of("df", "-B1", COLUMNS).plus(more).alsoReadableWhenExit(1);
    }

    @Override
    public Reading<Usage> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        Map<String, Mount> mounts = Mount.all(1, captures);
        Map<String, Filesystem> found = new LinkedHashMap<>();
        List<Bilingual> gaps = new ArrayList<>();
        for (int number = 2; number <= captures.size(); number++) {
            if (ended(captures.get(number - 1))) {
                gaps.add(silent(captures.get(number - 1)));
                continue;
            }
            boolean extra = number > 2 && captures.get(number - 1).stdout().isEmpty();
            if (!extra) {
                for (Filesystem one : filesystems(number, captures, mounts)) {
                    found.putIfAbsent(one.mount().value(), one);
                }
            }
            Lines.errors(number, captures).forEach(line -> gaps.add(notSeen(line)));
        }
        if (arguments.path().isEmpty()) {
            mounts.values().stream()
                    .filter(mount -> mount.onDevice() && !seen(mount, found.values()))
                    .map(DiskUsage::passedOver)
                    .forEach(gaps::add);
        }
        long network = mounts.values().stream().filter(Mount::remote).count();
        if (arguments.path().isEmpty() && network > MOST_NETWORK) {
            gaps.add(
                    Bilingual.of(
                            (network - MOST_NETWORK) + " more network filesystems were not asked",
                            "另有 " + (network - MOST_NETWORK) + " 个网络文件系统未查询"));
        }
        boolean asked = arguments.path().isPresent();
        List<Filesystem> listed =
                found.values().stream()
                        .filter(one -> asked || one.listed())
                        .sorted(
                                Comparator.comparing(Filesystem::fullest)
                                        .reversed()
                                        .thenComparing(one -> one.mount().value()))
                        .toList();
        return Reading.of(new Usage(listed), listed.isEmpty(), gaps);
    }

    private static boolean seen(Mount mount, Collection<Filesystem> found) {
        return found.stream()
                .anyMatch(one ->
                        one.source().value().equals(mount.source())
                                || one.mount().value().equals(mount.target()));
    }

    /// `df` says nothing of filesystems below folders that this user must not enter.
    private static Bilingual passedOver(Mount mount) {
        return Bilingual.of(
                "df did not show {0} ({1}); this user may not enter there",
                "df 没有显示 {0}（{1}）；当前用户可能无权进入", mount.target(), mount.source());
    }

    private static Bilingual silent(Capture capture) {
        List<String> words = capture.argv().words();
        String limit = capture.argv().timeLimit().toSeconds() + " s";
        if (words.contains("--")) {
            return Bilingual.of(
                    "{0} did not answer within {1}", "{0} 在 {1} 内没有响应", words.getLast(), limit);
        }
        return Bilingual.of(
                "a local filesystem did not answer within {0}; only those on devices were asked"
                        + " again",
                "有本地文件系统在 {0} 内没有响应；只重新查询了设备上的文件系统", limit);
    }

    private static Bilingual notSeen(Line line) {
        return Bilingual.of("not seen: " + line.text(), "未能看到：" + line.text());
    }

    private static List<Filesystem> filesystems(
            int number, List<Capture> captures, Map<String, Mount> mounts) throws Unreadable {
        List<Line> lines = Lines.of(number, captures);
        if (lines.isEmpty()) {
            Capture capture = captures.get(number - 1);
            String said = capture.stderr().strip();
            throw new Unreadable(
                    Bilingual.of(
                            "df listed nothing: " + (said.isEmpty() ? "and did not say why" : said),
                            "df 没有列出任何内容：" + (said.isEmpty() ? "原因不明" : said)));
        }
        lines.getFirst().match(HEADING, "the heading of df");
        List<Filesystem> filesystems = new ArrayList<>();
        for (Line line : lines.subList(1, lines.size())) {
            filesystems.add(filesystem(line, mounts));
        }
        return filesystems;
    }

    private static Filesystem filesystem(Line line, Map<String, Mount> mounts) throws Unreadable {
        Matcher row = line.match(ROW, "device type 4 amounts 4 inode counts mount");
        long used = line.whole(row.group(4));
        // below zero once root has used up what is kept for it
        long available = Math.max(0, line.whole(row.group(5)));
        Optional<Percent> inodes = Optional.empty();
        Optional<Long> inodesFree = Optional.empty();
        if (!row.group(7).equals("-") && line.whole(row.group(7)) > 0) {
            inodes = Optional.of(Percent.of(line.whole(row.group(8)), line.whole(row.group(7))));
            inodesFree = Optional.of(line.whole(row.group(9)));
        }
        Optional<Mount> mount = Optional.ofNullable(mounts.get(row.group(11)));
        return new Filesystem(
                new HostText(row.group(11)),
                new HostText(row.group(1)),
                row.group(2),
                line.bytes(row.group(3), 1),
                line.bytes(row.group(4), 1),
                new Bytes(available),
                Percent.of(used, used + available),
                inodes,
                inodesFree,
                mount.map(Mount::readOnly),
                mount.map(Mount::remote).orElse(false),
                line.at());
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Usage> reading) {
        return DiskUsageFindings.of(reading);
    }
}
