package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Family;
import parley.tools.Preview;
import parley.tools.RootCommand;
import parley.tools.Undo;
import parley.tools.catalogue.jobs.Transaction;
import parley.tools.catalogue.packages.PackageRepair.Step;
import parley.tools.catalogue.packages.RepairNeeds.Fix;
import parley.tools.value.HostText;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which step of a repair comes first, and what it runs.
final class RepairStep {
    private static final List<String> UNATTENDED =
            List.of("DEBIAN_FRONTEND=noninteractive", "NEEDRESTART_MODE=l");

    private RepairStep() {}

    /// The step to take, or why none can be taken.
    record Choice(Optional<Step> step, Optional<Bilingual> obstacle) {
        static Choice of(Step step) {
            return new Choice(Optional.of(step), Optional.empty());
        }

        static Choice none(String en, String zh) {
            return new Choice(Optional.empty(), Optional.of(Bilingual.of(en, zh)));
        }
    }

    static Choice choose(Step wanted, Family family, RepairNeeds needs) {
        boolean apt = family == Family.APT;
        Choice choice =
                switch (wanted) {
                    case AUTO -> apt ? autoApt(needs) : autoDnf(needs);
                    case CONFIGURE, FIX_DEPS -> apt ? Choice.of(wanted) : foreign(wanted, family);
                    case DEDUPE, REBUILD_DB -> apt ? foreign(wanted, family) : Choice.of(wanted);
                };
        return choice.step().isPresent() ? refused(choice.step().get(), needs) : choice;
    }

    private static Choice autoApt(RepairNeeds needs) {
        if (!needs.unmet().isEmpty()) {
            return Choice.of(Step.FIX_DEPS);
        }
        if (needs.broken().stream().anyMatch(one -> one.state().isUnconfigured())) {
            return Choice.of(Step.CONFIGURE);
        }
        return needs.broken().isEmpty() ? sound() : Choice.of(Step.FIX_DEPS);
    }

    private static Choice autoDnf(RepairNeeds needs) {
        if (needs.database().isPresent()) {
            return Choice.of(Step.REBUILD_DB);
        }
        if (!needs.duplicates().isEmpty()) {
            return Choice.of(Step.DEDUPE);
        }
        return needs.unmet().isEmpty()
                ? sound()
                : Choice.none(
                        "dependencies are not met, which no repair of dnf mends; install what is"
                                + " missing (package.install)",
                        "存在未满足的依赖，dnf 没有对应的修复步骤；请安装缺少的软件包（package.install）");
    }

    private static Choice sound() {
        return Choice.none("no package needs repair: nothing to do", "没有需要修复的软件包，无需操作");
    }

    private static Choice foreign(Step step, Family family) {
        String word = word(step);
        return Choice.none(
                "the step " + word + " is not for " + family.word() + " hosts",
                "步骤 " + word + " 不适用于 " + family.word() + " 主机");
    }

    static String word(Step step) {
        return switch (step) {
            case AUTO -> "auto";
            case CONFIGURE -> "configure";
            case FIX_DEPS -> "fix-deps";
            case DEDUPE -> "dedupe";
            case REBUILD_DB -> "rebuild-db";
        };
    }

    /// A step with nothing to do, or that the package manager has already said it would not do.
    private static Choice refused(Step step, RepairNeeds needs) {
        boolean idle =
                switch (step) {
                    case CONFIGURE ->
                            needs.broken().stream().noneMatch(one -> one.state().isUnconfigured());
                    case FIX_DEPS -> needs.unmet().isEmpty() && needs.broken().isEmpty();
                    case DEDUPE -> needs.duplicates().isEmpty();
                    case AUTO, REBUILD_DB -> false;
                };
        if (idle) {
            return Choice.none(
                    "the step " + word(step) + " has nothing to do here",
                    "步骤 " + word(step) + " 在此无事可做");
        }
        boolean asksManager = step == Step.FIX_DEPS || step == Step.DEDUPE;
        return asksManager && needs.refusal().isPresent()
                ? Choice.none(
                        "the package manager cannot do "
                                + word(step)
                                + ": "
                                + needs.refusal().get(),
                        "包管理器无法执行 " + word(step) + "：" + needs.refusal().get())
                : Choice.of(step);
    }

    static Bilingual says(Step step, RepairNeeds needs) {
        String fixes =
                RepairWords.joined(
                        needs.fixes().stream()
                                .map(fix ->
                                        fix.action().word()
                                                + " "
                                                + fix.name()
                                                + " "
                                                + fix.version())
                                .toList());
        return switch (step) {
            case AUTO -> throw new IllegalArgumentException("auto is chosen before");
            case CONFIGURE ->
                    Bilingual.of(
                            "what is unpacked is configured; its scripts run again",
                            "将配置已解包的软件包；其脚本会重新执行");
            case FIX_DEPS -> Bilingual.of("apt would: " + fixes, "apt 将执行：" + fixes);
            case DEDUPE -> Bilingual.of("dnf would: " + fixes, "dnf 将执行：" + fixes);
            case REBUILD_DB ->
                    Bilingual.of(
                            "rpm's database is copied to {0}, then its indexes are rebuilt; no"
                                    + " package is changed",
                            "先把 rpm 数据库复制到 {0}，再重建索引；不改动任何软件包", copy(needs));
        };
    }

    static Set<String> objects(Step step, RepairNeeds needs) {
        return switch (step) {
            case CONFIGURE ->
                    needs.broken().stream()
                            .map(one -> one.name().value())
                            .collect(Collectors.toSet());
            case FIX_DEPS, DEDUPE ->
                    needs.fixes().stream()
                            .map(fix -> fix.name().value())
                            .collect(Collectors.toSet());
            case AUTO, REBUILD_DB -> Set.of();
        };
    }

    /// Packages that are gone afterwards. Of a duplicate one version stays.
    static Set<String> removed(Step step, RepairNeeds needs) {
        return step == Step.FIX_DEPS
                ? needs.removals().stream()
                        .map(Fix::name)
                        .map(HostText::value)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    static List<Argv> commands(Step step, RepairNeeds needs, Preview preview) {
        return switch (step) {
            case AUTO -> throw new IllegalArgumentException("auto is chosen before");
            case CONFIGURE ->
                    Transaction.commands(
                            preview,
                            "configure unpacked packages",
                            UNATTENDED,
                            List.of(
                                    "dpkg",
                                    "--force-confdef",
                                    "--force-confold",
                                    "--configure",
                                    "-a"));
            case FIX_DEPS ->
                    Transaction.commands(
                            preview, "correct package dependencies", UNATTENDED, fixDeps(needs));
            case DEDUPE ->
                    Transaction.commands(
                            preview,
                            "remove duplicate packages",
                            List.of(),
                            List.of(
                                    "dnf",
                                    "-y",
                                    "--setopt=exit_on_lock=True",
                                    "--setopt=localpkg_gpgcheck=1",
                                    "remove",
                                    "--duplicates"));
            case REBUILD_DB -> {
                String copy = copy(needs);
                List<Argv> commands = new ArrayList<>();
                commands.add(
                        Argv.of("cp", "-a", "-T", "--", home(copy), copy)
                                .asRoot()
                                .within(Duration.ofMinutes(2)));
                commands.addAll(
                        Transaction.commands(
                                preview,
                                "rebuild the rpm database",
                                List.of(),
                                List.of("rpm", "--rebuilddb")));
                yield List.copyOf(commands);
            }
        };
    }

    static List<RootCommand> rootCommands() {
        List<RootCommand> all = new ArrayList<>();
        all.addAll(
                Transaction.rootCommands(
                        UNATTENDED,
                        List.of(
                                "dpkg --force-confdef --force-confold --configure -a",
                                "apt-get -q -y -o APT::Status-Fd=1 -o DPkg::Lock::Timeout=60 -o"
                                        + " Dpkg::Options::=--force-confdef -o"
                                        + " Dpkg::Options::=--force-confold [[ --no-remove ]] -f"
                                        + " install")));
        all.addAll(
                Transaction.rootCommands(
                        List.of(),
                        List.of(
                                "dnf -y --setopt=exit_on_lock=True --setopt=localpkg_gpgcheck=1"
                                        + " remove --duplicates",
                                "rpm --rebuilddb")));
        all.add(
                RootCommand.of(
                        "cp -a -T -- {{/var/lib/rpm /var/lib/rpm||/usr/lib/sysimage/rpm"
                                + " /usr/lib/sysimage/rpm}}.parley-<number>"));
        return all.stream().distinct().toList();
    }

    private static List<String> fixDeps(RepairNeeds needs) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "apt-get",
                                "-q",
                                "-y",
                                "-o",
                                "APT::Status-Fd=1",
                                "-o",
                                "DPkg::Lock::Timeout=60",
                                "-o",
                                "Dpkg::Options::=--force-confdef",
                                "-o",
                                "Dpkg::Options::=--force-confold"));
        if (needs.removals().isEmpty()) {
            words.add("--no-remove");
        }
        words.addAll(List.of("-f", "install"));
        return words;
    }

    private static String copy(RepairNeeds needs) {
        return needs.copy()
                .map(HostText::value)
                .orElseThrow(() -> new IllegalArgumentException("no place for a copy was read"));
    }

    private static String home(String copy) {
        return copy.substring(0, copy.lastIndexOf(".parley-"));
    }

    static Undo undo(Step step, RepairNeeds needs) {
        return switch (step) {
            case AUTO, CONFIGURE ->
                    Undo.impossible(
                            Bilingual.of(
                                    "what package scripts did cannot be taken back; the packages"
                                            + " can be removed or reinstalled",
                                    "软件包脚本所做的事无法撤销；之后可以卸载或重装这些软件包"));
            case FIX_DEPS ->
                    Undo.byHand(
                            Bilingual.of(
                                    "package.undo takes back this transaction; the dependencies"
                                            + " are unmet again then",
                                    "package.undo 可撤销此事务；届时依赖会再次不满足"));
            case DEDUPE ->
                    Undo.impossible(
                            Bilingual.of(
                                    "two versions of a package cannot be brought back, nor need"
                                            + " they",
                                    "同一软件包的两个版本无法恢复，也无需恢复"));
            case REBUILD_DB ->
                    Undo.byHand(
                            Bilingual.of(
                                    "the copy in {0} can be put back by hand",
                                    "可手工把 {0} 中的备份放回原处", copy(needs)));
        };
    }
}
