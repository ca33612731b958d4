package parley.console.cli;

import parley.console.settings.CannotStart;
import parley.safety.record.Recorded;
import parley.safety.record.index.Found;
import parley.safety.record.index.Query;
import parley.safety.record.index.RecordIndex;
import parley.safety.record.index.Words;
import parley.safety.record.story.Fields;
import parley.safety.record.story.Telling;
import parley.tools.Bilingual;
import parley.tools.schema.Json;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Finds entries by words and by who, where, what and when, with a derived index.
@Command(
        name = "search",
        description = {
            "find entries: words (\"in quotation marks\" as one piece, ngin* for what begins so)",
            "in what was asked, planned, run, printed and answered; every hit is checked"
        },
        mixinStandardHelpOptions = true)
final class AuditSearch extends AuditWork {
    @Parameters(arity = "0..*", paramLabel = "WORDS", description = "every one must stand there")
    String[] words = {};

    @Mixin AuditFilter filter = new AuditFilter();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "how many hits (50), the newest first",
            defaultValue = "50")
    int limit = 50;

    @Option(names = "--rebuild", description = "make the index again from the record first")
    boolean rebuild;

    @Override
    String asked() {
        return ("search " + joined(words) + filter.said()).strip();
    }

    @Override
    String entryType() {
        return "audit.search";
    }

    @Override
    int look(AuditOut out, Path record) throws Exception {
        if (joined(words).isEmpty() && filter.said().isEmpty()) {
            throw new CannotStart(
                    Bilingual.of(
                            "say what to look for: words, --operator, --host, --tool, --verdict,"
                                    + " --since, --until",
                            "请说明要找什么：词语、--operator、--host、--tool、--verdict、--since、--until"),
                    USAGE);
        }
        Query query = filter.query(Words.of(joined(words)));
        Path file = indexOf(record);
        if (rebuild) {
            Files.deleteIfExists(file);
        }
        Path first = record.resolve("seg/00000000000000.jsonl");
        if (!Files.exists(file) && Files.exists(first) && Files.size(first) > LARGE) {
            System.err.println(
                    "parley: "
                            + out.word(
                                    "making the search index; once, a minute or two for a million"
                                            + " entries",
                                    "正在建立搜索索引；只需一次，每百万条约一两分钟"));
        }
        try (RecordIndex index = RecordIndex.open(file, record)) {
            Found found = index.search(query, limit);
            List<List<String>> rows = new ArrayList<>();
            for (Found.Hit hit : found.hits()) {
                Recorded entry = hit.entry();
                out.json(
                        Json.mapper()
                                .createObjectNode()
                                .put("seq", entry.sequence())
                                .put("time", entry.time().toString())
                                .put("run", entry.run())
                                .put("operator", entry.actor())
                                .put("type", entry.type())
                                .put("outcome", entry.outcome())
                                .put("host", Fields.text(entry, "host"))
                                .put("tool", Fields.text(entry, "tool"))
                                .put("verdict", Fields.text(entry, "verdict"))
                                .put("line", line(hit, out)));
                rows.add(
                        List.of(
                                Long.toString(entry.sequence()),
                                entry.time().toString().substring(0, 19),
                                entry.actor(),
                                Fields.text(entry, "host"),
                                entry.type(),
                                Fields.text(entry, "tool"),
                                line(hit, out)));
            }
            out.table(HEADINGS, List.of(true, false, false, false, false, false, false), rows);
            out.end();
            return told(out, found);
        }
    }

    /// Where the words stand; without words, what happened.
    private static String line(Found.Hit hit, AuditOut out) {
        return hit.line().isBlank()
                ? Telling.of(hit.entry(), "").in(out.language())
                : hit.line().strip();
    }

    /// A smaller record is indexed in no time.
    private static final long LARGE = 32L << 20;

    private static final List<Bilingual> HEADINGS =
            List.of(
                    Bilingual.of("entry", "条目"),
                    Bilingual.of("time (UTC)", "时间 (UTC)"),
                    Bilingual.of("operator", "操作员"),
                    Bilingual.of("host", "主机"),
                    Bilingual.of("what", "事件"),
                    Bilingual.of("tool", "工具"),
                    Bilingual.of("found in", "所在行"));

    private static int told(AuditOut out, Found found) {
        int count = found.hits().size();
        out.say(
                found.more()
                        ? Bilingual.of(
                                "the newest {0}, each checked against the record; there are more"
                                        + " (--limit)",
                                "最新的 {0} 条，均已与记录核对；还有更多（--limit）", count)
                        : Bilingual.of(
                                "{0} found, each checked against the record",
                                "找到 {0} 条，均已与记录核对", count));
        if (found.cut() > 0) {
            out.say(
                    Bilingual.of(
                            found.cut() + " long outputs are searched in their first 256 KiB only",
                            found.cut() + " 个较长的输出只搜索了前 256 KiB"));
        }
        if (found.locked() > 0) {
            out.say(
                    Bilingual.of(
                            "{0} entries have contents that are not yours to read; their words are"
                                    + " not searched",
                            "{0} 个条目含有您无权查看的内容，未搜索其中的词语", found.locked()));
        }
        if (!found.wrong().isEmpty()) {
            // On standard error for programs, too: a search that hides something must not look
            // whole.
            System.err.println(
                    "parley: "
                            + out.word(
                                    "the index names entries that the record does not show so: "
                                            + found.wrong()
                                            + "; run with --rebuild, and parley audit verify",
                                    "索引中的条目与记录不符："
                                            + found.wrong()
                                            + "；请加 --rebuild 重试，并运行 parley audit verify"));
            return 1;
        }
        return 0;
    }
}
