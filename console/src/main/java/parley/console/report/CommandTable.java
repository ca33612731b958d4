package parley.console.report;

import parley.safety.record.Recorded;
import parley.safety.record.story.Command;
import parley.safety.record.story.Fields;
import parley.safety.record.story.PolicyTexts;
import parley.safety.record.story.Story;
import parley.safety.record.story.Telling;
import parley.tools.Bilingual;

import java.util.List;
import java.util.Optional;

/// The commands of a request: how each was judged and by which rules, what ran, what it printed.
final class CommandTable {
    /// Of a longer output the beginning is shown; the bundle has all of it.
    private static final int MOST_LINES = 1_000;

    private static final int MOST_COLUMNS = 2_000;

    private final Page page;
    private final Story story;
    private final PolicyTexts policies;

    CommandTable(Page page, Story story, PolicyTexts policies) {
        this.page = page;
        this.story = story;
        this.policies = policies;
    }

    /// Commands that only find out what kind of host it is.
    void folded(List<Command> identifying) {
        if (identifying.isEmpty()) {
            return;
        }
        page.open("details", "class", "identify").open("summary");
        page.both(
                identifying.size() + " commands to find out what host it is",
                identifying.size() + " 条命令用于识别主机");
        page.close();
        identifying.forEach(this::command);
        page.close();
    }

    void command(Command command) {
        Recorded about = command.about();
        page.open(
                "div",
                "class",
                "command " + command.purpose().toLowerCase(java.util.Locale.ROOT),
                "id",
                "e" + about.sequence());
        page.open("div", "class", "line");
        page.open("span", "class", "badge soft " + Words.tone(command.verdict()));
        page.both(Telling.verdictWord(command.verdict())).close();
        page.open("span", "class", "purpose").both(Words.purpose(command.purpose())).close();
        page.leaf("span", command.host(), "class", "chip host");
        page.leaf("code", Fields.command(about), "class", "argv");
        page.leaf("a", "#" + about.sequence(), "class", "seq", "href", "#e" + about.sequence());
        page.close();
        why(command);
        end(command);
        page.close();
    }

    private void why(Command command) {
        Recorded about = command.about();
        page.open("div", "class", "why");
        for (String id : Fields.texts(about, "rules")) {
            Optional<PolicyTexts.Rule> rule = policies.rule(Fields.text(about, "policies"), id);
            page.open("span", "class", "rule");
            page.leaf("code", id);
            rule.ifPresent(known -> {
                page.text(" ").both(known.says());
                page.leaf("small", known.file() + ":" + known.line());
            });
            page.close();
        }
        about.header()
                .path("provenance")
                .properties()
                .forEach(field -> {
                    page.open("span", "class", "from " + tone(field.getValue().asText()));
                    page.text(field.getKey() + " ← ");
                    page.both(source(field.getValue().asText())).close();
                });
        page.close();
    }

    private static String tone(String source) {
        return source.equals("OUTPUT") ? "bad" : source.equals("MODEL") ? "warn" : "calm";
    }

    private static Bilingual source(String source) {
        return switch (source) {
            case "OPERATOR" -> Bilingual.of("the operator's words", "操作员原话");
            case "INVENTORY" -> Bilingual.of("the inventory", "主机清单");
            case "CONSTANT" -> Bilingual.of("the catalogue", "目录常量");
            case "MODEL" -> Bilingual.of("the planner's own", "规划器自拟");
            case "OUTPUT" -> Bilingual.of("a host's output", "主机输出");
            default -> Bilingual.same(source);
        };
    }

    private void end(Command command) {
        if (command.intent().isEmpty()) {
            page.open("p", "class", "never").both("never ran", "从未执行").close();
            return;
        }
        if (command.end().isEmpty()) {
            page.open("p", "class", "never").both("no end is recorded", "没有记录到结束").close();
            return;
        }
        Recorded end = command.end().get();
        boolean quiet = story.text(end, "stdout").isEmpty() && story.text(end, "stderr").isEmpty();
        page.open(quiet ? "div" : "details", "class", "end", "id", "o" + end.sequence());
        page.open(quiet ? "div" : "summary");
        page.open("span", "class", "badge " + Words.tone(end.outcome()));
        page.both(ended(end)).close();
        page.leaf(
                "time",
                end.time().toString().substring(11, 23)
                        + (end.header().has("tookMillis")
                                ? " · " + Fields.text(end, "tookMillis") + " ms"
                                : ""),
                "class",
                "at");
        page.leaf("a", "#" + end.sequence(), "class", "seq", "href", "#o" + end.sequence());
        page.close();
        if (!Fields.text(end, "why").isEmpty()) {
            page.leaf("p", Fields.text(end, "why"), "class", "reason");
        }
        output(end, "stdout");
        output(end, "stderr");
        page.close();
        command.settled()
                .ifPresent(settled -> {
                    page.open("p", "class", "reason", "id", "e" + settled.sequence());
                    page.both(Telling.of(settled, "")).close();
                });
    }

    private static Bilingual ended(Recorded end) {
        if (end.header().has("exit")) {
            String exit = Fields.text(end, "exit");
            return Bilingual.of("exit " + exit, "退出码 " + exit);
        }
        return end.type().equals("exec.unknown")
                ? Bilingual.of("outcome unknown", "结果不明")
                : Bilingual.of("did not run", "未执行");
    }

    /// Numbered lines, each with a place that answers can point to.
    private void output(Recorded end, String role) {
        String text = story.text(end, role);
        if (text.isEmpty()) {
            return;
        }
        page.open("div", "class", "output " + role);
        page.leaf("span", role, "class", "role");
        page.open("pre");
        // Only a newline ends a line: what else a host prints stays within it.
        String[] lines = text.split("\n", -1);
        int count =
                lines.length > 0 && lines[lines.length - 1].isEmpty()
                        ? lines.length - 1
                        : lines.length;
        for (int index = 0; index < Math.min(count, MOST_LINES); index++) {
            String line = lines[index];
            String id = role.equals("stdout") ? "o" + end.sequence() + "-" + (index + 1) : "";
            page.open("span", "class", "l", "id", id, "data-n", Integer.toString(index + 1));
            page.text(line.length() > MOST_COLUMNS ? line.substring(0, MOST_COLUMNS) + "…" : line);
            page.close().text("\n");
        }
        page.close();
        boolean cut = end.header().path("truncated").asBoolean();
        if (count > MOST_LINES || cut) {
            page.open("p", "class", "never");
            page.both(
                    cut
                            ? "the output was cut when it was read; its end is not known"
                            : (count - MOST_LINES) + " more lines are in the bundle",
                    cut ? "输出在读取时被截断，末尾未知" : "另有 " + (count - MOST_LINES) + " 行，见导出包");
            page.close();
        }
        page.close();
    }
}
