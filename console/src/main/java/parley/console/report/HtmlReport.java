package parley.console.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.safety.record.Recorded;
import parley.safety.record.export.Selection;
import parley.safety.record.story.PolicyTexts;
import parley.safety.record.story.Statistics;
import parley.safety.record.story.Story;
import parley.tools.Bilingual;
import parley.tools.Language;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A part of a record as one page: what was asked, planned, judged, approved, run, printed and
/// answered, with a link from every claim to the entry that holds it.
///
/// The page needs no network and no other file, runs nothing but its own script, reads without any
/// script, and proves nothing by itself: the bundle does.
public final class HtmlReport {
    private final Selection selection;
    private final ObjectNode manifest;
    private final Language language;

    /// @param manifest what the page says about itself
    /// @param language the one it opens in
    public HtmlReport(Selection selection, ObjectNode manifest, Language language) {
        this.selection = requireNonNull(selection, "selection is null");
        this.manifest = requireNonNull(manifest, "manifest is null");
        this.language = requireNonNull(language, "language is null");
    }

    public String html() {
        List<Recorded> entries = selection.entries();
        List<Story> stories = Story.all(entries, selection.reader());
        List<Story> requests =
                stories.stream().filter(one -> !one.entries("request").isEmpty()).toList();
        Statistics statistics = new Statistics();
        entries.forEach(statistics::take);
        Page page = new Page();
        head(page);
        page.open("body").line();
        header(page, statistics);
        filters(page, requests);
        page.open("main").line();
        new Overview(page, entries, statistics).write();
        page.open("section", "id", "requests");
        page.open("h2").both("Requests", "请求").close();
        PolicyTexts policies = PolicyTexts.of(selection.reader());
        String day = "";
        for (Story story : requests) {
            String date = story.begin().time().toString().substring(0, 10);
            if (!date.equals(day)) {
                page.leaf("h3", date, "class", "day");
                day = date;
            }
            new RequestCard(page, story, policies).write();
        }
        page.open("p", "id", "nothing", "hidden", "hidden");
        page.both("No request fits these filters.", "没有符合筛选条件的请求。").close();
        page.close().line();
        new AboutSection(page, manifest, selection).write(rest(entries));
        page.close().line();
        page.ours("script", Resources.SCRIPT);
        page.close().close();
        return "<!doctype html>\n" + page.html() + "\n";
    }

    /// Entries of no request: the record's own, looks of auditors, policies.
    private static List<Recorded> rest(List<Recorded> entries) {
        return entries.stream().filter(entry -> entry.run().isEmpty()).toList();
    }

    private void head(Page page) {
        page.open("html", "lang", language == Language.ZH ? "zh" : "en").line();
        page.open("head");
        page.empty("meta", "charset", "utf-8");
        page.empty("meta", "http-equiv", "Content-Security-Policy", "content", Resources.policy());
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        page.empty("meta", "name", "referrer", "content", "no-referrer");
        page.leaf("title", "Parley · record · 审计记录");
        page.ours("style", Resources.STYLE);
        page.close().line();
    }

    private void header(Page page, Statistics statistics) {
        page.open("header", "class", "top").open("div", "class", "wrap");
        page.open("div", "class", "brand").leaf("span", "Parley", "class", "mark");
        page.open("span", "class", "sub").both("what happened, and why", "发生了什么，以及为什么");
        page.close().close();
        page.open("h1").both("Audit report", "审计报告").close();
        page.open("p", "class", "span");
        statistics
                .first()
                .ifPresent(from -> page.text(from.toString().substring(0, 16).replace('T', ' ')));
        page.text(" – ");
        statistics
                .last()
                .ifPresent(to -> page.text(to.toString().substring(0, 16).replace('T', ' ')));
        page.text(" UTC · ");
        page.text(manifest.path("about").path("exporter").asText("?"));
        page.close();
        page.open("div", "class", "tools noprint");
        page.open("button", "type", "button", "id", "language", "aria-label", "language / 语言");
        page.text("中文 / English").close();
        page.open("button", "type", "button", "id", "unfold");
        page.both("Unfold all", "全部展开").close();
        page.open("button", "type", "button", "id", "print").both("Print", "打印").close();
        page.close().close().close().line();
    }

    private static void filters(Page page, List<Story> stories) {
        page.open("nav", "class", "filters noprint", "aria-label", "filters");
        page.open("div", "class", "wrap");
        page.empty(
                "input",
                "type",
                "search",
                "id",
                "words",
                "data-en",
                "words in requests, commands, outputs…",
                "data-zh",
                "请求、命令、输出中的词……",
                "aria-label",
                "words / 词语");
        select(page, "operator", "any operator", "所有操作员", stories.stream().map(Story::operator));
        select(page, "host", "any host", "所有主机", all(stories.stream().map(Story::hosts)));
        select(page, "tool", "any tool", "所有工具", all(stories.stream().map(Story::tools)));
        select(page, "verdict", "any verdict", "所有裁决", all(stories.stream().map(Story::verdicts)));
        select(page, "outcome", "any outcome", "所有结果", stories.stream().map(Story::outcome));
        page.open("span", "id", "count", "role", "status");
        page.close().close().close().line();
    }

    private static Stream<String> all(Stream<? extends Collection<String>> many) {
        return many.flatMap(Collection::stream);
    }

    private static void select(Page page, String id, String en, String zh, Stream<String> values) {
        page.open("select", "id", id, "aria-label", en + " / " + zh);
        page.leaf("option", en, "value", "*", "data-en", en, "data-zh", zh);
        for (String value : new TreeSet<>(values.toList())) {
            Bilingual says = Words.of(value);
            page.leaf(
                    "option", says.en(), "value", value, "data-en", says.en(), "data-zh",
                    says.zh());
        }
        page.close();
    }
}
