package parley.console.cli;

import parley.safety.record.EntryFiles;
import parley.safety.record.index.IndexUnusable;
import parley.safety.record.index.RecordIndex;
import parley.safety.record.story.Statistics;
import parley.tools.Bilingual;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Numbers over the whole record.
@Command(
        name = "stats",
        description = "who, where, what, how often, and how it ended",
        mixinStandardHelpOptions = true)
final class AuditStats extends AuditWork {
    private static final int MOST_SHOWN = 12;

    private static final Map<String, Bilingual> TITLES = new LinkedHashMap<>();

    static {
        TITLES.put("operator", Bilingual.of("requests by operator", "各操作员的请求"));
        TITLES.put("day", Bilingual.of("requests by day (UTC)", "每日请求 (UTC)"));
        TITLES.put("outcome", Bilingual.of("how requests ended", "请求的结果"));
        TITLES.put("verdict", Bilingual.of("verdicts", "裁决"));
        TITLES.put("rule", Bilingual.of("rules that decided", "起决定作用的规则"));
        TITLES.put("approval", Bilingual.of("approvals", "审批"));
        TITLES.put("near-miss", Bilingual.of("near misses", "未遂事件"));
        TITLES.put("host", Bilingual.of("commands by host", "各主机的命令"));
        TITLES.put("tool", Bilingual.of("commands by tool", "各工具的命令"));
        TITLES.put("command", Bilingual.of("how commands ended", "命令的结果"));
        TITLES.put("planner", Bilingual.of("planners", "规划器"));
        TITLES.put("redaction", Bilingual.of("secrets taken out, by rule", "各规则去除的机密"));
        TITLES.put("auditor", Bilingual.of("looks into the record", "查阅记录"));
    }

    @Option(
            names = "--recount",
            description = "count the entries themselves, not what the search index has counted")
    boolean recount;

    @Override
    String asked() {
        return "stats";
    }

    @Override
    int look(AuditOut out, Path record) throws Exception {
        Statistics statistics = statistics(record);
        out.only(statistics.json());
        out.say(
                Bilingual.of(
                        statistics.entries()
                                + " entries, "
                                + statistics.bodies()
                                + " bodies of "
                                + statistics.bytes()
                                + " bytes"
                                + statistics.first().map(time -> ", from " + time).orElse("")
                                + statistics.last().map(time -> " to " + time).orElse(""),
                        "共 "
                                + statistics.entries()
                                + " 条，正文 "
                                + statistics.bodies()
                                + " 个、"
                                + statistics.bytes()
                                + " 字节"
                                + statistics.first().map(time -> "，自 " + time).orElse("")
                                + statistics.last().map(time -> " 至 " + time).orElse("")));
        TITLES.forEach((what, title) -> {
            Map<String, Long> counted = statistics.counts().get(what);
            if (counted != null) {
                out.say("");
                out.say(title);
                out.table(
                        List.of(Bilingual.of("count", "次数"), Bilingual.of("value", "取值")),
                        List.of(true, false),
                        rows(what, counted));
            }
        });
        return 0;
    }

    /// From the search index, where somebody has made one, for that has counted already.
    private Statistics statistics(Path record) throws InterruptedException {
        Path file = indexOf(record);
        if (!recount && Files.exists(file)) {
            try (RecordIndex index = RecordIndex.open(file, record)) {
                return index.statistics();
            } catch (IndexUnusable unusable) {
                // The entries themselves say it, too.
            }
        }
        Statistics statistics = new Statistics();
        EntryFiles.of(record)
                .all(line -> {
                    statistics.take(line.entry());
                    return true;
                });
        return statistics;
    }

    private static List<List<String>> rows(String what, Map<String, Long> counted) {
        Comparator<Map.Entry<String, Long>> order =
                what.equals("day")
                        ? Map.Entry.<String, Long>comparingByKey().reversed()
                        : Map.Entry.<String, Long>comparingByValue().reversed();
        List<List<String>> rows = new ArrayList<>();
        counted.entrySet().stream()
                .sorted(order)
                .limit(MOST_SHOWN)
                .forEach(one -> rows.add(List.of(one.getValue().toString(), one.getKey())));
        int left = counted.size() - rows.size();
        if (left > 0) {
            rows.add(List.of("…", "(+" + left + ")"));
        }
        return rows;
    }
}
