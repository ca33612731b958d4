package parley.tools.catalogue.packages;

import parley.tools.Bilingual;
import parley.tools.Change.Proof;
import parley.tools.Observed;
import parley.tools.Preview;
import parley.tools.catalogue.jobs.JobState;
import parley.tools.catalogue.jobs.Transaction;
import parley.tools.catalogue.packages.PackagesState.Present;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whether a transaction did what was planned, read from the packages themselves: each at its
/// planned version and whole, nothing else broken by it, no script failed, no key newly trusted, no
/// unit newly failed, and what ran of the touched packages runs again. The manager's exit code only
/// decides what is said.
final class PackageProof {
    private static final int MOST_NAMED = 8;

    /// What dnf and dpkg print when a package's own script failed; dnf then still ends with 0.
    private static final Pattern SCRIPT =
            Pattern.compile(
                    ".*(scriptlet failed|Error in [A-Z]+ scriptlet|post-installation script"
                            + " subprocess returned|pre-removal script subprocess"
                            + " returned|subprocess returned error exit status).*");

    private final PackageSolution plan;
    private final PackagesState before;
    private final PackagesState now;
    private final Optional<JobState> job;
    private final Optional<PackageHistoryTransactions.Transaction> noted;
    private final List<Bilingual> failures = new ArrayList<>();
    private final List<Bilingual> remarks = new ArrayList<>();

    private PackageProof(
            PackageSolution plan,
            PackagesState before,
            PackagesState now,
            Optional<JobState> job,
            Optional<PackageHistoryTransactions.Transaction> noted) {
        this.plan = plan;
        this.before = before;
        this.now = now;
        this.job = job;
        this.noted = noted;
    }

    static Proof of(Preview preview, List<Observed> after) {
        Optional<PackageSolution> plan = preview.find(PackageSolution.class);
        Optional<PackagesState> before = preview.find(PackagesState.class);
        Optional<PackagesState> now = Observed.find(after, PackagesState.class);
        if (plan.isEmpty() || before.isEmpty() || now.isEmpty()) {
            return new Proof(
                    false,
                    Bilingual.of(
                            "the packages were not read before or afterwards: whether the change"
                                    + " took is unknown",
                            "操作前后未能读取软件包状态：是否生效未知"));
        }
        HostText mark = new HostText(plan.get().mark());
        return new PackageProof(
                        plan.get(),
                        before.get(),
                        now.get(),
                        Transaction.state(after),
                        Observed.find(after, PackageHistoryTransactions.class).stream()
                                .flatMap(history -> history.transactions().stream())
                                .filter(one -> one.ours().filter(mark::equals).isPresent())
                                .findFirst())
                .judged();
    }

    private Proof judged() {
        plan.actions().forEach(this::action);
        newly(before.broken(), now.broken(), "newly not in order: ", "新出现异常：", failures);
        newly(before.failedUnits(), now.failedUnits(), "units that failed: ", "新失败的单元：", failures);
        newly(
                before.keys(),
                now.keys(),
                "a signing key was newly trusted: ",
                "新信任了签名密钥：",
                failures);
        stopped();
        scripts();
        newly(
                before.leftovers(),
                now.leftovers(),
                "configuration files to merge by hand: ",
                "有待人工合并的配置文件：",
                remarks);
        exit();
        return failures.isEmpty()
                ? new Proof(true, said(done(), remarks))
                : new Proof(false, said(undone(), remarks));
    }

    private void action(PlannedAction action) {
        List<Present> present =
                now.present().stream()
                        .filter(one -> one.name().equals(action.name()))
                        .filter(one -> one.architecture().equals(action.architecture()))
                        .toList();
        if (action.op().takesAway()) {
            boolean there =
                    present.stream()
                            .anyMatch(
                                    one -> action.from().filter(one.version()::equals).isPresent());
            if (there) {
                fail(action.name() + " is still there", action.name() + " 仍在");
            }
            return;
        }
        Optional<Present> right =
                present.stream()
                        .filter(one -> action.to().filter(one.version()::equals).isPresent())
                        .findFirst();
        if (right.isEmpty()) {
            String found =
                    present.isEmpty()
                            ? ""
                            : present.stream()
                                    .map(one -> one.version().value())
                                    .collect(Collectors.joining(", "));
            String wanted = action.to().map(HostText::value).orElse("-");
            fail(
                    action.name()
                            + (found.isEmpty() ? " is not there" : " is at " + found)
                            + ", planned was "
                            + wanted,
                    action.name()
                            + (found.isEmpty() ? " 不存在" : " 当前为 " + found)
                            + "，计划为 "
                            + wanted);
        } else if (!right.get().whole()) {
            fail(action.name() + " is not configured", action.name() + " 未完成配置");
        }
        doubled(action, present);
    }

    /// Two versions of one package after an upgrade: the old one was not cleaned away.
    private void doubled(PlannedAction action, List<Present> present) {
        boolean old =
                action.from().isPresent()
                        && !action.from().equals(action.to())
                        && present.stream()
                                .anyMatch(one ->
                                        action.from().filter(one.version()::equals).isPresent());
        if (old && present.size() > 1) {
            fail(action.name() + " is there twice", action.name() + " 存在两个版本");
        }
    }

    private static void newly(
            List<HostText> before,
            List<HostText> after,
            String en,
            String zh,
            List<Bilingual> into) {
        List<String> more =
                after.stream().filter(one -> !before.contains(one)).map(HostText::value).toList();
        if (!more.isEmpty()) {
            String names =
                    more.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                            + (more.size() > MOST_NAMED ? ", …" : "");
            into.add(Bilingual.of(en + names, zh + names));
        }
    }

    /// What ran of the packages that stay runs again.
    private void stopped() {
        Set<HostText> removed =
                plan.takenAway().stream().map(PlannedAction::name).collect(Collectors.toSet());
        List<String> stopped =
                plan.running().stream()
                        .filter(one -> !removed.contains(one.name()))
                        .map(PackageSolution.Running::unit)
                        .filter(before.runningUnits()::contains)
                        .filter(unit -> !now.runningUnits().contains(unit))
                        .map(HostText::value)
                        .toList();
        if (!stopped.isEmpty()) {
            String names = String.join(", ", stopped);
            fail("ran before and no longer does: " + names, "此前在运行，现在没有：" + names);
        }
    }

    private void scripts() {
        boolean flagged =
                noted.filter(one -> one.status() == PackageHistoryTransactions.Status.PARTIAL)
                        .isPresent();
        List<String> scripts =
                Stream.concat(
                                job.stream().flatMap(state -> state.said().stream()),
                                noted.stream().flatMap(one -> one.trouble().stream()))
                        .map(HostText::value)
                        .filter(line -> flagged || SCRIPT.matcher(line).matches())
                        .filter(line ->
                                plan.actions().stream()
                                        .anyMatch(one -> line.contains(one.name().value())))
                        .toList();
        if (!scripts.isEmpty()) {
            String first = scripts.getFirst();
            fail("a package's script failed: " + first, "软件包脚本失败：" + first);
        } else if (flagged) {
            fail("the package manager's history says that a script failed", "包管理器的历史记录表明有脚本失败");
        }
    }

    /// Exit codes say what to look for, never what is so.
    private void exit() {
        boolean ended = job.filter(state -> state.state() == JobState.State.OK).isPresent();
        if (ended || job.isEmpty()) {
            return;
        }
        String said =
                job.get().said().stream()
                        .limit(3)
                        .map(HostText::value)
                        .collect(Collectors.joining("; "));
        boolean ours = !failures.isEmpty();
        if (ours && said.isEmpty()) {
            // A host that went down left no complaint; how the transaction ended is said anyway.
            return;
        }
        Bilingual others =
                Bilingual.of(
                        (ours
                                        ? "the package manager said: "
                                        : "the package manager ended with an error that is not"
                                                + " this change's: ")
                                + said
                                + (ours || before.broken().isEmpty()
                                        ? ""
                                        : " (not in order before: " + texts(before.broken()) + ")"),
                        (ours ? "包管理器报告：" : "包管理器报错，但与本次变更无关：")
                                + said
                                + (ours || before.broken().isEmpty()
                                        ? ""
                                        : "（操作前已异常：" + texts(before.broken()) + "）"));
        remarks.add(others);
        if (!ours && before.broken().isEmpty()) {
            fail("the package manager ended with an error", "包管理器以错误结束");
        }
    }

    private void fail(String en, String zh) {
        failures.add(Bilingual.of(en, zh));
    }

    private static String texts(List<HostText> texts) {
        return texts.stream()
                .limit(MOST_NAMED)
                .map(HostText::value)
                .collect(Collectors.joining(", "));
    }

    private Bilingual done() {
        String what =
                plan.actions().stream()
                        .limit(MOST_NAMED)
                        .map(one -> one.op().en() + " " + one.versions())
                        .collect(Collectors.joining(", "));
        String zh =
                plan.actions().stream()
                        .limit(MOST_NAMED)
                        .map(one -> one.op().zh() + " " + one.versions())
                        .collect(Collectors.joining("，"));
        String more =
                plan.actions().size() > MOST_NAMED ? ", … (" + plan.actions().size() + ")" : "";
        List<String> runs =
                plan.units().stream()
                        .sorted()
                        .filter(unit -> now.runningUnits().contains(new HostText(unit)))
                        .toList();
        String units = runs.isEmpty() ? "" : "; running: " + String.join(", ", runs);
        String unitsZh = runs.isEmpty() ? "" : "；正在运行：" + String.join(", ", runs);
        return Bilingual.of(
                "done as planned: {0}{1}; every package is whole{2}",
                "已按方案完成：{3}{1}；软件包均完好{4}", what, more, units, zh, unitsZh);
    }

    private Bilingual undone() {
        return Bilingual.of(
                "not as planned: " + joined(failures, Bilingual::en, "; "),
                "未按方案完成：" + joined(failures, Bilingual::zh, "；"));
    }

    private static Bilingual said(Bilingual first, List<Bilingual> more) {
        return more.isEmpty()
                ? first
                : Bilingual.of(
                        first.en() + "; " + joined(more, Bilingual::en, "; "),
                        first.zh() + "；" + joined(more, Bilingual::zh, "；"));
    }

    private static String joined(
            List<Bilingual> all, Function<Bilingual, String> in, String separator) {
        return all.stream().map(in).collect(Collectors.joining(separator));
    }
}
