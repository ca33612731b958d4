package parley.stories;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import parley.tools.schema.Json;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// An auditor after the day: everything that a restart on a real host was can be told, proved, done
/// again, and compared with what the host itself wrote down.
@ExtendWith(StoryTeller.class)
class AuditStoryTest {
    @ParameterizedTest
    @EnumSource
    void aRestartIsToldProvedAndComparedWithTheHostsOwnJournal(Family family, Story story)
            throws Exception {
        TestbedHost host = story.given(family == Family.APT ? "web-1" : "db-1", family);
        String begin = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        String words = "restart demo-web.service on " + host.name();
        Talk talk = story.whenTyped(100, words);
        talk.awaits("to go on:").types(words).ends().exits(0);
        story.thenOnlyChanged(host, "unit demo-web.service ", "unit demo-dependent.service ");
        Operator auditor = story.operator();
        String run = lines(auditor, "audit", "list").getFirst().path("run").asText();

        auditor.runs("audit", "explain", run)
                .exits(0)
                .says("needs typed words · disruptive")
                .says("disruption-needs-typed-words  policies/changes.cedar:")
                .says("approved by ")
                .says("unit ← the operator's words");
        auditor.runs("audit", "diff", run).exits(0).says("-MainPID=").says("+MainPID=");
        auditor.runs("audit", "replay", run)
                .exits(0)
                .says("APPROVAL NEEDED: typed words")
                .says("to go on: " + words)
                .says("was restarted and is stable");
        auditor.runs("audit", "re-decide").exits(0).says(" 0 are not; of 0 the record has not");
        auditor.runs("audit", "re-render").exits(0).says(" 0 are not");
        auditor.runs("audit", "search", "demo-web.service", "--verdict", "typed")
                .exits(0)
                .says("1 found, each checked against the record");
        exported(auditor, run);

        reconciled(auditor, host, begin);
    }

    private static void exported(Operator auditor, String run) throws Exception {
        Path bundle = auditor.record().resolveSibling("evidence.zip");
        auditor.runs("audit", "export", "--run", run, "--out", bundle.toString()).exits(0);
        auditor.runs("audit", "verify-bundle", bundle.toString())
                .exits(0)
                .says("sound and complete for its filter")
                .says("of 1 requests are meant");
        Path page = auditor.record().resolveSibling("report.html");
        auditor.runs("audit", "export", "--format", "html", "--out", page.toString()).exits(0);
        String html = Files.readString(page);
        assertTrue(html.contains("APPROVAL NEEDED: typed words"), "the card is on the page");
        assertTrue(html.contains("class=\"cite\" href=\"#o"), "claims link to what was read");
    }

    /// Nothing differs; then somebody does something behind our back; then the journal is cleared.
    private static void reconciled(Operator auditor, TestbedHost host, String begin)
            throws Exception {
        auditor.runs("audit", "reconcile", host.name(), "--since", begin)
                .exits(0)
                .says("0 there but not in the record, 0 recorded but not in its journal");
        host.root("runuser -u ops -- sudo -n true behind-our-back");
        auditor.runs("audit", "reconcile", host.name(), "--since", begin)
                .exits(1)
                .says("NOT IN THE RECORD")
                .says("true behind-our-back")
                .says("1 there but not in the record, 0 recorded but not in its journal");
        host.root("journalctl --rotate -q; journalctl --vacuum-time=1s -q; sleep 2");
        host.root("journalctl --rotate -q; journalctl --vacuum-time=1s -q");
        Programs.Ended cleared =
                auditor.runs("audit", "reconcile", host.name(), "--since", begin).exits(1);
        cleared.says("NOT IN THE JOURNAL").says("restart -- demo-web.service");
        assertEquals(
                List.of("ok", "differs", "differs"),
                lines(auditor, "audit", "timeline", "--limit", "1000").stream()
                        .filter(line -> line.path("type").asText().equals("host.reconcile"))
                        .map(line -> line.path("outcome").asText())
                        .toList());
    }

    private static List<JsonNode> lines(Operator auditor, String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--output", "jsonl"));
        List<JsonNode> lines = new ArrayList<>();
        for (String line :
                auditor.runs(all.toArray(String[]::new)).exits(0).out().lines().toList()) {
            lines.add(Json.mapper().readTree(line));
        }
        return lines;
    }
}
