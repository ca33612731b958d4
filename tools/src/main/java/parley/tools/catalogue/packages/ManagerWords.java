package parley.tools.catalogue.packages;

import parley.tools.Family;
import parley.tools.RootCommand;
import parley.tools.catalogue.jobs.Transaction;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.List;

/// How the managers are called to carry a plan out: never asking, with its hash where their own
/// history keeps it, and from the lists that it was solved with.
final class ManagerWords {
    /// What [PackagePlanApt] makes of a wish.
    private static final List<String> APT_PLANS =
            List.of(
                    "install --no-remove [[ {{--only-upgrade||--allow-downgrades}} ]]"
                            + " <candidate>...",
                    "upgrade --with-new-pkgs",
                    "{{remove||purge}} <removable>...",
                    "autoremove",
                    "install --allow-downgrades <undone>...");

    /// What [PackagePlanDnf] makes of a wish.
    static final List<String> DNF_PLANS =
            List.of(
                    "{{install||downgrade}} <build>...",
                    "upgrade [[ <build>... ]]",
                    "--setopt=clean_requirements_on_remove=False remove <package>...",
                    "autoremove",
                    "history undo <number>",
                    "upgrade-minimal [[ --security ]] [[ --sec-severity=<word>... ]]"
                            + " [[ --cve=<~CVE-[0-9]+-[0-9]+>... ]]");

    private ManagerWords() {}

    static List<String> of(Family family, PackageSolution solution) {
        List<String> words =
                new ArrayList<>(
                        switch (family) {
                            case APT -> apt(solution.mark());
                            case DNF -> dnf(solution.mark());
                            case DNF5, YUM3, ZYPPER, APK, UNKNOWN ->
                                    throw new IllegalArgumentException(
                                            "no transactions on " + family.word());
                        });
        solution.words().stream().map(HostText::value).forEach(words::add);
        return List.copyOf(words);
    }

    /// An edited configuration file is kept; without both options dpkg asks, and breaks off.
    private static List<String> apt(String mark) {
        return List.of(
                "apt-get",
                "-q",
                "-y",
                "-o",
                "DPkg::Lock::Timeout=60",
                "-o",
                "Dpkg::Options::=--force-confdef",
                "-o",
                "Dpkg::Options::=--force-confold",
                "-o",
                "APT::Status-Fd=1",
                "-o",
                "Parley::Plan=" + mark);
    }

    /// A file by its path is checked for a signature, too; lists are not fetched anew, or another
    /// plan could come of it.
    private static List<String> dnf(String mark) {
        return List.of(
                "dnf",
                "-y",
                "--setopt=exit_on_lock=True",
                "--setopt=localpkg_gpgcheck=1",
                "--setopt=metadata_expire=-1",
                "--setopt=*.metadata_expire=-1",
                "--comment=parley:" + mark);
    }

    /// The forms of every transaction.
    static List<RootCommand> rootCommands() {
        List<RootCommand> all = new ArrayList<>();
        all.addAll(rootCommands(Family.APT, apt("<mark>"), APT_PLANS));
        all.addAll(rootCommands(Family.DNF, dnf("<mark>"), DNF_PLANS));
        return all.stream().distinct().toList();
    }

    private static List<RootCommand> rootCommands(
            Family family, List<String> begin, List<String> plans) {
        return Transaction.rootCommands(
                environment(family),
                plans.stream().map(plan -> String.join(" ", begin) + " " + plan).toList());
    }

    /// Services that use an upgraded library are listed, never restarted behind the back.
    static List<String> environment(Family family) {
        return family == Family.APT
                ? List.of(
                        "DEBIAN_FRONTEND=noninteractive",
                        "NEEDRESTART_MODE=l",
                        "APT_LISTCHANGES_FRONTEND=none")
                : List.of();
    }
}
