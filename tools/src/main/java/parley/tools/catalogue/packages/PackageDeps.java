package parley.tools.catalogue.packages;

import com.fasterxml.jackson.annotation.JsonProperty;

import parley.tools.Bilingual;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Means;
import parley.tools.Reading;
import parley.tools.RootCommand;
import parley.tools.value.HostText;
import parley.tools.value.PackageName;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a package directly needs, or which packages directly need it.
///
/// Source: among installed packages the database of dpkg, or dnf over the rpm database; else what
/// the host's package lists say; with dnf 5, yum 3 and zypper only rpm itself is asked. Weak
/// relations (recommended, suggested) are left out. Only direct relations: what a change carries
/// along in the end is what `package.plan` is for. *Empty* means that there are none, or no such
/// package.
public final class PackageDeps
        implements ManagerObservation<PackageDeps.Arguments, PackageRelations> {
    private static final int MOST_NAMED = 20;

    /// Which way to look.
    public enum Direction {
        @JsonProperty("requires")
        REQUIRES,
        @JsonProperty("requiredBy")
        REQUIRED_BY
    }

    public record Arguments(
            @Means(en = "the package", zh = "软件包名") PackageName name,
            @Means(
                            en = "what it needs (requires), or what needs it (requiredBy)",
                            zh = "它依赖什么（requires），或谁依赖它（requiredBy）")
                    Optional<Direction> direction,
            @Means(en = "only among installed packages (true)", zh = "只看已安装的软件包（默认 true）")
                    Optional<Boolean> installedOnly) {
        boolean reverse() {
            return direction.orElse(Direction.REQUIRES) == Direction.REQUIRED_BY;
        }

        boolean onlyInstalled() {
            return installedOnly.orElse(true);
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "package.deps",
                "packages",
                Bilingual.of("What a package needs, or what needs it", "软件包的依赖与被依赖"),
                Rpm.families(),
                Bilingual.of(
                        "what does the package nginx depend on on web-1", "web-1 上 nginx 软件包依赖哪些包"),
                Bilingual.of("which packages need openssl on db-1", "db-1 上哪些软件包依赖 openssl"),
                Bilingual.of("package dependencies of curl on lb-1", "lb-1 上 curl 这个包的依赖"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                Dnf.rootCommand(
                        "repoquery {{--installed||--available}} [[ --requires ]] [[ --resolve ]]"
                                + " [[ --qf "
                                + PackageDepsDnf.FORM
                                + " ]]"
                                + " {{--||--whatrequires}} <package>"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Optional<Dialect<Arguments, PackageRelations>> dialect(Family family) {
        return switch (family) {
            case APT ->
                    Dialect.fixed(
                            arguments -> List.of(PackageDepsApt.command(arguments)),
                            PackageDepsApt::read);
            case DNF -> Dialect.fixed(PackageDepsDnf::commands, PackageDepsDnf::read);
            case DNF5, YUM3, ZYPPER -> Optional.of(new PackageDepsRpm(family));
            case APK, UNKNOWN -> Optional.empty();
        };
    }

    /// The reading of these relations, sorted.
    static Reading<PackageRelations> reading(
            Arguments arguments,
            boolean known,
            List<PackageRelations.Relation> relations,
            List<HostText> unmet,
            List<Bilingual> gaps) {
        List<PackageRelations.Relation> sorted =
                relations.stream()
                        .sorted(
                                Comparator.comparing((PackageRelations.Relation one) ->
                                                one.name().value())
                                        .thenComparingInt(one -> one.line().from()))
                        .toList();
        return Reading.of(
                new PackageRelations(new HostText(arguments.name().value()), known, sorted, unmet),
                relations.isEmpty() && unmet.isEmpty(),
                gaps);
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<PackageRelations> reading) {
        PackageRelations value = reading.value();
        PackageName name = arguments.name();
        if (!value.known()) {
            boolean partial = reading.status() == Reading.Status.PARTIAL;
            return List.of(
                    arguments.onlyInstalled()
                            ? Finding.of(
                                    Severity.NOTICE,
                                    "{0} is not installed; with installedOnly=false the package"
                                            + " lists are asked",
                                    "{0} 没有安装；加上 installedOnly=false 可查询软件包列表",
                                    name)
                            : Finding.of(
                                    Severity.NOTICE,
                                    partial
                                            ? name + " was not found"
                                            : "the package lists of this host do not know " + name,
                                    partial ? "没有找到 " + name : "该主机的软件包列表中没有 " + name));
        }
        List<Finding> findings = new ArrayList<>();
        if (!value.unmet().isEmpty()) {
            String needs = texts(value.unmet());
            findings.add(
                    Finding.of(
                            Severity.WARNING,
                            "{0} needs what no package that was looked at provides: {1}",
                            "{0} 需要以下内容，但查到的软件包都没有提供：{1}",
                            name,
                            needs));
        }
        if (arguments.reverse()) {
            findings.add(reverse(arguments, value));
        } else if (value.unmet().isEmpty() || !value.relations().isEmpty()) {
            findings.add(forward(arguments, value));
        }
        findings.add(
                Finding.of(
                        Severity.NOTICE,
                        "These are direct relations only; package.plan shows all that a change"
                                + " would carry along.",
                        "以上只是直接依赖；一次变更最终牵连的全部软件包由 package.plan 给出。"));
        return List.copyOf(findings);
    }

    private static Finding forward(Arguments arguments, PackageRelations value) {
        PackageName name = arguments.name();
        String of = arguments.onlyInstalled() ? " installed" : "";
        String ofZh = arguments.onlyInstalled() ? "已安装的" : "";
        if (value.relations().isEmpty()) {
            return Finding.of(
                    Severity.NOTICE,
                    "{0} directly needs no{1} package",
                    "{0} 没有直接依赖任何{2}软件包",
                    name,
                    of,
                    ofZh);
        }
        String names = names(value);
        int count = count(value);
        return Finding.of(
                Severity.NOTICE,
                "{0} directly needs {1}: {2}",
                "{0} 直接依赖 {3} 个{4}软件包：{2}",
                name,
                packages(count, of),
                names,
                count,
                ofZh);
    }

    private static Finding reverse(Arguments arguments, PackageRelations value) {
        PackageName name = arguments.name();
        String of = arguments.onlyInstalled() ? " installed" : "";
        String ofZh = arguments.onlyInstalled() ? "已安装的" : "";
        if (value.relations().isEmpty()) {
            return Finding.of(
                    Severity.NOTICE,
                    "no{0} package directly needs {1}",
                    "没有{2}软件包直接依赖 {1}",
                    of,
                    name,
                    ofZh);
        }
        String names = names(value);
        int count = count(value);
        return Finding.of(
                Severity.NOTICE,
                packages(count, of)
                        + (count == 1 ? " directly needs " : " directly need ")
                        + name
                        + ": "
                        + names,
                "有 " + count + " 个" + ofZh + "软件包直接依赖 " + name + "：" + names);
    }

    private static String packages(int count, String of) {
        return count + of + (count == 1 ? " package" : " packages");
    }

    private static int count(PackageRelations value) {
        return (int) value.relations().stream().map(one -> one.name()).distinct().count();
    }

    private static String names(PackageRelations value) {
        return texts(value.relations().stream().map(PackageRelations.Relation::name).toList());
    }

    private static String texts(List<HostText> names) {
        return names.stream()
                        .map(HostText::value)
                        .distinct()
                        .limit(MOST_NAMED)
                        .collect(Collectors.joining(", "))
                + (names.stream().distinct().count() > MOST_NAMED ? ", …" : "");
    }
}
