package parley.tools.catalogue.packages;

import static java.util.Objects.requireNonNull;

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
import parley.tools.value.Count;
import parley.tools.value.HostText;
import parley.tools.value.PackagePart;
import parley.tools.value.Whole;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The installed packages, a page at a time.
///
/// Source: the database of `dpkg` or `rpm`, never a repository. Packages that are there in part, or
/// removed with their configuration left, are told apart and never count as installed. *Empty*
/// means that no package has such a name; a database that lists nothing at all is refused, since no
/// host is without packages.
public final class PackageList implements Observation<PackageList.Arguments, InstalledPackages> {
    static final long MOST_BYTES = 4L * 1024 * 1024;
    static final int PAGE = 200;

    /// @param filter compared without regard to case
    public record Arguments(
            @Means(en = "part of the names to list", zh = "名称中包含的文字") Optional<PackagePart> filter,
            @Means(en = "how many to list at most (200)", zh = "最多列出多少个（默认 200）")
                    @Whole(least = 1, most = 2000)
                    Optional<Count> limit,
            @Means(en = "how many to pass over", zh = "跳过前面多少个") Optional<Count> offset) {
        boolean takes(InstalledPackages.Entry one) {
            return filter.isEmpty()
                    || one.name()
                            .value()
                            .toLowerCase(Locale.ROOT)
                            .contains(filter.get().value().toLowerCase(Locale.ROOT));
        }
    }

    /// How far a package is there.
    enum Standing {
        WHOLE,
        BROKEN,
        LEFTOVER
    }

    /// One row of the database.
    record Row(InstalledPackages.Entry entry, Standing standing) {
        Row {
            requireNonNull(entry, "entry is null");
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "package.list",
                "packages",
                Bilingual.of("Installed packages", "已安装的软件包"),
                Rpm.families(),
                Bilingual.of("list installed packages on web-1", "列出 web-1 已安装的软件包"),
                Bilingual.of(
                        "which packages with python in their name does db-1 have",
                        "db-1 上名字带 python 的软件包有哪些"),
                Bilingual.of("how many packages are installed on lb-1", "lb-1 装了多少个软件包"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        return switch (platform.family()) {
            case APT -> Next.sequence(soFar, PackageListApt.command());
            case DNF, DNF5, YUM3, ZYPPER -> Next.sequence(soFar, PackageListRpm.command());
            case APK, UNKNOWN -> Unsupported.on(platform);
        };
    }

    @Override
    public Reading<InstalledPackages> read(
            Arguments arguments, Platform platform, List<Capture> captures) throws Unreadable {
        List<Row> rows =
                switch (platform.family()) {
                    case APT -> PackageListApt.rows(captures);
                    case DNF, DNF5, YUM3, ZYPPER -> PackageListRpm.rows(captures);
                    case APK, UNKNOWN -> throw new Unreadable(Unsupported.on(platform).why());
                };
        if (rows.isEmpty()) {
            String program = captures.getFirst().argv().program();
            throw new Unreadable(
                    Bilingual.of(
                            program + " lists no package at all: its database is empty or lost",
                            program + " 没有列出任何软件包：数据库为空或已丢失"));
        }
        List<Bilingual> gaps = new ArrayList<>();
        if (captures.getFirst().truncated()) {
            gaps.add(
                    Bilingual.of(
                            "the output was cut: there are more packages than were read",
                            "输出过长被截断：软件包多于已读取的数量"));
        }
        InstalledPackages value = value(arguments, rows, platform.family() != Family.APT);
        return Reading.of(value, value.isNothing(), gaps);
    }

    private static InstalledPackages value(Arguments arguments, List<Row> rows, boolean rpm) {
        List<InstalledPackages.Entry> whole = of(rows, Standing.WHOLE);
        List<InstalledPackages.Entry> matching = whole.stream().filter(arguments::takes).toList();
        long offset = arguments.offset().map(Count::value).orElse(0L);
        long limit = arguments.limit().map(Count::value).orElse((long) PAGE);
        return new InstalledPackages(
                whole.size(),
                matching.size(),
                offset,
                matching.stream().skip(offset).limit(limit).toList(),
                of(rows, Standing.BROKEN).stream().filter(arguments::takes).toList(),
                of(rows, Standing.LEFTOVER).stream().filter(arguments::takes).toList(),
                rpm ? doubled(matching) : List.of(),
                rpm
                        ? Optional.of(matching.stream().filter(one -> one.key().isEmpty()).count())
                        : Optional.empty());
    }

    private static List<InstalledPackages.Entry> of(List<Row> rows, Standing standing) {
        return rows.stream()
                .filter(row -> row.standing() == standing)
                .map(Row::entry)
                .sorted(
                        Comparator.comparing((InstalledPackages.Entry one) -> one.name().value())
                                .thenComparing(one -> one.version().value())
                                .thenComparing(one -> one.architecture().value()))
                .toList();
    }

    /// Kernels are installed beside each other on purpose.
    private static List<HostText> doubled(List<InstalledPackages.Entry> packages) {
        Set<String> seen = new HashSet<>();
        Set<String> doubled = new TreeSet<>();
        for (InstalledPackages.Entry one : packages) {
            boolean again = !seen.add(one.name() + "." + one.architecture());
            if (again && !one.name().value().startsWith("kernel")) {
                doubled.add(one.name().value());
            }
        }
        return doubled.stream().map(HostText::new).toList();
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<InstalledPackages> reading) {
        return PackageListFindings.of(arguments, reading);
    }
}
