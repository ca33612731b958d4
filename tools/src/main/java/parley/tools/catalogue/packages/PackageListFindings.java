package parley.tools.catalogue.packages;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Reading;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// What [PackageList] says.
final class PackageListFindings {
    private static final int MOST_NAMED = 10;

    private PackageListFindings() {}

    static List<Finding> of(PackageList.Arguments arguments, Reading<InstalledPackages> reading) {
        InstalledPackages value = reading.value();
        List<Finding> findings = new ArrayList<>();
        value.broken().stream().limit(MOST_NAMED).forEach(one -> findings.add(broken(one)));
        if (value.broken().size() > MOST_NAMED) {
            int more = value.broken().size() - MOST_NAMED;
            findings.add(
                    Finding.of(
                            Severity.CRITICAL,
                            "{0} more packages are not properly installed",
                            "另有 {0} 个软件包安装不完整",
                            more));
        }
        if (!value.doubled().isEmpty()) {
            String names = texts(value.doubled());
            findings.add(
                    Finding.of(
                            Severity.WARNING,
                            "registered in two versions, as after an upgrade that was cut off: "
                                    + names,
                            "同时登记了两个版本，像是升级中断所致：" + names));
        }
        findings.add(installed(arguments, reading));
        page(value, findings);
        signatures(value, findings);
        List<InstalledPackages.Entry> held =
                value.packages().stream().filter(InstalledPackages.Entry::isHeld).toList();
        if (!held.isEmpty()) {
            findings.add(named(held, "locked at their version: ", "已锁定版本："));
        }
        if (!value.leftovers().isEmpty()) {
            findings.add(
                    named(
                            value.leftovers(),
                            "removed, with their configuration left: ",
                            "已卸载，但残留配置文件："));
        }
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static Finding broken(InstalledPackages.Entry one) {
        return new Finding(
                Severity.CRITICAL,
                Bilingual.of(
                        "{0} {1} is not properly installed: {2}",
                        "{0} {1} 安装不完整：{2}", one.name(), one.version(), one.state()),
                List.of(one.line()));
    }

    private static Finding installed(
            PackageList.Arguments arguments, Reading<InstalledPackages> reading) {
        InstalledPackages value = reading.value();
        long all = value.installed();
        if (arguments.filter().isEmpty()) {
            return Finding.of(
                    Severity.NOTICE,
                    all == 1 ? "1 package is installed" : all + " packages are installed",
                    "已安装 " + all + " 个软件包");
        }
        String part = arguments.filter().get().value();
        boolean partial = reading.status() == Reading.Status.PARTIAL;
        if (value.matching() == 0) {
            return Finding.of(
                    Severity.NOTICE,
                    (partial ? "none of the packages that were read" : "no installed package")
                            + " has \""
                            + part
                            + "\" in its name",
                    (partial ? "已读取的软件包中" : "已安装的软件包中") + "没有名称含“" + part + "”的");
        }
        return named(
                value.packages(),
                value.matching()
                        + " of "
                        + all
                        + " installed packages with \""
                        + part
                        + "\" in the name: ",
                "已安装的 " + all + " 个软件包中，名称含“" + part + "”的有 " + value.matching() + " 个：");
    }

    private static void page(InstalledPackages value, List<Finding> findings) {
        long from = value.offset() + 1;
        long to = value.offset() + value.packages().size();
        if (value.packages().isEmpty() && value.matching() > 0) {
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            "nothing is listed: there are only {0}",
                            "没有列出：一共只有 {0} 个",
                            value.matching()));
        } else if (to < value.matching()) {
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            "listed are {0} to {1}; more with offset={1}",
                            "列出的是第 {0} 到 {1} 个；其余用 offset={1} 查看",
                            from,
                            to));
        }
    }

    private static void signatures(InstalledPackages value, List<Finding> findings) {
        long unsigned = value.unsigned().orElse(0L);
        if (unsigned > 0) {
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            "without a signature in the rpm database: {0} of {1}",
                            "rpm 数据库中没有签名的：{1} 个中有 {0} 个",
                            unsigned,
                            value.matching()));
        }
    }

    private static Finding named(List<InstalledPackages.Entry> some, String en, String zh) {
        String names =
                texts(
                        some.stream()
                                .map(one -> new HostText(one.name() + " " + one.version()))
                                .toList());
        return Finding.of(Severity.NOTICE, en + names, zh + names);
    }

    private static String texts(List<HostText> names) {
        return names.stream()
                        .map(HostText::value)
                        .distinct()
                        .limit(MOST_NAMED)
                        .collect(Collectors.joining(", "))
                + (names.size() > MOST_NAMED ? ", …" : "");
    }
}
