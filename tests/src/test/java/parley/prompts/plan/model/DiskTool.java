package parley.prompts.plan.model;

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
import parley.tools.value.AbsolutePath;
import parley.tools.value.Count;
import parley.tools.value.Whole;

import java.util.List;
import java.util.Optional;

/// A small observing tool for these tests: `df -Pk [PATH]`, how many file systems it lists. Empty
/// means that none is mounted; a non-zero exit is refused.
record DiskTool() implements Observation<DiskTool.Wanted, DiskTool.Mounts> {
    public record Wanted(
            @Means(en = "only the file system of this path", zh = "仅此路径所在的文件系统")
                    Optional<AbsolutePath> path,
            @Means(en = "at most so many", zh = "最多列出") @Whole(least = 1, most = 50)
                    Optional<Count> top) {}

    public record Mounts(long count) {}

    @Override
    public Card card() {
        return Card.observe(
                "disk.usage",
                "storage",
                Bilingual.of("How full file systems are", "文件系统使用情况"),
                Card.provenOn(Family.APT),
                Bilingual.of("is any disk full", "磁盘快满了吗"));
    }

    @Override
    public Class<Wanted> arguments() {
        return Wanted.class;
    }

    @Override
    public Next next(Wanted wanted, Platform platform, List<Capture> soFar) {
        Argv df = Argv.of("df", "-Pk");
        return Next.sequence(
                soFar, wanted.path().map(path -> df.plus("--", path.value())).orElse(df));
    }

    @Override
    public Reading<Mounts> read(Wanted wanted, Platform platform, List<Capture> captures)
            throws Unreadable {
        long lines = captures.getFirst().readable().lines().size() - 1L;
        return Reading.of(new Mounts(lines), lines == 0, List.of());
    }

    @Override
    public List<Finding> findings(Wanted wanted, Reading<Mounts> reading) {
        long count = reading.value().count();
        return List.of(
                Finding.of(
                        Finding.Severity.NOTICE, count + " file systems", "共 " + count + " 个文件系统"));
    }
}
