package parley.tools.catalogue.packages;

import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Undo;
import parley.tools.catalogue.packages.PlannedAction.Operation;
import parley.tools.value.TransactionName;

import java.util.List;
import java.util.Optional;

/// How a planned change of packages would be taken back, said before it is made: by [PackageUndo],
/// when the versions that are there now are still offered.
final class WayBack {
    private static final int MOST_NAMED = 10;

    private WayBack() {}

    static Undo of(Optional<PackageSolution> read) {
        if (read.isEmpty()) {
            return Undo.impossible(Bilingual.of("unknown: the plan was not read", "未知：没有读到方案"));
        }
        PackageSolution solution = read.get();
        List<PlannedAction> old =
                solution.actions().stream().filter(one -> one.from().isPresent()).toList();
        List<PlannedAction> gone =
                old.stream().filter(one -> !one.wayBack().orElse(false)).toList();
        if (!gone.isEmpty()) {
            String names = versions(gone);
            return Undo.impossible(
                    Bilingual.of(
                            "not possible as things are: no repository of this host offers {0} any"
                                    + " more",
                            "目前无法撤销：该主机的软件源已不再提供 {0}", names));
        }
        if (solution.actions().stream().anyMatch(one -> one.op() == Operation.PURGE)) {
            return Undo.impossible(
                    Bilingual.of(
                            "only in part: the packages can be installed again, but their"
                                    + " configuration is gone for good",
                            "只能部分撤销：软件包可以重新安装，但其配置将永久丢失"));
        }
        Call<?> call =
                new Call<>(
                        new PackageUndo(),
                        new PackageUndo.Arguments(
                                Optional.of(new TransactionName(solution.mark()))));
        String how = "package.undo txId=" + solution.mark();
        return Undo.by(
                call,
                Bilingual.of(
                        "{0}: {1}",
                        "{0}：{2}", how, english(solution, old), chinese(solution, old)));
    }

    private static String english(PackageSolution solution, List<PlannedAction> old) {
        List<PlannedAction> added = added(solution);
        String removes = added.isEmpty() ? "" : "removes exactly " + versions(added);
        String back = old.isEmpty() ? "" : "brings back " + before(old) + ", still offered now";
        String both = removes.isEmpty() || back.isEmpty() ? removes + back : back + "; " + removes;
        return both + "; edited configuration and data stay as they are then";
    }

    private static String chinese(PackageSolution solution, List<PlannedAction> old) {
        List<PlannedAction> added = added(solution);
        String removes = added.isEmpty() ? "" : "仅移除 " + versions(added);
        String back = old.isEmpty() ? "" : "恢复 " + before(old) + "（目前仍可用）";
        String both = removes.isEmpty() || back.isEmpty() ? removes + back : back + "；" + removes;
        return both + "；届时配置和数据的改动不会还原";
    }

    private static List<PlannedAction> added(PackageSolution solution) {
        return solution.actions().stream().filter(one -> one.op() == Operation.INSTALL).toList();
    }

    private static String versions(List<PlannedAction> actions) {
        return SolutionWords.versions(actions, MOST_NAMED);
    }

    private static String before(List<PlannedAction> actions) {
        String names =
                String.join(
                        ", ",
                        actions.stream()
                                .limit(MOST_NAMED)
                                .map(one -> one.name() + " " + one.from().orElseThrow())
                                .toList());
        return names + (actions.size() > MOST_NAMED ? ", …" : "");
    }
}
