package parley.tools.catalogue.packages;

import parley.tools.Bilingual;
import parley.tools.Change.Impact;
import parley.tools.Preview;
import parley.tools.Risk;
import parley.tools.catalogue.jobs.Transaction;
import parley.tools.catalogue.packages.PlannedAction.Operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What carrying a solved plan out means: which packages and units it touches, what it takes away,
/// and how grave that is. Which packages are protected is for the policies to say; they are told
/// every name of the solved plan.
final class PackageImpact {
    private PackageImpact() {}

    static Impact of(Risk least, PackagePlan.Arguments plan, Preview preview) {
        Optional<PackageSolution> read = preview.find(PackageSolution.class);
        if (read.isEmpty()) {
            return new Impact(
                    least,
                    Set.copyOf(plan.names()),
                    Set.of(),
                    Set.of(),
                    List.of(),
                    List.of(
                            Bilingual.of(
                                    "what the package manager would do could not be read, so what"
                                            + " this would hit is unknown",
                                    "读不到包管理器的方案，无法判断影响范围")));
        }
        PackageSolution solution = read.get();
        Set<String> objects = new TreeSet<>(plan.names());
        Set<String> removed = new TreeSet<>();
        for (PlannedAction action : solution.actions()) {
            objects.add(action.name().value());
            if (action.op().takesAway()) {
                removed.add(action.name().value());
            }
        }
        List<Bilingual> obstacles = new ArrayList<>(SolutionWords.obstacles(solution));
        obstacles.addAll(Transaction.obstacle(preview));
        preview.find(ManagerLocks.class)
                .filter(ManagerLocks::busy)
                .map(PackageImpact::busy)
                .ifPresent(obstacles::add);
        List<Bilingual> lines = new ArrayList<>(SolutionWords.lines(solution));
        preview.find(PackagesState.class)
                .filter(state -> !state.broken().isEmpty())
                .ifPresent(state -> lines.add(brokenBefore(state)));
        return new Impact(
                risk(least, solution), objects, solution.units(), removed, lines, obstacles);
    }

    private static Risk risk(Risk least, PackageSolution solution) {
        Risk risk = least;
        if (!solution.running().isEmpty()) {
            risk = risk.or(Risk.DISRUPTIVE);
        }
        for (PlannedAction action : solution.actions()) {
            if (action.op().takesAway() || action.op() == Operation.DOWNGRADE) {
                risk = risk.or(Risk.DISRUPTIVE);
            }
            if (action.op() == Operation.PURGE) {
                risk = risk.or(Risk.DESTRUCTIVE);
            }
        }
        return risk;
    }

    /// Somebody else's package manager would keep ours waiting, and may change what was planned.
    private static Bilingual busy(ManagerLocks locks) {
        String who =
                locks.holders().stream()
                        .filter(ManagerLocks.Holder::blocks)
                        .map(one -> one.command() + " (" + one.pid() + ")")
                        .distinct()
                        .limit(2)
                        .collect(Collectors.joining(", "));
        return Bilingual.of(
                "the package manager of this host is busy: {0}; ask again when it has ended",
                "该主机的包管理器正被占用：{0}；结束后请重新提出请求", who);
    }

    private static Bilingual brokenBefore(PackagesState state) {
        String names =
                String.join(
                        ", ", state.broken().stream().limit(5).map(one -> one.value()).toList());
        return Bilingual.of(
                "not in order already, before anything is done: " + names, "操作之前就已异常：" + names);
    }
}
