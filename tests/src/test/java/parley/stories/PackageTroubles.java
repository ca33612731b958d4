package parley.stories;

import static parley.stories.Family.APT;
import static parley.stories.Family.DNF;

import java.util.List;

/// Packages that cannot be installed or are not whole.
final class PackageTroubles {
    private static final String APT_EN = "why does apt fail on HOST?";
    private static final String APT_ZH = "HOST 的 apt 报错，为什么";
    private static final String DNF_EN = "why does dnf fail on HOST?";
    private static final String DNF_ZH = "HOST 的 dnf 报错，什么原因";
    private static final String PACKAGE = "package-broken";

    private static final String REBOOT = "reboot-needed";
    private static final String REBOOT_EN = "does HOST need a reboot, and why?";
    private static final String REBOOT_ZH = "HOST 为什么需要重启";

    private PackageTroubles() {}

    static List<Trouble> all() {
        return List.of(
                Trouble.of(
                                "half-configured package",
                                APT,
                                new Fault.Named("package-half-configured"),
                                PACKAGE,
                                APT_EN,
                                APT_ZH,
                                "tb-broken: half-configured",
                                "tb-broken",
                                "tb-broken")
                        .inBrief(),
                Trouble.of(
                        "two versions of a package",
                        DNF,
                        new Fault.Named("package-duplicate"),
                        PACKAGE,
                        DNF_EN,
                        DNF_ZH,
                        "tb-hold-1.0.*is a duplicate with",
                        "tb-hold-1.0",
                        "tb-hold"),
                Trouble.of(
                        "package manager is busy",
                        DNF,
                        new Fault.Named("package-manager-locked"),
                        PACKAGE,
                        DNF_EN,
                        DNF_ZH,
                        "held by .*nightly-update.*of nightly-update.service",
                        "nightly-update.service",
                        "\\d+"),
                Trouble.of(
                        "repository index is gone",
                        APT,
                        new Fault.Named("repository-broken"),
                        PACKAGE,
                        APT_EN,
                        APT_ZH,
                        "srv_repo_main answers, but not well",
                        "srv_repo_main",
                        "srv/repo/main"),
                Trouble.of(
                        "installation was killed",
                        APT,
                        new Fault.Named("package-transaction-killed"),
                        PACKAGE,
                        APT_EN,
                        APT_ZH,
                        "not in order: tb-slow: half-",
                        "状态异常的软件包：tb-slow",
                        "tb-slow"),
                Trouble.of(
                        "installation was killed",
                        DNF,
                        new Fault.Named("package-transaction-killed"),
                        PACKAGE,
                        DNF_EN,
                        DNF_ZH,
                        "tb-slow-1.0\\S* is a duplicate",
                        "状态异常的软件包：tb-slow",
                        "tb-slow"),
                Trouble.of(
                        "unsigned repository",
                        APT,
                        new Fault.Named("package-unsigned"),
                        PACKAGE,
                        APT_EN,
                        APT_ZH,
                        "srv_unsigned is not signed",
                        "srv_unsigned 没有签名",
                        "unsigned"),
                Trouble.of(
                        "held package",
                        DNF,
                        new Fault.Named("package-held"),
                        "package.holds",
                        "which packages are held on HOST",
                        "HOST 上哪些包被锁定了",
                        "held.*tb-hold",
                        "已锁定.*tb-hold",
                        "tb-hold"),
                Trouble.of(
                                "configuration left behind",
                                APT,
                                new Fault.Named("package-config-left"),
                                PACKAGE,
                                APT_EN,
                                APT_ZH,
                                "tb-conf",
                                "tb-conf",
                                "tb-conf")
                        .knownToBeMissed("it breaks nothing, and no tool lists it"),
                Trouble.of(
                                "upgrade that cannot be taken back",
                                APT,
                                new Fault.Named("package-undo-impossible"),
                                PACKAGE,
                                APT_EN,
                                APT_ZH,
                                "tb-once",
                                "tb-once",
                                "tb-once")
                        .knownToBeMissed(
                                "nothing is broken; package.undo says so when it is asked"),
                Trouble.of(
                        "reboot is asked for",
                        APT,
                        new Fault.Named("reboot-required"),
                        REBOOT,
                        REBOOT_EN,
                        REBOOT_ZH,
                        "a reboot is needed: (linux-base|tb-kernel|kernel)",
                        "需要重启：(linux-base|tb-kernel|kernel)",
                        "linux-base|tb-kernel|kernel"),
                Trouble.of(
                        "reboot is advised",
                        DNF,
                        new Fault.Named("reboot-required"),
                        REBOOT,
                        REBOOT_EN,
                        REBOOT_ZH,
                        "a reboot is needed: (linux-base|tb-kernel|kernel)",
                        "需要重启：(linux-base|tb-kernel|kernel)",
                        "linux-base|tb-kernel|kernel"));
    }
}
