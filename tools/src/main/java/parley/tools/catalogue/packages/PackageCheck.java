package parley.tools.catalogue.packages;

import parley.tools.Bilingual;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Means;
import parley.tools.Reading;
import parley.tools.RootCommand;
import parley.tools.value.BadValue;
import parley.tools.value.HostText;
import parley.tools.value.PackageName;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Whether a host's packages are in order: none half-configured, half-installed, doubled or with
/// unmet dependencies, no configuration file waiting to be merged, no unit failed; and for those
/// named, what is there. Changes of packages look with it before and after.
///
/// Source: `dpkg-query -W`, or `rpm -qa` and `dnf check` (exit 1: it found something); `find` below
/// `/etc` for what package managers leave there; `systemctl show` for units. The exit codes of
/// `dpkg --audit` and `apt-get check` are 0 with a half-configured package present, so the states
/// themselves are read. A reading is never *empty*.
public final class PackageCheck
        implements ManagerObservation<PackageCheck.Arguments, PackagesState> {
    private static final int MOST_NAMES = 1000;
    private static final int MOST_NAMED = 10;

    public record Arguments(
            @Means(en = "packages whose versions are read, too", zh = "同时读取这些软件包的版本")
                    Optional<List<PackageName>> names) {
        public Arguments {
            if (names.map(List::size).orElse(0) > MOST_NAMES) {
                throw new BadValue(
                        Bilingual.of("at most {0} packages at once", "一次最多 {0} 个软件包", MOST_NAMES));
            }
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "package.check",
                "packages",
                Bilingual.of("Whether the packages are in order", "检查软件包是否完好"),
                Card.onlyOn(Family.APT, Family.DNF),
                Bilingual.of("check the package state of web-1", "web-1 的软件包状态怎么样"),
                Bilingual.of("any half-configured packages on db-1?", "db-1 有没有半配置的软件包"),
                Bilingual.of("unmet dependencies on lb-1", "lb-1 有没有未满足的依赖"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(Surroundings.rootCommand(), Dnf.rootCommand("check"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Optional<Dialect<Arguments, PackagesState>> dialect(Family family) {
        return switch (family) {
            case APT -> Asking.dialect(PackageCheckApt::look);
            case DNF -> Asking.dialect(PackageCheckDnf::look);
            case DNF5, YUM3, ZYPPER, APK, UNKNOWN -> Optional.empty();
        };
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<PackagesState> reading) {
        PackagesState state = reading.value();
        List<Finding> findings = new ArrayList<>();
        if (!state.broken().isEmpty()) {
            String all = texts(state.broken());
            findings.add(
                    Finding.of(
                            Severity.CRITICAL,
                            "packages that are not in order: {0}; package.repair mends them",
                            "状态异常的软件包：{0}；可用 package.repair 修复",
                            all));
        }
        if (!state.leftovers().isEmpty()) {
            String all = texts(state.leftovers());
            findings.add(
                    Finding.of(
                            Severity.WARNING,
                            "configuration files wait to be merged by hand: " + all,
                            "有待人工合并的配置文件：" + all));
        }
        if (!state.failedUnits().isEmpty()) {
            String all = texts(state.failedUnits());
            findings.add(Finding.of(Severity.WARNING, "failed units: " + all, "失败的单元：" + all));
        }
        if (state.broken().isEmpty()) {
            findings.add(
                    Finding.of(
                            Severity.HEALTHY,
                            "all {0} packages are whole",
                            "全部 {0} 个软件包均完好",
                            state.count()));
        }
        return List.copyOf(findings);
    }

    private static String texts(List<HostText> names) {
        return names.stream()
                        .limit(MOST_NAMED)
                        .map(HostText::value)
                        .collect(Collectors.joining(", "))
                + (names.size() > MOST_NAMED ? ", …" : "");
    }
}
