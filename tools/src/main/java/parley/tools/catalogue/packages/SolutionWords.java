package parley.tools.catalogue.packages;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Reading;
import parley.tools.catalogue.packages.PlannedAction.Operation;
import parley.tools.catalogue.packages.PlannedAction.Why;
import parley.tools.read.HostTime;
import parley.tools.value.Bytes;
import parley.tools.value.HostText;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a solved plan says, in the words that findings and approval cards share.
final class SolutionWords {
    private static final Duration STALE = Duration.ofDays(2);
    private static final int MOST_NAMED = 30;
    private static final int MOST_NOTES = 6;

    private SolutionWords() {}

    static List<Finding> findings(Reading<PackageSolution> reading) {
        PackageSolution solution = reading.value();
        List<Finding> findings = new ArrayList<>();
        obstacles(solution)
                .forEach(one -> findings.add(new Finding(Severity.WARNING, one, List.of())));
        if (!findings.isEmpty()) {
            return findings;
        }
        solution.undoes()
                .map(SolutionWords::undoes)
                .ifPresent(one -> findings.add(new Finding(Severity.WARNING, one, List.of())));
        removals(solution)
                .forEach(one -> findings.add(new Finding(Severity.WARNING, one, List.of())));
        running(solution)
                .ifPresent(one -> findings.add(new Finding(Severity.WARNING, one, List.of())));
        Severity rest = Severity.NOTICE;
        arrivals(solution).forEach(one -> findings.add(new Finding(rest, one, List.of())));
        amounts(solution).ifPresent(one -> findings.add(new Finding(rest, one, List.of())));
        remarks(solution).forEach(one -> findings.add(new Finding(rest, one, List.of())));
        return List.copyOf(findings);
    }

    /// Everything a card says of it, the gravest first.
    static List<Bilingual> lines(PackageSolution solution) {
        List<Bilingual> lines = new ArrayList<>();
        solution.undoes().map(SolutionWords::undoes).ifPresent(lines::add);
        lines.addAll(removals(solution));
        lines.addAll(arrivals(solution));
        running(solution).ifPresent(lines::add);
        amounts(solution).ifPresent(lines::add);
        lines.addAll(remarks(solution));
        return List.copyOf(lines);
    }

    /// Why nothing can or need be done.
    static List<Bilingual> obstacles(PackageSolution solution) {
        List<Bilingual> obstacles = new ArrayList<>();
        if (!solution.unknown().isEmpty()) {
            String names = texts(solution.unknown());
            String near = texts(solution.similar());
            obstacles.add(
                    Bilingual.of(
                            "no such package on this host or in its lists: "
                                    + names
                                    + (near.isEmpty() ? "" : "; similar: " + near),
                            "该主机及其软件包列表中没有：" + names + (near.isEmpty() ? "" : "；相近的有：" + near)));
        }
        solution.problem()
                .ifPresent(problem -> {
                    String near = texts(solution.similar());
                    obstacles.add(
                            Bilingual.of(
                                    "it cannot be done: "
                                            + problem
                                            + (near.isEmpty() ? "" : "; offered: " + near),
                                    "无法执行：" + problem + (near.isEmpty() ? "" : "；可用版本：" + near)));
                });
        if (obstacles.isEmpty() && solution.actions().isEmpty()) {
            String notes = notes(solution);
            obstacles.add(
                    Bilingual.of(
                            "nothing is to be done" + (notes.isEmpty() ? "" : ": " + notes),
                            "无需任何操作" + (notes.isEmpty() ? "" : "：" + notes)));
        }
        return obstacles;
    }

    /// Of a command of ours only what follows its mark says something.
    private static Bilingual undoes(PackageSolution.Undone undone) {
        String command =
                undone.command()
                        .value()
                        .replaceFirst("^.*(Parley::Plan=|--comment=parley:)[0-9a-f]+ ", "Parley: ");
        return Bilingual.of(
                "takes back transaction {0} of {1}: {2}",
                "撤销事务 {0}（{1}）：{2}", undone.id(), HostTime.spoken(undone.start()), command);
    }

    /// Every removal by name, since that is where outages hide. What an undo takes away is asked
    /// for, all of it, whatever the manager calls the reason.
    private static List<Bilingual> removals(PackageSolution solution) {
        Map<Why, List<PlannedAction>> byWhy = new EnumMap<>(Why.class);
        for (PlannedAction gone : solution.takenAway()) {
            Why why = solution.undoes().isPresent() ? Why.REQUESTED : gone.why();
            byWhy.computeIfAbsent(why, _ -> new ArrayList<>()).add(gone);
        }
        List<Bilingual> lines = new ArrayList<>();
        byWhy.forEach((why, all) -> {
            boolean purge = all.stream().anyMatch(one -> one.op() == Operation.PURGE);
            String names = versions(all, Integer.MAX_VALUE);
            String count = all.size() > 1 ? " (" + all.size() + ")" : "";
            String countZh = all.size() > 1 ? "（" + all.size() + " 个）" : "";
            lines.add(
                    Bilingual.of(
                            (purge ? "purged, configuration included" : "removed")
                                    + reason(why)
                                    + count
                                    + ": "
                                    + names,
                            (purge ? "清除（连同配置）" : "移除") + reasonZh(why) + countZh + "：" + names));
        });
        return lines;
    }

    private static String reason(Why why) {
        return switch (why) {
            case REQUESTED -> "";
            case DEPENDENCY, DEPENDENT -> " because they need what goes";
            case UNUSED -> " because nothing needs them any more";
            case REPLACED -> " because others take their place";
        };
    }

    private static String reasonZh(Why why) {
        return switch (why) {
            case REQUESTED -> "";
            case DEPENDENCY, DEPENDENT -> "（因依赖被移除的软件包）";
            case UNUSED -> "（因不再被需要）";
            case REPLACED -> "（因被其他软件包取代）";
        };
    }

    private static List<Bilingual> arrivals(PackageSolution solution) {
        List<Bilingual> lines = new ArrayList<>();
        for (Operation op : Operation.values()) {
            for (boolean asked : List.of(true, false)) {
                List<PlannedAction> all =
                        solution.actions().stream()
                                .filter(one -> one.op() == op && !op.takesAway())
                                .filter(one -> (one.why() == Why.REQUESTED) == asked)
                                .toList();
                if (!all.isEmpty()) {
                    String names = versions(all, MOST_NAMED);
                    String count = all.size() > 1 ? " (" + all.size() + ")" : "";
                    String countZh = all.size() > 1 ? "（" + all.size() + " 个）" : "";
                    lines.add(
                            Bilingual.of(
                                    op.en()
                                            + (asked ? "" : " as a dependency")
                                            + count
                                            + ": "
                                            + names,
                                    op.zh() + (asked ? "" : "（依赖）") + countZh + "：" + names));
                }
            }
        }
        return lines;
    }

    private static Optional<Bilingual> running(PackageSolution solution) {
        if (solution.running().isEmpty()) {
            return Optional.empty();
        }
        String units = String.join(", ", solution.units().stream().sorted().toList());
        return Optional.of(
                Bilingual.of(
                        "running units of these packages, likely restarted or stopped: " + units,
                        "这些软件包中正在运行的单元，可能会重启或停止：" + units));
    }

    private static Optional<Bilingual> amounts(PackageSolution solution) {
        List<String> en = new ArrayList<>();
        List<String> zh = new ArrayList<>();
        solution.download()
                .filter(bytes -> bytes.value() > 0)
                .ifPresent(bytes -> {
                    en.add("package files of " + bytes);
                    zh.add("软件包文件 " + bytes);
                });
        solution.diskDelta()
                .filter(bytes -> bytes != 0 && bytes != Long.MIN_VALUE)
                .ifPresent(bytes -> {
                    Bytes amount = new Bytes(Math.abs(bytes));
                    en.add(amount + (bytes > 0 ? " more" : " less") + " on the disk");
                    zh.add("磁盘" + (bytes > 0 ? "增加 " : "释放 ") + amount);
                });
        return en.isEmpty()
                ? Optional.empty()
                : Optional.of(Bilingual.of(String.join(", ", en), String.join("，", zh)));
    }

    private static List<Bilingual> remarks(PackageSolution solution) {
        List<Bilingual> lines = new ArrayList<>();
        solution.listsAt()
                .map(at -> Duration.between(at, solution.askedAt()))
                .filter(age -> age.compareTo(STALE) > 0)
                .ifPresent(age ->
                        lines.add(
                                Bilingual.of(
                                        "the package lists are {0} old: newer versions are not in"
                                                + " them",
                                        "软件包列表已是 {1}前的：其中没有更新的版本",
                                        HostTime.about(age),
                                        HostTime.aboutZh(age))));
        String notes = notes(solution);
        if (!notes.isEmpty()) {
            lines.add(Bilingual.of("the package manager says: " + notes, "包管理器说明：" + notes));
        }
        return lines;
    }

    private static String notes(PackageSolution solution) {
        return solution.notes().stream()
                .limit(MOST_NOTES)
                .map(HostText::value)
                .collect(Collectors.joining("; "));
    }

    static String versions(Collection<PlannedAction> actions, int most) {
        return actions.stream()
                        .limit(most)
                        .map(PlannedAction::versions)
                        .collect(Collectors.joining(", "))
                + (actions.size() > most ? ", …" : "");
    }

    private static String texts(List<HostText> names) {
        return names.stream()
                .limit(MOST_NAMED)
                .map(HostText::value)
                .collect(Collectors.joining(", "));
    }
}
