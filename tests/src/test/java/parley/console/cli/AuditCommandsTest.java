package parley.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.console.show.Width;
import parley.safety.gate.Gate;
import parley.safety.gate.PolicyCase;
import parley.safety.gate.Question;
import parley.safety.gate.Verdict;
import parley.safety.policy.Policies;
import parley.safety.policy.PolicyFile;
import parley.safety.policy.ShippedPolicies;
import parley.safety.record.AuditLog;
import parley.safety.record.Entry;
import parley.safety.record.RecordedRuns;
import parley.tools.Card;
import parley.tools.Tool;
import parley.tools.catalogue.Catalogue;
import parley.tools.schema.Json;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// What an auditor types, on a copy of a record in which everything has happened.
class AuditCommandsTest {
    @TempDir static Path folder;
    private static Path record = Path.of("");

    @BeforeAll
    static void write() throws Exception {
        record = RecordedRuns.into(folder.resolve("record"));
    }

    private record Ended(int exit, String out, String err) {}

    private static Ended audit(String... words) {
        List<String> all = new ArrayList<>(List.of("audit"));
        all.addAll(List.of(words));
        all.addAll(List.of("--record", record.toString()));
        return run(all);
    }

    private static Ended run(List<String> words) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
            int exit = ParleyCommand.run(words.toArray(new String[0]));
            return new Ended(
                    exit,
                    said.toString(StandardCharsets.UTF_8),
                    complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private static List<JsonNode> lines(String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--output", "jsonl"));
        Ended ended = audit(all.toArray(new String[0]));
        assertEquals(0, ended.exit(), ended.err());
        List<JsonNode> lines = new ArrayList<>();
        for (String line : ended.out().lines().toList()) {
            lines.add(Json.mapper().readTree(line));
        }
        return lines;
    }

    private static List<String> values(List<JsonNode> lines, String field) {
        return lines.stream().map(line -> line.path(field).asText()).toList();
    }

    @Test
    void theListIsTheNewestFirstAndTheFormOfItsOutputIsAsAsked() throws Exception {
        List<JsonNode> lines = lines("list");
        assertEquals(
                List.of("eve", "bob", "bob", "mallory", "carol", "bob", "alice"),
                values(lines, "operator"));
        assertEquals("denied", lines.get(3).path("outcome").asText());
        Ended array = audit("list", "--output", "json", "--limit", "2");
        assertEquals(2, Json.mapper().readTree(array.out()).size());
        assertEquals(audit("list").out(), audit().out(), "the list is what comes without a word");
    }

    @Test
    void everyLineIsHarmlessAndFitsTheWindow() {
        for (List<String> words :
                List.of(
                        List.of("list"),
                        List.of("show", RecordedRuns.HOSTILE),
                        List.of("timeline", RecordedRuns.HOSTILE),
                        List.of("replay", RecordedRuns.RESTART),
                        List.of("explain", RecordedRuns.HOSTILE),
                        List.of("near-misses"),
                        List.of("stats"),
                        List.of("diff", RecordedRuns.RESTART))) {
            List<String> said = new ArrayList<>();
            for (String language : List.of("en", "zh")) {
                List<String> all = new ArrayList<>(words);
                all.addAll(List.of("--lang", language));
                Ended ended = audit(all.toArray(new String[0]));
                assertEquals(0, ended.exit(), ended.err());
                assertFalse(
                        ended.out()
                                .matches(
                                        "(?s).*[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2028\u2029].*"),
                        () -> words + " let something through: " + ended.out());
                long most =
                        ended.out()
                                .lines()
                                .filter(line -> !line.contains("| "))
                                .mapToLong(Width::of)
                                .max()
                                .orElse(0);
                assertTrue(most <= 110, () -> words + " is " + most + " wide");
                said.add(ended.out());
            }
            // Of an entry as it stands, only the fields are shown.
            assertEquals(
                    words.getFirst().equals("show"),
                    said.get(0).equals(said.get(1)),
                    () -> words + " says the same in both languages");
        }
    }

    @Test
    void aReplayMovesNothingOnTheScreen() {
        Ended ended = audit("replay", RecordedRuns.HOSTILE);
        assertEquals(0, ended.exit(), ended.err());
        assertTrue(ended.out().startsWith("kept "), ended.out());
        assertTrue(ended.out().contains("</script><script>"), ended.out());
        assertFalse(ended.out().matches("(?s).*[\u0007\u001b\u202e\u2028].*"), ended.out());
        Ended raw = audit("replay", RecordedRuns.HOSTILE, "--cast");
        assertTrue(raw.out().startsWith("{\"version\":3}"), raw.out());
        assertFalse(raw.out().contains("\u001b"), "JSON holds it escaped");
    }

    @Test
    void aDecisionThatThePoliciesOfThenDidNotMakeIsFoundOut() throws Exception {
        Policies policies = ShippedPolicies.load(cards(), List.of());
        Path other = folder.resolve("decided");
        ObjectNode texts = Json.mapper().createObjectNode();
        for (PolicyFile file : policies.files()) {
            texts.withArray("files").addObject().put("name", file.name()).put("text", file.text());
        }
        texts.put("schema", policies.schema());
        ObjectNode question =
                Json.mapper()
                        .createObjectNode()
                        .put("tool", "service.restart")
                        .put("effect", "disruptive");
        question.put("person", "bob").put("host", "web-1").putArray("objects").add("nginx.service");
        Verdict verdict = Gate.judge(policies, Question.read(question));
        try (AuditLog log = AuditLog.open(other, "parley 0.1.0")) {
            log.append(
                    new Entry(
                            "policy.load",
                            "ok",
                            "",
                            "bob",
                            Json.mapper().createObjectNode().put("policies", policies.hash()),
                            Map.of("files", texts.toString().getBytes(StandardCharsets.UTF_8))));
            log.append(decision("r1", PolicyCase.word(verdict), policies, verdict, question));
            log.append(decision("r2", "allow", policies, verdict, question));
        }
        assertEquals(
                0, run(List.of("audit", "re-decide", "r1", "--record", other.toString())).exit());
        Ended lied = run(List.of("audit", "re-decide", "--record", other.toString()));
        assertEquals(1, lied.exit(), lied.out());
        assertTrue(lied.out().contains("allow"), lied.out());
        assertTrue(lied.out().contains("1 decisions are the same again, 1 are not"), lied.out());
    }

    private static List<Card> cards() {
        return Catalogue.standard().all().stream().<Card>map(Tool::card).toList();
    }

    private static Entry decision(
            String run, String word, Policies policies, Verdict verdict, ObjectNode question) {
        ObjectNode fields = Json.mapper().createObjectNode();
        fields.put("policies", policies.hash()).put("verdict", word);
        verdict.rules().forEach(rule -> fields.withArray("rules").add(rule.id()));
        fields.set("question", question);
        return new Entry("policy.decision", "ok", run, "bob", fields, Map.of());
    }

    @Test
    void aSearchFindsInBothLanguagesAndIsNarrowed() throws Exception {
        assertEquals(List.of(RecordedRuns.CHINESE), values(lines("search", "磁盘"), "run"));
        assertEquals(
                List.of("policy.decision"), values(lines("search", "--verdict", "deny"), "type"));
        assertEquals(List.of(), lines("search", "nosuchword"));
        assertEquals(List.of(), lines("search", "nginx", "--until", "2001-01-01"));
        assertTrue(lines("search", "nginx", "--operator", "bob", "--since", "1d").size() > 5);
        assertEquals(1, audit("search").exit(), "nothing is asked for");
        assertEquals(1, audit("search", "x", "--since", "soon").exit());
        assertFalse(Files.exists(record.resolve("index.sqlite")), "nothing is written into a copy");
    }

    @Test
    void oneCommandIsExplained() throws Exception {
        List<JsonNode> all = lines("explain", RecordedRuns.RESTART);
        JsonNode change = all.get(1);
        assertEquals("typed", change.path("verdict").asText());
        assertEquals(
                "disruption-needs-typed-words", change.path("rules").path(0).path("id").asText());
        assertEquals("OPERATOR", change.path("provenance").path("unit").asText());
        assertEquals(
                List.of("approval.request", "approval.decision"),
                List.of(
                        change.path("approvals").path(0).path("type").asText(),
                        change.path("approvals").path(1).path("type").asText()));
        Ended refused = audit("explain", RecordedRuns.DENIED);
        assertTrue(refused.out().contains("REFUSED"), refused.out());
        assertTrue(refused.out().contains("a host's output"), refused.out());
        assertTrue(refused.out().contains("it never ran"), refused.out());
    }

    @Test
    void beforeAndAfterAreCompared() throws Exception {
        JsonNode look = lines("diff", RecordedRuns.RESTART).getFirst();
        assertFalse(look.path("same").asBoolean(true));
        List<String> lines = new ArrayList<>();
        look.path("lines").forEach(line -> lines.add(line.asText()));
        assertTrue(lines.containsAll(List.of("-MainPID=5830", "+MainPID=10058")), lines.toString());
        assertTrue(audit("diff", RecordedRuns.READ).out().contains("changed nothing"));
    }

    @Test
    void nearMissesUnknownsAndSecretsAreTold() throws Exception {
        assertEquals(
                List.of("expired", "declined", "unknown", "injection"),
                values(lines("near-misses"), "kind"));
        assertEquals(List.of(), lines("unknowns"), "it was settled");
        List<JsonNode> was = lines("was-it", RecordedRuns.SECRET);
        assertEquals(List.of("stdout"), values(was, "in"));
        assertEquals(List.of(RecordedRuns.READ), values(was, "run"));
        assertEquals(List.of(), lines("was-it", "another value"));
    }

    @Test
    void decisionsWithoutTheirPoliciesAreCountedAndNotCalledTheSame() throws Exception {
        Ended ended = audit("re-decide");
        assertEquals(0, ended.exit());
        assertTrue(ended.out().contains("0 decisions are the same again"), ended.out());
        assertTrue(
                ended.out().replaceAll("\\s+", " ").contains("of 9 the record has not"),
                ended.out());
    }

    @Test
    void recordedCallsThatTheToolsOfTodayRenderOtherwiseAreShown() {
        Ended ended = audit("re-render", RecordedRuns.RESTART);
        assertEquals(1, ended.exit(), "these were never real commands of the catalogue");
        assertTrue(ended.out().contains("then: "), ended.out());
    }

    @Test
    void anExportIsPrivateVerifiesAndNeverReplacesAFile() throws Exception {
        Path file = folder.resolve("evidence.zip");
        assertEquals(0, audit("export", "--out", file.toString(), "--host", "web-1").exit());
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(1, audit("export", "--out", file.toString()).exit());
        Ended sound = run(List.of("audit", "verify-bundle", file.toString()));
        assertEquals(0, sound.exit(), sound.out());
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 30));
        assertEquals(2, run(List.of("audit", "verify-bundle", file.toString())).exit());
        assertEquals(1, run(List.of("audit", "verify-bundle", "no-such-file")).exit());
    }

    @Test
    void aSlipOfTheFingersNeverEndsLikeATamperedRecord() {
        for (List<String> words :
                List.of(
                        List.of("audit", "no-such-word"),
                        List.of("audit", "verify", "--no-such-option"),
                        List.of("audit", "show"),
                        List.of("audit", "show", "no-such-run", "--record", record.toString()),
                        List.of("audit", "list", "--record", "/nowhere"))) {
            assertEquals(1, run(words).exit(), words.toString());
        }
    }

    @Test
    void aLookIsRecordedBeforeItIsShown() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        Launched parley = new Launched(home);
        assertEquals(0, parley.run("ask", "is any disk nearly full?").exit());
        assertEquals(0, parley.run("audit", "search", "disk").exit());
        Launched.Ended timeline =
                parley.run(Map.of("COLUMNS", "200"), "audit", "timeline", "--output", "jsonl");
        assertEquals(0, timeline.exit(), timeline.err());
        assertTrue(timeline.out().contains("\"type\":\"audit.search\""), timeline.out());
        assertTrue(timeline.out().contains("search disk"), timeline.out());
        assertTrue(timeline.out().contains("\"type\":\"audit.view\""), timeline.out());
        assertEquals(0, parley.run("audit", "verify").exit());
        Launched.Ended again = parley.run("audit", "re-decide");
        assertEquals(0, again.exit(), again.out());
        assertTrue(
                again.out().contains(" are not; of 0 the record has not"),
                again.out().replaceAll("\\s+", " "));
        assertEquals(0, parley.run("audit", "re-render").exit());
        String run =
                Json.mapper()
                        .readTree(parley.run("audit", "list", "--output", "jsonl").out())
                        .path("run")
                        .asText();
        Launched.Ended replay = parley.run("audit", "replay", run);
        assertTrue(replay.out().startsWith("$ parley is any disk nearly full?"), replay.out());
    }
}
