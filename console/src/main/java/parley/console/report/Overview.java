package parley.console.report;

import parley.safety.record.Recorded;
import parley.safety.record.story.Fields;
import parley.safety.record.story.NearMiss;
import parley.safety.record.story.Statistics;
import parley.tools.Bilingual;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What an auditor looks at first: how much, who, where, how it was judged, and what nearly
/// happened.
final class Overview {
    private static final int MOST_BARS = 8;
    private static final int MOST_MISSES = 50;
    private static final int BAR = 240;

    private final Page page;
    private final List<Recorded> entries;
    private final Statistics statistics;

    Overview(Page page, List<Recorded> entries, Statistics statistics) {
        this.page = page;
        this.entries = entries;
        this.statistics = statistics;
    }

    void write() {
        page.open("section", "id", "overview");
        page.open("div", "class", "tiles");
        tile(count("type", "request"), "requests", "请求", "calm");
        tile(
                count("type", "exec.result") + count("type", "exec.unknown"),
                "commands run",
                "执行的命令",
                "calm");
        tile(count("verdict", "deny"), "refused", "被拒绝", "bad");
        tile(
                count("approval", "approved") + count("approval", "granted"),
                "approvals",
                "批准",
                "good");
        tile(open(), "outcomes still unknown", "结果仍不明", "bad");
        tile(sum("redaction"), "secrets taken out", "去除的机密", "warn");
        page.close();
        page.open("div", "class", "charts");
        chart("operator", Bilingual.of("who", "操作员"));
        chart("host", Bilingual.of("where", "主机"));
        chart("verdict", Bilingual.of("how it was judged", "裁决"));
        chart("tool", Bilingual.of("with what", "工具"));
        page.close();
        misses();
        page.close().line();
    }

    private long count(String what, String value) {
        return Optional.ofNullable(statistics.counts().get(what))
                .map(counts -> counts.getOrDefault(value, 0L))
                .orElse(0L);
    }

    private long sum(String what) {
        return Optional.ofNullable(statistics.counts().get(what)).stream()
                .flatMap(counts -> counts.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    private long open() {
        return entries.stream()
                .filter(entry -> entry.type().equals("exec.unknown"))
                .filter(entry ->
                        entries.stream()
                                .noneMatch(other ->
                                        other.type().equals("exec.settled")
                                                && Fields.number(other, "settles")
                                                        == entry.sequence()))
                .count();
    }

    private void tile(long number, String en, String zh, String tone) {
        page.open("div", "class", "tile " + (number == 0 ? "calm" : tone));
        page.leaf("b", Long.toString(number));
        page.open("span").both(en, zh).close().close();
    }

    private void chart(String what, Bilingual title) {
        Map<String, Long> counts = statistics.counts().get(what);
        if (counts == null) {
            return;
        }
        List<Map.Entry<String, Long>> bars =
                counts.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                        .limit(MOST_BARS)
                        .toList();
        long most = Math.max(1, bars.getFirst().getValue());
        page.open("figure").open("figcaption").both(title).close().open("table", "class", "bars");
        for (Map.Entry<String, Long> bar : bars) {
            long width = Math.max(2, bar.getValue() * BAR / most);
            page.open("tr").open("th", "scope", "row").both(Words.of(bar.getKey())).close();
            page.open("td");
            page.open(
                    "svg",
                    "viewBox",
                    "0 0 " + BAR + " 10",
                    "preserveAspectRatio",
                    "none",
                    "width",
                    Integer.toString(BAR),
                    "height",
                    "10",
                    "role",
                    "img",
                    "aria-hidden",
                    "true");
            page.open(
                            "rect",
                            "class",
                            what.equals("verdict") ? Words.tone(bar.getKey()) : "calm",
                            "width",
                            Long.toString(width),
                            "height",
                            "10",
                            "rx",
                            "3")
                    .close();
            page.close().close();
            page.leaf("td", bar.getValue().toString(), "class", "num").close();
        }
        page.close();
        if (counts.size() > bars.size()) {
            page.leaf("small", "(+" + (counts.size() - bars.size()) + ")");
        }
        page.close();
    }

    private void misses() {
        List<NearMiss> misses =
                entries.stream().flatMap(entry -> NearMiss.of(entry).stream()).toList();
        page.open("details", "id", "misses", "open", misses.isEmpty() ? "" : "open");
        page.open("summary");
        page.both("What nearly happened", "未遂事件");
        page.leaf("span", Integer.toString(misses.size()), "class", "pill").close();
        if (misses.isEmpty()) {
            page.open("p").both("Nothing was refused, declined or unknown.", "没有被拒绝、被否决或未知的事件。");
            page.close();
        } else {
            page.open("table", "class", "misses");
            misses.stream().limit(MOST_MISSES).forEach(this::miss);
            page.close();
            if (misses.size() > MOST_MISSES) {
                page.leaf("p", "(+" + (misses.size() - MOST_MISSES) + ")");
            }
        }
        page.close();
    }

    private void miss(NearMiss miss) {
        Recorded entry = miss.entry();
        page.open("tr");
        page.open("td")
                .leaf(
                        "a",
                        entry.time().toString().substring(5, 16).replace('T', ' '),
                        "href",
                        "#e" + entry.sequence())
                .close();
        page.leaf("td", entry.actor());
        page.open("td").both(miss.kind().says()).close();
        String what =
                Stream.of(
                                Fields.text(entry, "tool"),
                                Fields.arguments(entry),
                                Fields.text(entry, "host").isEmpty()
                                        ? ""
                                        : "@ " + Fields.text(entry, "host"),
                                Fields.text(entry, "why"),
                                Fields.text(entry, "message"),
                                String.join(", ", Fields.texts(entry, "rules")))
                        .filter(text -> !text.isEmpty())
                        .reduce((left, right) -> left + " · " + right)
                        .orElse(entry.outcome());
        page.leaf("td", what).close();
    }
}
