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
import parley.tools.value.AbsolutePath;
import parley.tools.value.BadValue;
import parley.tools.value.Bytes;
import parley.tools.value.Count;
import parley.tools.value.HostText;
import parley.tools.value.Percent;
import parley.tools.value.Whole;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What fills a path: its largest directories and files, on that filesystem only.
///
/// Source: `readlink -e` (a link must not lead out of the folders that may be searched), the
/// mounts, `du` for directories, `find` for files, both at the lowest priority. Amounts are bytes
/// on disk, as `du` counts them; a file counts from its length. Empty means: no directory and no
/// file of that size. `du` and `find` exit 1 when something was closed to them: partial. The same
/// after 120 s.
public final class DiskLargest implements Observation<DiskLargest.Arguments, DiskLargest.Largest> {
    private static final List<String> ROOTS =
            List.of("/var", "/home", "/opt", "/srv", "/data", "/tmp");
    private static final Bytes DEFAULT_LEAST = new Bytes(100L * 1024 * 1024);
    private static final int MOST_SHOWN = 30;
    private static final long MOST_BYTES = 4L * 1024 * 1024;
    private static final String BELOW =
            "<~/((" + String.join("|", ROOTS).replace("/", "") + ")(/[^ /]+)*)?>";

    /// What directories are ranked by.
    public enum By {
        SIZE,
        INODES
    }

    public record Arguments(
            @Means(
                            en =
                                    "where to look: /, or below /var /home /opt /srv /data /tmp;"
                                            + " default /",
                            zh = "查找位置：/，或 /var /home /opt /srv /data /tmp 之下；默认 /")
                    Optional<AbsolutePath> path,
            @Means(en = "levels of directories, 1 to 3; default 1", zh = "目录层数，1 到 3，默认 1")
                    @Whole(least = 1, most = 3)
                    Optional<Count> depth,
            @Means(en = "files from this size on; default 100M", zh = "文件的最小大小，默认 100M")
                    Optional<Bytes> minBytes,
            @Means(
                            en = "rank directories by size, or by inodes: how many files they hold",
                            zh = "目录按 size（大小）或 inodes（文件数）排序")
                    Optional<By> by) {
        /// Ranked by size.
        public Arguments(
                Optional<AbsolutePath> path, Optional<Count> depth, Optional<Bytes> minBytes) {
            this(path, depth, minBytes, Optional.empty());
        }

        public Arguments {
            requireNonNull(path, "path is null");
            requireNonNull(depth, "depth is null");
            requireNonNull(minBytes, "minBytes is null");
            requireNonNull(by, "by is null");
            if (path.filter(asked -> !allowed(asked.value())).isPresent()) {
                String roots = "/, or a path below " + String.join(" ", ROOTS);
                throw new BadValue(
                        Bilingual.of(
                                "disk.largest looks at " + roots + "; not at " + path.get(),
                                "disk.largest 只查看 / 或 "
                                        + String.join(" ", ROOTS)
                                        + " 之下的路径；不查看 "
                                        + path.get()));
            }
        }

        private static boolean allowed(String path) {
            return path.equals("/")
                    || ROOTS.stream()
                            .anyMatch(root -> path.equals(root) || path.startsWith(root + "/"));
        }

        String asked() {
            return path.map(AbsolutePath::value).orElse("/");
        }

        boolean countsInodes() {
            return by.filter(one -> one == By.INODES).isPresent();
        }

        Bytes least() {
            return minBytes.orElse(DEFAULT_LEAST);
        }
    }

    /// @param share of everything below the path
    /// @param inodes how many files and directories there are below it; counted only when asked for
    public record Directory(
            @Means(en = "directory", zh = "目录") HostText path,
            @Means(en = "on disk", zh = "占用") Bytes bytes,
            @Means(en = "share", zh = "占比") Percent share,
            @Means(en = "kind", zh = "类别") Kind kind,
            @Means(en = "inodes", zh = "inode 数") Optional<Long> inodes) {
        public Directory {
            requireNonNull(path, "path is null");
            requireNonNull(bytes, "bytes is null");
            requireNonNull(share, "share is null");
            requireNonNull(kind, "kind is null");
            requireNonNull(inodes, "inodes is null");
        }
    }

    /// @param bytes on disk; less than `length` where the file has holes
    public record BigFile(
            @Means(en = "file", zh = "文件") HostText path,
            @Means(en = "on disk", zh = "占用") Bytes bytes,
            @Means(en = "length", zh = "长度") Bytes length,
            @Means(en = "changed", zh = "修改时间") Instant mtime,
            @Means(en = "owner", zh = "属主") HostText owner,
            @Means(en = "kind", zh = "类别") Kind kind) {
        public BigFile {
            requireNonNull(path, "path is null");
            requireNonNull(bytes, "bytes is null");
            requireNonNull(length, "length is null");
            requireNonNull(mtime, "mtime is null");
            requireNonNull(owner, "owner is null");
            requireNonNull(kind, "kind is null");
        }
    }

    /// @param path where was looked, links resolved
    /// @param total everything below it; empty when `du` did not get that far
    /// @param directories largest first, at most 30
    /// @param files largest first, at most 30
    /// @param filesFound how many files there are of that size
    public record Largest(
            @Means(en = "path", zh = "路径") HostText path,
            @Means(en = "in all", zh = "总计") Optional<Bytes> total,
            @Means(en = "directories", zh = "目录") List<Directory> directories,
            @Means(en = "files", zh = "文件") List<BigFile> files,
            @Means(en = "files of that size", zh = "符合大小的文件数") long filesFound) {
        public Largest {
            requireNonNull(path, "path is null");
            requireNonNull(total, "total is null");
            directories = List.copyOf(directories);
            files = List.copyOf(files);
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "disk.largest",
                "storage",
                Bilingual.of("What fills a path", "哪些目录和文件占空间"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("what is filling /var on db-1", "db-1 的 /var 被什么占满了"),
                Bilingual.of("largest directories below /opt", "/opt 下最大的目录"),
                Bilingual.of("find files over 1G in /home", "找出 /home 里超过 1G 的大文件"),
                Bilingual.of("which logs are biggest", "哪些日志最大"),
                Bilingual.of("where did the disk space go", "磁盘空间都去哪儿了"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                RootCommand.of("readlink -e -v -- " + BELOW),
                RootCommand.of(
                        "ionice -c3 nice du [[ -x ]] [[ --exclude=<~/[^ ]*>... ]] -0"
                                + " {{-B1||--inodes}} --max-depth=<number> -- "
                                + BELOW),
                RootCommand.of(
                        "ionice -c3 nice find "
                                + BELOW
                                + " -xdev -type f -size +<number>c -printf"
                                + " %b\\t%s\\t%T@\\t%u\\t%p\\0"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        if (soFar.isEmpty()) {
            return Next.run(
                    Argv.of("readlink", "-e", "-v", "--", arguments.asked()).betterAsRoot());
        }
        Optional<String> path = resolved(soFar.getFirst());
        if (path.isEmpty() || !Arguments.allowed(path.get())) {
            return Next.done();
        }
        if (soFar.size() == 1) {
            return Next.run(Argv.of("cat", "/proc/self/mounts"));
        }
        List<String> bounds;
        try {
            bounds = Mount.bounds(path.get(), Mount.all(2, soFar));
        } catch (Unreadable refused) {
            // read() meets the same line again and refuses it there
            return Next.done();
        }
        List<Argv> commands = new ArrayList<>(List.of(du(arguments, path.get(), bounds, "-B1")));
        if (arguments.countsInodes()) {
            commands.add(du(arguments, path.get(), bounds, "--inodes"));
        }
        commands.add(
                slowly(
                        "find",
                        path.get(),
                        "-xdev",
                        "-type",
                        "f",
                        "-size",
                        "+" + Math.max(0, arguments.least().value() - 1) + "c",
                        "-printf",
                        "%b\\t%s\\t%T@\\t%u\\t%p\\0"));
        return Next.sequence(soFar.subList(2, soFar.size()), commands.toArray(Argv[]::new));
    }

    private static Argv du(Arguments arguments, String path, List<String> bounds, String counting) {
        List<String> du = new ArrayList<>(List.of("du"));
        du.addAll(bounds);
        long depth = arguments.depth().map(Count::value).orElse(1L);
        du.addAll(List.of("-0", counting, "--max-depth=" + depth, "--", path));
        return slowly(du.toArray(String[]::new));
    }

    private static Argv slowly(String... words) {
        return Argv.of("ionice", "-c3", "nice")
                .plus(words)
                .betterAsRoot()
                .within(LargestRows.LIMIT)
                .keeping(MOST_BYTES)
                .alsoReadableWhenExit(1, LargestRows.TIMED_OUT, LargestRows.KILLED);
    }

    private static Optional<String> resolved(Capture readlink) {
        List<String> lines = readlink.lines();
        return readlink.exit() == 0 && lines.size() == 1 && lines.getFirst().startsWith("/")
                ? Optional.of(lines.getFirst())
                : Optional.empty();
    }

    @Override
    public Reading<Largest> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        captures.getFirst().readable();
        Optional<String> resolved = resolved(captures.getFirst());
        if (resolved.isEmpty()) {
            throw new Unreadable(
                    Bilingual.of(
                            "readlink did not print one absolute path for {0}",
                            "readlink 没有为 {0} 输出唯一的绝对路径", arguments.asked()));
        }
        String path = resolved.get();
        if (!Arguments.allowed(path)) {
            throw new Unreadable(
                    Bilingual.of(
                            "{0} leads to {1}, outside the folders that may be searched",
                            "{0} 指向 {1}，超出允许查找的目录", arguments.asked(), path));
        }
        Mount.all(2, captures);
        List<Bilingual> gaps = new ArrayList<>();
        boolean counted = arguments.countsInodes();
        Map<String, Long> inodes = counted ? LargestRows.inodes(4, captures, gaps) : Map.of();
        List<Directory> directories = LargestRows.directories(3, captures, path, inodes, gaps);
        List<BigFile> files = LargestRows.files(counted ? 5 : 4, captures, gaps);
        Optional<Bytes> total =
                directories.stream()
                        .filter(one -> one.path().value().equals(path))
                        .map(Directory::bytes)
                        .findFirst();
        List<Directory> below =
                directories.stream()
                        .filter(one -> !one.path().value().equals(path))
                        .sorted(
                                (counted
                                                ? Comparator.comparing(
                                                        (Directory one) -> one.inodes().orElse(0L))
                                                : Comparator.comparing(Directory::bytes))
                                        .reversed()
                                        .thenComparing(one -> one.path().value()))
                        .limit(MOST_SHOWN)
                        .toList();
        return Reading.of(
                new Largest(
                        new HostText(path),
                        total,
                        below,
                        files.stream()
                                .sorted(
                                        Comparator.comparing(BigFile::bytes)
                                                .reversed()
                                                .thenComparing(one -> one.path().value()))
                                .limit(MOST_SHOWN)
                                .toList(),
                        files.size()),
                below.isEmpty() && files.isEmpty(),
                gaps);
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Largest> reading) {
        return DiskLargestFindings.of(arguments, reading);
    }
}
