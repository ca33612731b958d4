package parley.console.report;

import parley.safety.record.Recorded;
import parley.safety.record.story.Command;
import parley.safety.record.story.EvidenceLinks;
import parley.safety.record.story.Fields;
import parley.safety.record.story.PolicyTexts;
import parley.safety.record.story.Story;
import parley.safety.record.story.Telling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One request on the page: the words, the answer with links to its evidence, and unfolding, the
/// plan, the approvals and every command.
final class RequestCard {
    private static final Pattern CITED =
            Pattern.compile("(#\\d+)(?:\\.(\\d+))?(?: (?:lines? |第 ?)(\\d+))?");

    private final Page page;
    private final Story story;
    private final PolicyTexts policies;

    RequestCard(Page page, Story story, PolicyTexts policies) {
        this.page = page;
        this.story = story;
        this.policies = policies;
    }

    void write() {
        page.open(
                "article",
                "class",
                "request " + Words.tone(story.outcome()),
                "id",
                "r" + story.begin().sequence(),
                "data-operator",
                story.operator(),
                "data-outcome",
                story.outcome(),
                "data-hosts",
                String.join("\n", story.hosts()),
                "data-tools",
                String.join("\n", story.tools()),
                "data-verdicts",
                String.join("\n", story.verdicts()));
        heading();
        answer();
        page.open("details", "class", "steps");
        page.open("summary");
        List<Command> commands = story.commands();
        page.both(
                "plan, "
                        + commands.size()
                        + (commands.size() == 1 ? " command" : " commands")
                        + ", approvals",
                "方案、" + commands.size() + " 条命令、审批");
        page.close();
        course(commands);
        trail();
        page.close();
        page.close().line();
    }

    private void heading() {
        page.open("div", "class", "head");
        page.leaf("time", story.begin().time().toString().substring(11, 19), "class", "at");
        page.leaf("span", story.operator(), "class", "who");
        page.open("span", "class", "badge " + Words.tone(story.outcome()));
        page.both(Words.of(story.outcome())).close();
        story.verdicts().stream()
                .filter(verdict -> !verdict.equals("allow"))
                .forEach(verdict -> {
                    page.open("span", "class", "badge soft " + Words.tone(verdict));
                    page.both(Telling.verdictWord(verdict)).close();
                });
        story.hosts().forEach(host -> page.leaf("span", host, "class", "chip host"));
        story.tools().stream()
                .filter(tool -> !tool.equals("host.identify"))
                .forEach(tool -> page.leaf("span", tool, "class", "chip"));
        page.leaf(
                "a",
                "#" + story.begin().sequence(),
                "class",
                "seq",
                "href",
                "#r" + story.begin().sequence());
        page.close();
        page.leaf("blockquote", story.words().strip(), "id", "e" + story.begin().sequence());
    }

    private void answer() {
        Optional<Recorded> answer = story.answer();
        if (answer.isEmpty()) {
            return;
        }
        EvidenceLinks links = EvidenceLinks.of(story);
        page.open("div", "class", "answer", "id", "e" + answer.get().sequence());
        for (String line : story.text(answer.get(), "answer").strip().lines().toList()) {
            page.open("p");
            cited(line, links);
            page.close();
        }
        page.close();
    }

    /// A sentence, its citations as links to the very line that was read.
    private void cited(String line, EvidenceLinks links) {
        Matcher cited = CITED.matcher(line);
        int from = 0;
        while (cited.find()) {
            Optional<Recorded> entry =
                    links.entry(
                            cited.group(1),
                            Optional.ofNullable(cited.group(2)).map(Integer::valueOf));
            page.text(line.substring(from, cited.start()));
            if (entry.isPresent()) {
                String place =
                        "#o"
                                + entry.get().sequence()
                                + Optional.ofNullable(cited.group(3))
                                        .map(at -> "-" + at)
                                        .orElse("");
                page.leaf("a", cited.group(), "class", "cite", "href", place);
            } else {
                page.text(cited.group());
            }
            from = cited.end();
        }
        page.text(line.substring(from));
    }

    /// Plans, approvals and commands as they came one after the other; finding out what kind of
    /// host it is folds away.
    private void course(List<Command> commands) {
        CommandTable table = new CommandTable(page, story, policies);
        Map<Long, Command> begins = new HashMap<>();
        // What had to be approved stands where it ran, behind its approval.
        commands.forEach(one ->
                begins.put(
                        one.verdict().equals("allow")
                                ? one.about().sequence()
                                : one.intent()
                                        .map(Recorded::sequence)
                                        .orElse(one.about().sequence()),
                        one));
        List<Command> identifying = new ArrayList<>();
        for (Recorded entry : story.entries()) {
            Command command = begins.get(entry.sequence());
            if (command != null && command.purpose().equals("IDENTIFY")) {
                identifying.add(command);
                continue;
            }
            if (command != null || isStep(entry)) {
                table.folded(identifying);
                identifying.clear();
            }
            if (command != null) {
                table.command(command);
            } else if (entry.type().startsWith("plan")) {
                plan(entry);
            } else if (entry.type().startsWith("approval.")) {
                approval(entry);
            }
        }
        table.folded(identifying);
    }

    private static boolean isStep(Recorded entry) {
        return entry.type().startsWith("plan") || entry.type().startsWith("approval.");
    }

    private void plan(Recorded entry) {
        page.open("div", "class", "plan", "id", "e" + entry.sequence());
        title(entry);
        new PlanItems(page).write(story.text(entry, "proposal"));
        page.close();
    }

    private void approval(Recorded entry) {
        page.open(
                "div",
                "class",
                "approval " + Words.tone(entry.outcome()),
                "id",
                "e" + entry.sequence());
        title(entry);
        String shown = story.text(entry, "shown");
        if (!shown.isEmpty()) {
            page.leaf("pre", shown, "class", "card");
        }
        page.close();
    }

    private void title(Recorded entry) {
        String place = "#e" + entry.sequence();
        page.open("h4");
        page.leaf("time", entry.time().toString().substring(11, 19), "class", "at");
        page.both(Telling.of(entry, ""));
        page.leaf("a", "#" + entry.sequence(), "class", "seq", "href", place).close();
    }

    /// Everything in the order in which it was written, with its hash links.
    private void trail() {
        page.open("details", "class", "trail").open("summary");
        page.both(
                "all " + story.entries().size() + " entries of the record",
                "记录中的全部 " + story.entries().size() + " 条");
        page.close();
        page.open("ol");
        for (Recorded entry : story.entries()) {
            page.open("li");
            page.leaf("code", Long.toString(entry.sequence()), "class", "num");
            page.text(" " + Fields.text(entry, "ts") + " ");
            page.leaf("b", entry.type());
            page.text(entry.outcome().isEmpty() ? "" : " " + entry.outcome());
            String before = Fields.text(entry, "prev");
            page.leaf(
                    "code",
                    before.substring(0, Math.min(12, before.length())),
                    "class",
                    "hash",
                    "title",
                    before);
            page.close();
        }
        page.close().close();
    }
}
