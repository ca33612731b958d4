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
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.catalogue.load.ProcessNames;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.AbsolutePath;
import parley.tools.value.Bytes;
import parley.tools.value.HostText;
import parley.tools.value.Percent;
import parley.tools.value.Pid;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Space that deleted files keep because processes still hold them open: `df` counts it, `du` does
/// not.
///
/// Source: the mounts; `find -L` over the open files of every process (`/proc/PID/fd`) for those
/// with no name left; then their former names, their processes (`ps`), and how much their
/// filesystems use (`df`). Not `lsof`: it is often missing, and without root it says nothing where
/// `find` says that it may not look. Amounts are bytes on disk, each file once however many hold
/// it. Shared memory is left out. Files that are only mapped, not open, are not seen. *Empty* means
/// that no process holds a deleted file; without root the reading is partial. `find` exits 1 when
/// something was closed to it, or ended meanwhile.
public final class DiskDeletedOpen
        implements Observation<DiskDeletedOpen.Arguments, DiskDeletedOpen.DeletedOpen> {
    private static final int MOST_FILES = 200;
    private static final int MOST_MOUNTS = 16;
    private static final int MOST_SHOWN = 50;
    private static final int FIND = 2;
    private static final int NAMES = 3;
    private static final int PROCESSES = 4;
    private static final int USED = 5;
    private static final String GONE = " (deleted)";
    private static final Argv OPEN =
            Argv.of(
                            List.of(
                                    ("find -L /proc -maxdepth 3 ( -path /proc/[!0-9]* -o -path"
                                                    + " /proc/*/* ! -path /proc/*/fd ! -path"
                                                    + " /proc/*/fd/* ) -prune -o -path"
                                                    + " /proc/*/fd/* -type f -links 0 -printf"
                                                    + " %p\\t%D\\t%i\\t%b\\t%s\\0")
                                            .split(" ")))
                    .betterAsRoot()
                    .within(Duration.ofSeconds(30))
                    .alsoReadableWhenExit(1);
    private static final Pattern ROW =
            Pattern.compile("(/proc/(\\d+)/fd/\\d+)\\t(\\d+)\\t(\\d+)\\t(\\d+)\\t(\\d+)");
    private static final Pattern NAME =
            Pattern.compile("(/proc/\\d+/fd/\\d+)\\t(.*)", Pattern.DOTALL);
    private static final Pattern FILLED = Pattern.compile(" *(\\d+) (/.*)");
    private static final Pattern CLOSED = Pattern.compile(".*: Permission denied");
    private static final Pattern ENDED = Pattern.compile(".*: No such (file or directory|process)");

    /// Memory that has the looks of a file.
    private static final Pattern NO_FILE =
            Pattern.compile(
                    "/(memfd:|dev/shm/|dev/zero|SYSV|\\[aio\\]|drm mm object|i915).*",
                    Pattern.DOTALL);

    public record Arguments(
            @Means(en = "only the filesystem that holds this path", zh = "只看该路径所在的文件系统")
                    Optional<AbsolutePath> mount) {
        public Arguments {
            requireNonNull(mount, "mount is null");
        }
    }

    /// What deleted files keep of one filesystem.
    ///
    /// @param used everything that is used there; empty when it was not read
    /// @param share of `used` that deleted files keep
    public record HeldSpace(
            @Means(en = "filesystem", zh = "文件系统") HostText mount,
            @Means(en = "held", zh = "被占用") Bytes bytes,
            @Means(en = "files", zh = "文件数") long files,
            @Means(en = "used in all", zh = "已用总量") Optional<Bytes> used,
            @Means(en = "share of used", zh = "占已用比例") Optional<Percent> share) {
        public HeldSpace {
            requireNonNull(mount, "mount is null");
            requireNonNull(bytes, "bytes is null");
            requireNonNull(used, "used is null");
            requireNonNull(share, "share is null");
        }
    }

    /// @param total all of them together
    /// @param mounts the most held first
    /// @param files the largest first, at most 50
    public record DeletedOpen(
            @Means(en = "in all", zh = "总计") Bytes total,
            @Means(en = "by filesystem", zh = "按文件系统") List<HeldSpace> mounts,
            @Means(en = "files", zh = "文件") List<DeletedFile> files) {
        public DeletedOpen {
            requireNonNull(total, "total is null");
            mounts = List.copyOf(mounts);
            files = List.copyOf(files);
        }
    }

    /// One file without a name, as `find` met it: the same inode may be open many times.
    private record Found(
            Line row, String place, Pid pid, String inode, Bytes bytes, Bytes length) {}

    @Override
    public Card card() {
        return Card.observe(
                "disk.deleted_open",
                "storage",
                Bilingual.of("Space held by deleted files", "被删除但仍占用空间的文件"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of(
                        "which deleted files still take space on db-1", "db-1 上有哪些已删除但还占着空间的文件"),
                Bilingual.of("any deleted files held open on web-1", "web-1 有没有被删除但仍打开的文件"),
                Bilingual.of("lsof deleted on batch-1", "batch-1 上 lsof 看看已删除的文件"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                RootCommand.exactly(OPEN),
                RootCommand.of("find <~/proc/[0-9]+/fd/[0-9]+>... -maxdepth 0 -printf %p\\t%l\\0"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        if (soFar.size() < FIND) {
            return Next.sequence(soFar, Argv.of("cat", "/proc/self/mounts"), OPEN);
        }
        try {
            Map<String, List<Found>> found = found(soFar);
            if (found.isEmpty()) {
                return Next.done();
            }
            return switch (soFar.size()) {
                case FIND -> Next.run(names(found));
                case NAMES -> Next.run(ProcessNames.command(pids(found)));
                case PROCESSES -> used(soFar).map(Next::run).orElse(Next.done());
                default -> Next.done();
            };
        } catch (Unreadable refused) {
            // read() meets the same line again and refuses it there
            return Next.done();
        }
    }

    /// By inode, the largest first.
    private static Map<String, List<Found>> found(List<Capture> captures) throws Unreadable {
        Map<String, List<Found>> byInode = new HashMap<>();
        for (Line row : Lines.rows(FIND, captures)) {
            Matcher form = row.match(ROW, "open file, device, inode, blocks, length");
            String inode = form.group(3) + ":" + form.group(4);
            byInode.computeIfAbsent(inode, key -> new ArrayList<>())
                    .add(
                            new Found(
                                    row,
                                    form.group(1),
                                    row.pid(form.group(2)),
                                    inode,
                                    row.bytes(form.group(5), 512),
                                    row.bytes(form.group(6), 1)));
        }
        Map<String, List<Found>> sorted = new LinkedHashMap<>();
        byInode.entrySet().stream()
                .sorted(
                        Comparator.comparing((Map.Entry<String, List<Found>> one) ->
                                        one.getValue().getFirst().bytes())
                                .reversed()
                                .thenComparing(Map.Entry::getKey))
                .forEach(one -> sorted.put(one.getKey(), byNumber(one.getValue())));
        return sorted;
    }

    private static List<Found> byNumber(List<Found> holders) {
        return holders.stream()
                .sorted(
                        Comparator.comparingLong((Found one) -> one.pid().value())
                                .thenComparing(Found::place))
                .toList();
    }

    private static Argv names(Map<String, List<Found>> found) {
        List<String> words = new ArrayList<>(List.of("find"));
        found.values().stream()
                .limit(MOST_FILES)
                .forEach(holders -> words.add(holders.getFirst().place()));
        words.addAll(List.of("-maxdepth", "0", "-printf", "%p\\t%l\\0"));
        return Argv.of(words).betterAsRoot().alsoReadableWhenExit(1);
    }

    private static List<Pid> pids(Map<String, List<Found>> found) {
        return found.values().stream()
                .limit(MOST_FILES)
                .map(holders -> holders.getFirst().pid())
                .distinct()
                .sorted(Comparator.comparingLong(Pid::value))
                .toList();
    }

    /// How much is used on the filesystems of this host that hold such files.
    private static Optional<Argv> used(List<Capture> captures) throws Unreadable {
        Map<String, Mount> mounts = Mount.all(1, captures);
        List<String> targets =
                paths(captures).values().stream()
                        .map(path -> Mount.holder(path, mounts))
                        .flatMap(Optional::stream)
                        .filter(mount -> !mount.remote())
                        .map(Mount::target)
                        .distinct()
                        .sorted()
                        .limit(MOST_MOUNTS)
                        .toList();
        return targets.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Argv.of("df", "-B1", "--output=used,target", "--")
                                .plus(targets.toArray(String[]::new))
                                .alsoReadableWhenExit(1));
    }

    /// Where the files were, by their place below `/proc`; without what never was a file.
    private static Map<String, String> paths(List<Capture> captures) throws Unreadable {
        Map<String, String> paths = new HashMap<>();
        for (Line row : Lines.rows(NAMES, captures)) {
            Matcher form = row.match(NAME, "open file, former name");
            String path = form.group(2);
            if (path.endsWith(GONE)) {
                path = path.substring(0, path.length() - GONE.length());
            }
            if (!NO_FILE.matcher(path).matches()) {
                paths.put(form.group(1), path);
            }
        }
        return paths;
    }

    @Override
    public Reading<DeletedOpen> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        Map<String, Mount> mounts = Mount.all(1, captures);
        Map<String, List<Found>> found = found(captures);
        List<Bilingual> gaps = gaps(captures, found.size());
        List<DeletedFile> files = found.isEmpty() ? List.of() : files(captures, found, mounts);
        if (arguments.mount().isPresent()) {
            Optional<HostText> asked =
                    Mount.holder(arguments.mount().get().value(), mounts)
                            .map(mount -> new HostText(mount.target()));
            files = files.stream().filter(file -> file.mount().equals(asked)).toList();
        }
        long total = files.stream().mapToLong(file -> file.bytes().value()).sum();
        return Reading.of(
                new DeletedOpen(
                        new Bytes(total),
                        held(files, filled(captures)),
                        files.stream().limit(MOST_SHOWN).toList()),
                files.isEmpty(),
                gaps);
    }

    private static List<DeletedFile> files(
            List<Capture> captures, Map<String, List<Found>> found, Map<String, Mount> mounts)
            throws Unreadable {
        Map<String, String> paths = paths(captures);
        Map<Pid, ProcessNames.Name> names = ProcessNames.read(PROCESSES, captures);
        List<DeletedFile> files = new ArrayList<>();
        for (List<Found> holders : found.values()) {
            Found first = holders.getFirst();
            String path = paths.get(first.place());
            ProcessNames.Name name = names.get(first.pid());
            // a process that ended meanwhile holds nothing any more
            if (path != null && name != null) {
                files.add(
                        new DeletedFile(
                                first.pid(),
                                name.program(),
                                name.user(),
                                name.unit(),
                                new HostText(path),
                                Mount.holder(path, mounts)
                                        .map(mount -> new HostText(mount.target())),
                                first.bytes(),
                                first.length(),
                                holders.stream().map(Found::pid).distinct().count(),
                                first.row().at()));
            }
        }
        return files;
    }

    private static Map<String, Bytes> filled(List<Capture> captures) throws Unreadable {
        if (captures.size() < USED) {
            return Map.of();
        }
        Map<String, Bytes> used = new HashMap<>();
        List<Line> lines = Lines.of(USED, captures);
        for (Line line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            Matcher form = line.match(FILLED, "used, mount");
            used.put(form.group(2), line.bytes(form.group(1), 1));
        }
        return used;
    }

    private static List<HeldSpace> held(List<DeletedFile> files, Map<String, Bytes> used) {
        Map<String, List<DeletedFile>> byMount = new TreeMap<>();
        files.forEach(file ->
                file.mount()
                        .ifPresent(mount ->
                                byMount.computeIfAbsent(mount.value(), key -> new ArrayList<>())
                                        .add(file)));
        List<HeldSpace> held = new ArrayList<>();
        byMount.forEach((mount, there) -> {
            long bytes = there.stream().mapToLong(file -> file.bytes().value()).sum();
            Optional<Bytes> filled = Optional.ofNullable(used.get(mount));
            held.add(
                    new HeldSpace(
                            new HostText(mount),
                            new Bytes(bytes),
                            there.size(),
                            filled,
                            filled.map(all -> Percent.of(bytes, all.value()))));
        });
        held.sort(Comparator.comparing(HeldSpace::bytes).reversed());
        return held;
    }

    private static List<Bilingual> gaps(List<Capture> captures, int files) throws Unreadable {
        List<Bilingual> gaps = new ArrayList<>();
        boolean closed = !captures.get(FIND - 1).asRoot();
        for (int number : Set.of(FIND, NAMES)) {
            if (number > captures.size()) {
                continue;
            }
            for (Line error : Lines.errors(number, captures)) {
                closed |= error.has(CLOSED);
                // of many errors the last kept may be half a line
                if (!error.has(CLOSED) && !error.has(ENDED) && !closed) {
                    gaps.add(Bilingual.of("not seen: " + error.text(), "未能看到：" + error.text()));
                }
            }
        }
        if (closed) {
            gaps.add(
                    Bilingual.of(
                            "the open files of other users' processes are closed to this user;"
                                    + " root sees them",
                            "无权查看其他用户进程打开的文件；需要 root"));
        }
        if (captures.get(FIND - 1).truncated() || files > MOST_FILES) {
            gaps.add(
                    Bilingual.of(
                            "more deleted files are held open than were looked at; only the"
                                    + " largest of those found are shown",
                            "被持有的已删除文件太多，未能全部查看；只显示其中最大的"));
        }
        return gaps;
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<DeletedOpen> reading) {
        return DeletedOpenFindings.of(arguments, reading);
    }
}
