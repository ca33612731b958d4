package parley.evals;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/// The summary as one file of HTML: it needs no network, no script and no other file.
final class HtmlPage {
    private static final String STYLE =
            """
            :root { color-scheme: light dark; }
            body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
            table { border-collapse: collapse; width: 100%; }
            th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid #8884; vertical-align: top; }
            .good { color: #18794e; } .bad { color: #c62828; } .dim { opacity: .65; }
            pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #8881; padding: .6rem; border-radius: .4rem; }
            details { margin: .5rem 0; } summary { cursor: pointer; }
            dl { display: flex; flex-wrap: wrap; gap: .5rem 2rem; } dt { opacity: .65; } dd { margin: 0; font-size: 1.3rem; }
            @media (prefers-color-scheme: dark) { .good { color: #4cc38a; } .bad { color: #ff8a80; } }
            """;

    private final StringBuilder html = new StringBuilder();
    private final Summary summary;

    private HtmlPage(Summary summary) {
        this.summary = summary;
    }

    static String of(Summary summary, Instant when) {
        return new HtmlPage(summary).page(when);
    }

    private String page(Instant when) {
        html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append(
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
                                + " style-src 'unsafe-inline'\">")
                .append(
                        "<meta name=\"viewport\""
                            + " content=\"width=device-width\"><title>parley-eval</title><style>")
                .append(STYLE)
                .append("</style></head><body>\n<h1>parley-eval · ")
                .append(escaped(summary.planning().name()))
                .append("</h1>\n<p class=\"dim\">")
                .append(when.truncatedTo(ChronoUnit.SECONDS))
                .append("</p>\n");
        totals();
        table();
        summary.cases().forEach(this::details);
        return html.append("</body></html>\n").toString();
    }

    private void totals() {
        html.append("<dl>");
        total("pass@1", Summary.percent(summary.passAt1()));
        total("pass^" + summary.times(), Summary.percent(summary.passEach()));
        for (Layer layer : Layer.values()) {
            if (summary.scored(layer) > 0) {
                total(layer.word(), Summary.percent(summary.passed(layer)));
            }
        }
        total("runs", Integer.toString(summary.runCount()));
        total("median", Summary.seconds(summary.latency(50)));
        total("95 % below", Summary.seconds(summary.latency(95)));
        total("replies", Integer.toString(summary.cost().replies()));
        total("tokens in + out", Summary.tokens(summary.cost()));
        total("cost", Summary.money(summary.cost()));
        total("not run", Integer.toString(summary.errors()));
        total("model given up", Long.toString(summary.fellBack()));
        html.append("</dl>\n");
    }

    private void total(String name, String value) {
        html.append("<div><dt>")
                .append(escaped(name))
                .append("</dt><dd>")
                .append(escaped(value))
                .append("</dd></div>");
    }

    private void table() {
        html.append("<table><thead><tr><th>scenario<th>category<th>passed");
        for (Layer layer : Layer.values()) {
            html.append("<th>").append(layer.word());
        }
        html.append("<th>median</tr></thead><tbody>\n");
        for (Case one : summary.cases()) {
            html.append("<tr><td><a href=\"#")
                    .append(anchor(one))
                    .append("\">")
                    .append(escaped(one.name()))
                    .append("</a><td>")
                    .append(escaped(one.scenario().category()))
                    .append("<td>");
            html.append(
                    one.scenario().isCheckable()
                            ? mark(one.passedEach(), one.passed() + "/" + one.runs().size())
                            : "prose");
            for (Layer layer : Layer.values()) {
                long scored = one.runs().stream().filter(run -> run.score().has(layer)).count();
                long passed =
                        one.runs().stream()
                                .filter(run -> run.score().has(layer) && run.score().passed(layer))
                                .count();
                html.append("<td>")
                        .append(
                                scored == 0
                                        ? "<span class=\"dim\">·</span>"
                                        : mark(scored == passed, passed + "/" + scored));
            }
            html.append("<td>")
                    .append(Summary.seconds(Summary.latency(one.runs(), 50)))
                    .append("</tr>\n");
        }
        html.append("</tbody></table>\n");
    }

    private static String mark(boolean good, String text) {
        return "<span class=\""
                + (good ? "good" : "bad")
                + "\">"
                + (good ? "✓ " : "✗ ")
                + text
                + "</span>";
    }

    private void details(Case one) {
        html.append("<details id=\"")
                .append(anchor(one))
                .append("\"")
                .append(one.passedEach() ? "" : " open")
                .append("><summary>")
                .append(escaped(one.name()))
                .append("</summary>\n");
        for (Map.Entry<String, String> prose : one.scenario().prose().entrySet()) {
            html.append("<p class=\"dim\"><b>")
                    .append(escaped(prose.getKey()))
                    .append("</b><br>")
                    .append(escaped(prose.getValue()).replace("\n", "<br>"))
                    .append("</p>\n");
        }
        one.errors()
                .forEach(error ->
                        html.append("<p class=\"bad\">not run: ")
                                .append(escaped(error))
                                .append("</p>\n"));
        int number = 0;
        for (Case.Scored run : one.runs()) {
            number++;
            html.append("<h4>")
                    .append(mark(run.passed(), "run " + number))
                    .append(" · ")
                    .append(Summary.seconds(run.trial().took()))
                    .append(" · ")
                    .append(escaped(Summary.tokens(run.trial().cost())))
                    .append("</h4>\n");
            run.faults()
                    .forEach(fault ->
                            html.append("<p class=\"bad\">")
                                    .append(escaped(fault))
                                    .append("</p>\n"));
            block(
                    "asked",
                    String.join(
                            "\n---\n",
                            run.trial()
                                    .scenario()
                                    .requests()
                                    .getOrDefault(run.trial().language(), List.of())));
            block("calls", lines(run.trial().calls()));
            block("cards", String.join("\n\n", run.trial().cards()));
            block("answer", Scorer.answerOf(run.trial()));
            block("notices", String.join("\n", run.trial().notices()));
            block(
                    "changed",
                    lines(
                            run.trial().changes().entrySet().stream()
                                    .flatMap(host ->
                                            host.getValue().stream()
                                                    .map(line -> host.getKey() + " " + line))
                                    .toList()));
        }
        html.append("</details>\n");
    }

    private static String lines(List<?> all) {
        return String.join("\n", all.stream().map(Object::toString).toList());
    }

    private void block(String name, String text) {
        if (!text.isBlank()) {
            html.append("<p class=\"dim\">")
                    .append(name)
                    .append("</p><pre>")
                    .append(escaped(text))
                    .append("</pre>\n");
        }
    }

    private static String anchor(Case one) {
        return one.scenario().id().replaceAll("[^A-Za-z0-9_-]", "-") + "-" + one.language();
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
