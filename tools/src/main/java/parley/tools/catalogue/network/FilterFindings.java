package parley.tools.catalogue.network;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Reading;
import parley.tools.catalogue.network.NetFirewall.Filter;
import parley.tools.catalogue.network.PortVerdict.Fate;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a packet filter says: what happens to a port, and who decides it.
final class FilterFindings {
    private static final int MOST_NAMED = 6;

    private FilterFindings() {}

    static List<Finding> of(NetFirewall.Arguments arguments, Reading<Filter> reading) {
        Filter filter = reading.value();
        List<Finding> findings = new ArrayList<>();
        List<PortVerdict> tcp = verdicts(filter, "tcp");
        if (!tcp.isEmpty()) {
            findings.add(fate(tcp.getFirst()));
            if (tcp.size() > 1 && tcp.get(1).fate() != tcp.getFirst().fate()) {
                findings.add(fate(tcp.get(1)));
            }
            exceptions(tcp.getFirst()).ifPresent(findings::add);
            tcp.getFirst().redirected().stream()
                    .limit(1)
                    .forEach(rule ->
                            findings.add(
                                    new Finding(
                                            Severity.NOTICE,
                                            Bilingual.of(
                                                    "before that, {0} is sent on to {1}",
                                                    "在此之前，{0} 端口被转发到 {1}",
                                                    tcp.getFirst().port(),
                                                    to(rule)),
                                            List.of(rule.at()))));
        }
        findings.add(summary(filter));
        if (!filter.notKept().isEmpty()) {
            String lines = names(filter.notKept());
            findings.add(
                    Finding.of(
                            Severity.WARNING,
                            "firewalld keeps other settings than those in force (+ gone after a"
                                    + " reload, - not yet in force): {0}",
                            "firewalld 的持久配置与运行配置不同（+ 重载后消失，- 尚未生效）：{0}",
                            lines));
        }
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static List<PortVerdict> verdicts(Filter filter, String protocol) {
        return filter.verdicts().stream()
                .filter(one -> one.protocol().value().equals(protocol))
                .toList();
    }

    private static Finding fate(PortVerdict verdict) {
        String family = verdict.family().value().equals("ip6") ? " (IPv6)" : "";
        String port = verdict.port() + "/" + verdict.protocol() + family;
        Bilingual by = by(verdict);
        return new Finding(
                switch (verdict.fate()) {
                    case DROPPED, REJECTED -> Severity.CRITICAL;
                    // what was asked for comes first, before its exceptions
                    case ACCEPTED, UNKNOWN -> Severity.NOTICE;
                },
                switch (verdict.fate()) {
                    case ACCEPTED ->
                            Bilingual.of(
                                    "new connections to {0} are let in{1}",
                                    "访问 {0} 的新连接被放行{1}", port, by);
                    case DROPPED ->
                            Bilingual.of(
                                    "new connections to {0} are dropped{1}",
                                    "访问 {0} 的新连接被丢弃{1}", port, by);
                    case REJECTED ->
                            Bilingual.of(
                                    "new connections to {0} are rejected{1}",
                                    "访问 {0} 的新连接被拒绝{1}", port, by);
                    case UNKNOWN ->
                            Bilingual.of(
                                    "what happens to {0} is not known: a rule decides that is not"
                                            + " understood here{1}",
                                    "无法判断 {0} 的结果：由一条无法识别的规则决定{1}", port, by);
                },
                verdict.at().stream().toList());
    }

    private static Bilingual by(PortVerdict verdict) {
        if (verdict.policyOf().isPresent()) {
            return Bilingual.of(
                    ": the policy of {0} is drop, and no rule allows it",
                    "：{0} 的默认策略为丢弃，且没有规则放行", verdict.policyOf().get());
        }
        if (verdict.decidedBy().isEmpty()) {
            return verdict.fate() == Fate.ACCEPTED
                    ? Bilingual.of(": no rule forbids it", "：没有规则禁止")
                    : Bilingual.of(": its chains are too deep", "：链的层数过多");
        }
        FirewallRule rule = verdict.decidedBy().get();
        String where = rule.table() + " " + rule.chain();
        Optional<Long> hits = rule.packets();
        return Bilingual.of(
                " by a rule in "
                        + where
                        + hits.map(count -> ", which was hit " + count + " times").orElse(""),
                "（规则位于 " + where + hits.map(count -> "，已命中 " + count + " 次").orElse("") + "）");
    }

    private static Optional<Finding> exceptions(PortVerdict verdict) {
        if (verdict.depends().isEmpty()) {
            return Optional.empty();
        }
        String rules =
                verdict.depends().stream()
                        .limit(MOST_NAMED)
                        .map(FilterFindings::said)
                        .collect(Collectors.joining("; "));
        return Optional.of(
                new Finding(
                        Severity.NOTICE,
                        Bilingual.of("for some packets otherwise: " + rules, "部分流量另有规则：" + rules),
                        List.of(verdict.depends().getFirst().at())));
    }

    private static String said(FirewallRule rule) {
        return names(rule.conditions()) + " → " + rule.verdict().name().toLowerCase(Locale.ROOT);
    }

    private static String to(FirewallRule rule) {
        return rule.to().map(HostText::value).orElse("-");
    }

    private static Finding summary(Filter filter) {
        if (filter.open()) {
            return Finding.of(
                    Severity.HEALTHY,
                    "no packet filter is set up on this host: everything is let in",
                    "该主机没有设置包过滤：全部放行");
        }
        String managers =
                filter.managers().isEmpty() ? "" : ", managed by " + names(filter.managers());
        String managersZh =
                filter.managers().isEmpty() ? "" : "，由 " + names(filter.managers()) + " 管理";
        boolean drops = filter.defaultInput().value().equals("drop");
        return Finding.of(
                Severity.NOTICE,
                filter.backend()
                        + managers
                        + ": "
                        + filter.rules()
                        + (filter.rules() == 1 ? " rule" : " rules")
                        + "; what no rule decides is "
                        + (drops ? "dropped" : "let in"),
                filter.backend()
                        + managersZh
                        + "："
                        + filter.rules()
                        + " 条规则；未匹配的入站流量默认"
                        + (drops ? "丢弃" : "放行"));
    }

    private static String names(List<HostText> texts) {
        return texts.stream()
                        .limit(MOST_NAMED)
                        .map(HostText::value)
                        .collect(Collectors.joining(", "))
                + (texts.size() > MOST_NAMED ? ", …" : "");
    }
}
