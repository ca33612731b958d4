package parley.tools.catalogue.fleet;

import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.catalogue.fleet.Reach.Pair;
import parley.tools.catalogue.fleet.Reach.Way;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// On which side it breaks: a whole row is the fault of its source, a whole column that of its
/// target, and a single pair that of the way between.
final class ReachFindings {
    private final List<Pair> tried;
    private final List<Pair> broken;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<Pair> explained = new HashSet<>();

    private ReachFindings(Reach reach) {
        tried = reach.pairs().stream().filter(one -> one.way() != Way.UNKNOWN).toList();
        broken = tried.stream().filter(one -> !one.way().arrives()).toList();
    }

    static List<Finding> of(Reach reach) {
        ReachFindings all = new ReachFindings(reach);
        if (all.tried.isEmpty()) {
            all.say(
                    Severity.WARNING,
                    "nothing was tried: it takes two hosts that can be asked",
                    "没有可测的主机对：至少需要两台可询问的主机");
        } else if (all.broken.isEmpty()) {
            all.say(
                    Severity.HEALTHY,
                    "all " + all.tried.size() + " pairs reach each other",
                    "全部 " + all.tried.size() + " 对主机互通");
        } else {
            all.columns();
            all.rows();
            all.single();
        }
        all.refused();
        return List.copyOf(all.findings);
    }

    private void columns() {
        for (String to : names(Pair::to)) {
            List<Pair> column = tried.stream().filter(one -> is(one.to(), to)).toList();
            if (column.size() < 2 || !broken.containsAll(column)) {
                continue;
            }
            explained.addAll(column);
            boolean goesOut =
                    tried.stream().anyMatch(one -> is(one.from(), to) && one.way().arrives());
            boolean asked = tried.stream().anyMatch(one -> is(one.from(), to));
            if (goesOut) {
                say(
                        Severity.CRITICAL,
                        "nobody reaches "
                                + to
                                + ", though it reaches others itself: what comes in is dropped on"
                                + " its side; net.firewall there",
                        "没有主机能到达 " + to + "，但它自己能到达其他主机：入站流量在它那一侧被丢弃；请在其上用 net.firewall 查看");
            } else {
                say(
                        Severity.CRITICAL,
                        "nobody reaches "
                                + to
                                + (asked
                                        ? ", and it reaches nobody: its link or its network"
                                        : ", and it could not be asked: it is down or cut off"),
                        "没有主机能到达 " + to + (asked ? "，它也到不了任何主机：其链路或网络有问题" : "，也无法询问它：已宕机或与网络断开"));
                tried.stream().filter(one -> is(one.from(), to)).forEach(explained::add);
            }
        }
    }

    private void rows() {
        for (String from : names(Pair::from)) {
            List<Pair> row =
                    tried.stream()
                            .filter(one -> is(one.from(), from) && !explained.contains(one))
                            .toList();
            if (row.size() >= 2 && broken.containsAll(row)) {
                explained.addAll(row);
                say(
                        Severity.CRITICAL,
                        from
                                + " reaches nobody that others reach: it breaks on its side, in"
                                + " what it sends or in its routes; net.interfaces and net.firewall"
                                + " there",
                        from
                                + " 到不了其他主机都能到达的目标：问题在它自己一侧（出站过滤或路由）；请在其上用 net.interfaces 与"
                                + " net.firewall 查看");
            }
        }
    }

    private void single() {
        for (Pair one : broken) {
            if (explained.contains(one)) {
                continue;
            }
            boolean back =
                    tried.stream()
                            .anyMatch(other ->
                                    other.from().equals(one.to())
                                            && other.to().equals(one.from())
                                            && other.way().arrives());
            String pair = one.from() + " → " + one.to();
            say(
                    Severity.CRITICAL,
                    pair
                            + ": "
                            + word(one.way())
                            + " ("
                            + one.check()
                            + (back
                                    ? "), the other direction works: a filter for this direction,"
                                            + " on either of them"
                                    : "): the way between them, or a rule for this pair"),
                    pair
                            + "："
                            + wordZh(one.way())
                            + "（"
                            + one.check()
                            + (back ? "），反方向正常：其中一侧对该方向有过滤" : "）：两者之间的路径，或针对这一对的规则"));
        }
    }

    private void refused() {
        List<Pair> refused = tried.stream().filter(one -> one.way() == Way.REFUSED).toList();
        if (!refused.isEmpty()) {
            String pairs =
                    refused.stream()
                            .map(one -> one.from() + " → " + one.to() + " " + one.check())
                            .collect(Collectors.joining(", "));
            say(
                    Severity.WARNING,
                    "refused, so the host is up and nothing listens: " + pairs,
                    "被拒绝（主机在线，但端口无监听）：" + pairs);
        }
    }

    private Set<String> names(Function<Pair, Object> end) {
        return tried.stream()
                .map(one -> end.apply(one).toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean is(Object name, String other) {
        return name.toString().equals(other);
    }

    private static String word(Way way) {
        return switch (way) {
            case OK -> "reached";
            case REFUSED -> "refused";
            case TIMEOUT -> "no answer";
            case NO_ROUTE -> "no route";
            case BROKEN -> "broken off";
            case UNKNOWN -> "not tried";
        };
    }

    private static String wordZh(Way way) {
        return switch (way) {
            case OK -> "可达";
            case REFUSED -> "被拒绝";
            case TIMEOUT -> "无应答";
            case NO_ROUTE -> "无路由";
            case BROKEN -> "中断";
            case UNKNOWN -> "未测";
        };
    }

    private void say(Severity severity, String en, String zh) {
        findings.add(Finding.of(severity, en, zh));
    }
}
