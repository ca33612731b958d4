package parley.tools.catalogue.storage;

import static java.util.Objects.requireNonNull;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Means;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.read.Captures;
import parley.tools.value.Bytes;
import parley.tools.value.Count;
import parley.tools.value.HostText;
import parley.tools.value.Whole;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What could be cleared away to free space, from where, and how much each would free.
///
/// Source: one `find` for each kind, which prints blocks on disk and path of the very files that
/// `disk.reclaim` would remove; of the journal those that `journalctl --vacuum-size` would. Amounts
/// are bytes on disk. *Empty* means that there is nothing of these kinds. `find` exits 1 where a
/// folder is missing or closed; without root what others keep is not seen, and the reading is
/// partial.
public final class DiskReclaimable
        implements Observation<DiskReclaimable.Arguments, DiskReclaimable.Reclaimable> {
    static final long KEEP_MB = 500;
    static final long DAYS = 14;

    public record Arguments(
            @Means(
                            en =
                                    "only these: journal, pkgCache, oldKernels, coredumps, tmpOld,"
                                            + " rotatedLogs; default all but oldKernels",
                            zh =
                                    "只看这些：journal、pkgCache、oldKernels、coredumps、tmpOld、rotatedLogs；默认除"
                                        + " oldKernels 外全部")
                    Optional<List<Spare>> targets,
            @Means(
                            en = "how much of the journal to keep, 100 to 4000 MiB; default 500",
                            zh = "日志库保留多少 MiB，100 到 4000，默认 500")
                    @Whole(least = 100, most = 4000)
                    Optional<Count> journalKeepMB,
            @Means(
                            en = "only files older than so many days, 3 to 90; default 14",
                            zh = "只清理早于多少天的文件，3 到 90，默认 14")
                    @Whole(least = 3, most = 90)
                    Optional<Count> olderThanDays) {
        public Arguments {
            targets = targets.map(List::copyOf);
            requireNonNull(journalKeepMB, "journalKeepMB is null");
            requireNonNull(olderThanDays, "olderThanDays is null");
        }

        /// In the order of their names, each once.
        List<Spare> wanted() {
            return targets.filter(some -> !some.isEmpty())
                    .map(some -> some.stream().distinct().sorted().toList())
                    .orElse(Spare.USUAL);
        }

        long keepMebibytes() {
            return journalKeepMB.map(Count::value).orElse(KEEP_MB);
        }

        long days() {
            return olderThanDays.map(Count::value).orElse(DAYS);
        }
    }

    /// What could be freed of one kind.
    ///
    /// @param bytes what removing these files frees
    /// @param present everything of this kind that is there, what stays included
    /// @param largest the largest of them, at most 3
    public record Source(
            @Means(en = "kind", zh = "类别") Spare kind,
            @Means(en = "where", zh = "位置") HostText where,
            @Means(en = "would be freed", zh = "可释放") Bytes bytes,
            @Means(en = "files", zh = "文件数") long files,
            @Means(en = "there in all", zh = "现有总量") Bytes present,
            @Means(en = "largest", zh = "最大的") List<HostText> largest) {
        public Source {
            requireNonNull(kind, "kind is null");
            requireNonNull(where, "where is null");
            requireNonNull(bytes, "bytes is null");
            requireNonNull(present, "present is null");
            largest = List.copyOf(largest);
        }
    }

    /// @param total of all kinds looked at
    public record Reclaimable(
            @Means(en = "would be freed", zh = "可释放总量") Bytes total,
            @Means(en = "from", zh = "来源") List<Source> sources) {
        public Reclaimable {
            requireNonNull(total, "total is null");
            sources = List.copyOf(sources);
        }

        Optional<Source> of(Spare kind) {
            return sources.stream().filter(one -> one.kind() == kind).findFirst();
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "disk.reclaimable",
                "storage",
                Bilingual.of("What could be cleared away to free space", "可以清理出多少空间"),
                Card.onlyOn(Family.APT, Family.DNF),
                Bilingual.of("how much space could be reclaimed on web-1", "web-1 能清理出多少空间"),
                Bilingual.of("what could be cleaned up on db-1", "db-1 上有什么可以清理的"),
                Bilingual.of("what is reclaimable on web-2", "web-2 可清理的空间有多少"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return ReclaimCommands.looks();
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        List<Argv> commands = new ArrayList<>();
        arguments.wanted().stream()
                .flatMap(kind -> kind.find(platform.family(), arguments.days()).stream())
                .forEach(commands::add);
        return Next.sequence(soFar, commands.toArray(Argv[]::new));
    }

    @Override
    public Reading<Reclaimable> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        List<Source> sources = new ArrayList<>();
        List<Bilingual> gaps = new ArrayList<>();
        for (Spare kind : arguments.wanted()) {
            Optional<Argv> find = kind.find(platform.family(), arguments.days());
            int number = find.map(argv -> Captures.number(captures, argv)).orElse(0);
            if (number == 0) {
                gaps.add(
                        Bilingual.of(
                                kind.called().en() + " are not looked for here",
                                "此处不查看" + kind.called().zh()));
                continue;
            }
            List<SpareFile> files = SpareFile.read(number, captures, gaps);
            sources.add(
                    source(
                            kind,
                            String.join(" ", kind.places(platform.family())),
                            files,
                            arguments));
        }
        long total = sources.stream().mapToLong(one -> one.bytes().value()).sum();
        return Reading.of(
                new Reclaimable(new Bytes(total), sources),
                sources.stream().allMatch(one -> one.files() == 0),
                gaps.stream().distinct().toList());
    }

    private static Source source(
            Spare kind, String where, List<SpareFile> all, Arguments arguments) {
        List<SpareFile> going =
                kind == Spare.JOURNAL
                        ? SpareFile.vacuumed(all, arguments.keepMebibytes() * 1024 * 1024)
                        : all;
        return new Source(
                kind,
                new HostText(where),
                SpareFile.sum(going),
                going.size(),
                SpareFile.sum(all),
                SpareFile.largest(going));
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Reclaimable> reading) {
        List<Finding> findings = new ArrayList<>();
        Reclaimable found = reading.value();
        findings.add(
                Finding.of(
                        Severity.NOTICE,
                        found.total() + " could be freed",
                        "可释放 " + found.total()));
        for (Source one : found.sources()) {
            if (one.files() > 0) {
                findings.add(new Finding(Severity.NOTICE, ReclaimWords.source(one), List.of()));
            }
        }
        return findings;
    }
}
