package parley.tools.catalogue.packages;

import parley.tools.Bilingual;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// How a plan solved now differs from the one that was approved.
final class PlanDrift {
    private static final int MOST = 12;

    private PlanDrift() {}

    static Optional<Bilingual> of(
            Optional<PackageSolution> approved, Optional<PackageSolution> now) {
        if (approved.isEmpty() || now.isEmpty()) {
            return Optional.of(Bilingual.of("the plan could not be solved again", "无法重新求解该方案"));
        }
        if (now.get().solvable() && approved.get().hash().equals(now.get().hash())) {
            return Optional.empty();
        }
        SortedSet<String> before = lines(approved.get());
        SortedSet<String> after = lines(now.get());
        List<String> differences = new ArrayList<>();
        before.stream()
                .filter(line -> !after.contains(line))
                .forEach(line -> differences.add("- " + line));
        after.stream()
                .filter(line -> !before.contains(line))
                .forEach(line -> differences.add("+ " + line));
        if (differences.isEmpty()) {
            return Optional.of(
                    now.get().problem().isPresent()
                            ? Bilingual.of(
                                    "it can no longer be done: " + now.get().problem().get(),
                                    "已无法执行：" + now.get().problem().get())
                            : Bilingual.of(
                                    "the same versions now come in other package files",
                                    "版本相同，但软件包文件已变化"));
        }
        int more = differences.size() - MOST;
        String shown =
                String.join("; ", differences.stream().limit(MOST).toList())
                        + (more > 0 ? "; … +" + more : "");
        return Optional.of(
                Bilingual.of(
                        "the plan is another now (- approved, + now): " + shown,
                        "方案已不同（- 为批准的，+ 为现在的）：" + shown));
    }

    private static SortedSet<String> lines(PackageSolution solution) {
        TreeSet<String> lines = new TreeSet<>();
        solution.actions()
                .forEach(action ->
                        lines.add(
                                action.op().en()
                                        + " "
                                        + action.versions()
                                        + "."
                                        + action.architecture()
                                        + action.repository()
                                                .map(from -> " from " + from)
                                                .orElse("")));
        return lines;
    }
}
