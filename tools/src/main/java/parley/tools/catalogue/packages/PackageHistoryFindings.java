package parley.tools.catalogue.packages;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Language;
import parley.tools.Reading;
import parley.tools.catalogue.packages.PackageHistoryTransactions.Action;
import parley.tools.catalogue.packages.PackageHistoryTransactions.Operation;
import parley.tools.catalogue.packages.PackageHistoryTransactions.Transaction;
import parley.tools.read.HostTime;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// What the history of packages says: the transactions one by one, those that went wrong first.
final class PackageHistoryFindings {
    private static final int MOST_TOLD = 10;
    private static final int MOST_NAMED = 6;

    private PackageHistoryFindings() {}

    static List<Finding> of(
            PackageHistory.Arguments arguments, Reading<PackageHistoryTransactions> reading) {
        List<Transaction> all = reading.value().transactions();
        List<Finding> findings = new ArrayList<>();
        for (int index = 0; index < all.size(); index++) {
            Transaction one = all.get(index);
            boolean wrong = one.status() != PackageHistoryTransactions.Status.OK;
            if (wrong || index < MOST_TOLD) {
                findings.add(told(one));
            }
        }
        if (all.isEmpty()) {
            String of = arguments.name().map(name -> " of " + name).orElse("");
            String zh = arguments.name().map(name -> " " + name + " ").orElse("");
            boolean complete = reading.status() != Reading.Status.PARTIAL;
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            (complete
                                    ? "no transaction" + of + " is remembered"
                                    : "no transaction"
                                            + of
                                            + " was found in what could"
                                            + " be read"),
                            complete ? "没有" + zh + "的事务记录" : "在可读取的内容中没有找到" + zh + "的事务记录"));
        }
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static Finding told(Transaction one) {
        String when = HostTime.spoken(one.start());
        String actions = actions(one.actions(), Language.EN);
        String actionsZh = actions(one.actions(), Language.ZH);
        String about = list(one.actions());
        String ours = one.ours().isPresent() ? ", by Parley" : "";
        String oursZh = one.ours().isPresent() ? "，由 Parley 执行" : "";
        String trouble = one.trouble().stream().findFirst().map(HostText::value).orElse("");
        return switch (one.status()) {
            case OK ->
                    Finding.of(
                            Severity.NOTICE,
                            "{0} ({1}{2}): {3}",
                            "{0}（{1}{4}）：{5}",
                            one.id(),
                            when,
                            ours,
                            actions,
                            oursZh,
                            actionsZh);
            case PARTIAL ->
                    Finding.of(
                            Severity.WARNING,
                            "{0} ({1}{2}) ended, but with trouble: {3}; {4}",
                            "{0}（{1}{5}）已结束但有问题：{3}；{6}",
                            one.id(),
                            when,
                            ours,
                            trouble,
                            actions,
                            oursZh,
                            actionsZh);
            case ERROR ->
                    Finding.of(
                            Severity.WARNING,
                            one.id()
                                    + " ("
                                    + when
                                    + ours
                                    + ") "
                                    + (one.end().isPresent()
                                            ? "failed"
                                            : "has not ended: it runs, or was cut off")
                                    + (trouble.isEmpty() ? "" : ": " + trouble)
                                    + "; it was about "
                                    + about,
                            one.id()
                                    + "（"
                                    + when
                                    + oursZh
                                    + "）"
                                    + (one.end().isPresent() ? "失败" : "没有结束：仍在运行或被中断")
                                    + (trouble.isEmpty() ? "" : "：" + trouble)
                                    + "；涉及 "
                                    + about);
        };
    }

    /// `installed a 1.0, b 2.0; upgraded c 1.0 → 1.1`.
    private static String actions(List<Action> actions, Language language) {
        List<String> parts = new ArrayList<>();
        for (Operation op : Operation.values()) {
            List<Action> same = actions.stream().filter(one -> one.op() == op).toList();
            if (!same.isEmpty()) {
                parts.add(word(op).in(language) + " " + list(same));
            }
        }
        return parts.isEmpty() ? "–" : String.join("; ", parts);
    }

    private static String list(List<Action> actions) {
        return actions.stream()
                        .limit(MOST_NAMED)
                        .map(Action::versions)
                        .collect(Collectors.joining(", "))
                + (actions.size() > MOST_NAMED ? ", … (" + actions.size() + ")" : "");
    }

    private static Bilingual word(Operation op) {
        return switch (op) {
            case INSTALL -> Bilingual.of("installed", "安装");
            case UPGRADE -> Bilingual.of("upgraded", "升级");
            case DOWNGRADE -> Bilingual.of("downgraded", "降级");
            case REINSTALL -> Bilingual.of("reinstalled", "重装");
            case REMOVE -> Bilingual.of("removed", "卸载");
            case PURGE -> Bilingual.of("purged", "彻底清除");
            case OBSOLETE -> Bilingual.of("replaced by another package", "被取代");
            case MARK -> Bilingual.of("marked", "标记");
        };
    }
}
