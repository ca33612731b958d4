package parley.tools.catalogue.fleet;

import parley.tools.Bilingual;
import parley.tools.Host;
import parley.tools.Reading;
import parley.tools.catalogue.fleet.Reach.Pair;
import parley.tools.catalogue.fleet.Reach.Row;
import parley.tools.catalogue.fleet.Reach.Way;
import parley.tools.value.HostText;
import parley.tools.value.ReachCheck;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// The matrix of what was tried, a row for each host that was asked.
final class ReachMatrix {
    private ReachMatrix() {}

    /// @param about all that were asked about; those beyond `asked` were too many
    static Reading<Reach> reading(
            FleetReach.Arguments arguments, List<Host> about, List<Host> asked, List<Pair> pairs) {
        List<Bilingual> gaps = new ArrayList<>();
        if (about.size() > asked.size()) {
            gaps.add(
                    Bilingual.of(
                            "only the first {0} hosts were looked at",
                            "只查看了前 {0} 台主机", asked.size()));
        }
        for (ReachCheck check : arguments.checks().orElse(List.of())) {
            if (!check.isEcho() && check.port().isEmpty()) {
                gaps.add(elsewhere(check));
            }
        }
        List<Row> rows = new ArrayList<>();
        for (Host host : asked) {
            List<Pair> own =
                    pairs.stream().filter(one -> one.from().value().equals(host.name())).toList();
            rows.add(
                    new Row(
                            new HostText(host.name()),
                            names(own, one -> one.way() == Way.OK),
                            names(own, one -> one.way() == Way.REFUSED),
                            names(own, one -> !one.way().arrives() && one.way() != Way.UNKNOWN),
                            names(own, one -> one.way() == Way.UNKNOWN)));
            if (!own.isEmpty() && own.stream().allMatch(one -> one.way() == Way.UNKNOWN)) {
                gaps.add(
                        Bilingual.of(
                                "{0} could not be asked whom it reaches",
                                "无法询问 {0} 能到达哪些主机", host.name()));
            }
        }
        return Reading.of(new Reach(rows, pairs), gaps);
    }

    private static Bilingual elsewhere(ReachCheck check) {
        String tool =
                switch (check.value()) {
                    case "dns" -> "dns.check";
                    case "mtu" -> "net.path";
                    default -> "fleet.compare aspects=time";
                };
        return Bilingual.of("{0} was not tried here; ask {1}", "此处未检查 {0}；请用 {1}", check, tool);
    }

    private static List<HostText> names(List<Pair> pairs, Predicate<Pair> which) {
        return pairs.stream().filter(which).map(Pair::to).distinct().toList();
    }
}
