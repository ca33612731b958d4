package parley.console.cli;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;

import parley.safety.record.AuditReader;
import parley.safety.record.Recorded;
import parley.safety.record.story.Command;
import parley.safety.record.story.Fields;
import parley.safety.record.story.Story;
import parley.tools.Bilingual;
import parley.tools.schema.Json;

import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was different on the hosts after a request: the looks before its changes compared with the
/// same looks after them.
@picocli.CommandLine.Command(
        name = "diff",
        description = "what a request left different on its hosts: each look before and after",
        mixinStandardHelpOptions = true)
final class AuditDiff extends AuditWork {
    private static final int CONTEXT = 2;

    @Parameters(paramLabel = "RUN|NUMBER", description = "a request, or any entry of one")
    String which = "";

    @Override
    String asked() {
        return "diff " + which;
    }

    /// The same look at the same host, the first time and the last time.
    private record Looks(Recorded before, Recorded after) {}

    @Override
    int look(AuditOut out, Path record) throws Exception {
        AuditReader reader = AuditReader.of(record);
        List<Recorded> entries = run(record, which);
        Story story = new Story(entries.getFirst().run(), entries, reader);
        Map<String, Looks> looks = looks(story);
        List<Command> changes =
                story.commands().stream()
                        .filter(one ->
                                one.purpose().equals("CALL")
                                        && one.intent().isPresent()
                                        && !Fields.text(one.about(), "risk").equals("observe"))
                        .toList();
        for (Command change : changes) {
            out.say(
                    Bilingual.of(
                            "changed by: {0} @ {1}",
                            "变更命令：{0} @ {1}", Fields.command(change.about()), change.host()));
        }
        if (changes.isEmpty()) {
            out.say(Bilingual.of("this request changed nothing", "该请求没有做任何变更"));
        }
        int compared = 0;
        for (Looks one : looks.values()) {
            if (one.before().sequence() != one.after().sequence()) {
                compared++;
                compare(out, story, one);
            }
        }
        if (!changes.isEmpty() && compared == 0) {
            out.say(Bilingual.of("nothing was looked at both before and after", "没有在变更前后都查看过的内容"));
        }
        out.end();
        return 0;
    }

    /// By host, tool and words: the newest look before the first change, the last look after it.
    private static Map<String, Looks> looks(Story story) {
        Map<String, Looks> looks = new LinkedHashMap<>();
        for (Recorded entry : story.entries("exec.result")) {
            String purpose = Fields.text(entry, "purpose");
            if (!entry.header().has("exit") || purpose.equals("IDENTIFY")) {
                continue;
            }
            String key =
                    Fields.text(entry, "host")
                            + "\0"
                            + Fields.text(entry, "tool")
                            + "\0"
                            + Fields.command(entry);
            Looks before = looks.get(key);
            if (purpose.equals("PREVIEW") || before == null) {
                looks.put(key, new Looks(entry, entry));
            } else {
                looks.put(key, new Looks(before.before(), entry));
            }
        }
        return looks;
    }

    private static void compare(AuditOut out, Story story, Looks looks) throws Exception {
        List<String> before = story.text(looks.before(), "stdout").lines().toList();
        List<String> after = story.text(looks.after(), "stdout").lines().toList();
        List<String> difference =
                UnifiedDiffUtils.generateUnifiedDiff(
                        "#" + looks.before().sequence() + " " + looks.before().time(),
                        "#" + looks.after().sequence() + " " + looks.after().time(),
                        before,
                        DiffUtils.diff(before, after),
                        CONTEXT);
        out.json(
                Json.mapper()
                        .createObjectNode()
                        .put("host", Fields.text(looks.before(), "host"))
                        .put("tool", Fields.text(looks.before(), "tool"))
                        .put("command", Fields.command(looks.before()))
                        .put("before", looks.before().sequence())
                        .put("after", looks.after().sequence())
                        .put("same", difference.isEmpty())
                        .set("lines", Json.mapper().valueToTree(difference)));
        out.say("");
        out.say(
                Fields.text(looks.before(), "host")
                        + " · "
                        + Fields.text(looks.before(), "tool")
                        + " · "
                        + Fields.command(looks.before()));
        if (difference.isEmpty()) {
            out.say("  " + out.word("the same before and after", "前后相同"));
        } else {
            out.raw("  ", String.join("\n", difference), 400);
        }
    }
}
