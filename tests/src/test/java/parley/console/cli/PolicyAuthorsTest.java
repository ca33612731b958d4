package parley.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.console.settings.CannotStart;
import parley.console.settings.Directories;
import parley.console.settings.PolicyShelf;
import parley.safety.gate.PolicyCase;
import parley.safety.gate.Question;
import parley.safety.policy.Policies;
import parley.safety.record.AuditLog;
import parley.safety.record.Entry;
import parley.tools.schema.Json;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What authors of policies get: decisions line by line, a replay of the past, the matrix, cases.
class PolicyAuthorsTest {
    private static final String TICKET =
            "@id(\"ticket\")\n@en(\"A ticket.\")\n@zh(\"工单。\")\nforbid(principal, action in"
                    + " Action::\"change\", resource)\nwhen { context.ticket == \"\" };\n";

    @TempDir Path folder;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    private PolicyShelf shelf() {
        return new PolicyShelf(new Directories(folder, folder, folder), Optional.empty());
    }

    private Policies withTicket() throws Exception {
        return shelf().load(List.of(Files.writeString(folder.resolve("ticket.cedar"), TICKET)));
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void eachLineGetsItsAnswerAndABadOneStopsNothing() throws Exception {
        Path batch = folder.resolve("questions.jsonl");
        Files.writeString(
                batch,
                """
                {"id":1,"tool":"service.restart","effect":"disruptive"}
                {"id":"b","tool":"disk.usage","nope":1}
                not json
                {"id":"d","tool":"disk.usage","roles":[]}
                {"id":"e","tool":"no.such"}
                """);
        assertEquals(0, PolicyDecide.run(shelf().load(), Optional.of(batch), out));
        assertEquals(5, lines().size());
        JsonNode first = Json.mapper().readTree(lines().get(0));
        assertEquals("1", first.path("id").asText());
        assertEquals("typed", first.path("verdict").asText());
        assertEquals(2, first.path("rung").asInt());
        assertEquals(
                "disruption-needs-typed-words", first.path("rules").path(0).path("id").asText());
        assertTrue(
                lines().get(1).startsWith("{\"id\":\"b\",\"kind\":\"error\",\"message\":\"there"));
        assertTrue(lines().get(2).contains("\"kind\":\"error\""));
        assertTrue(lines().get(3).contains("\"verdict\":\"deny\",\"rung\":4"));
        assertTrue(lines().get(4).contains("unknown-tool"));
    }

    @Test
    void aChangedPolicyIsAskedAboutThePast() throws Exception {
        try (AuditLog log = AuditLog.open(folder.resolve("record"), "test")) {
            for (String ticket : List.of("", "OPS-1")) {
                ObjectNode question =
                        Question.read(
                                        Json.mapper()
                                                .createObjectNode()
                                                .put("tool", "service.restart")
                                                .put("effect", "disruptive")
                                                .put("ticket", ticket))
                                .json();
                ObjectNode fields = Json.mapper().createObjectNode();
                fields.put("tool", "service.restart").put("host", "web-1").put("verdict", "typed");
                fields.set("question", question);
                log.append(new Entry("policy.decision", "ok", "r", "ann", fields, Map.of()));
            }
            log.append(Entry.of("policy.decision", "old", "ann"));
        }
        Path record = folder.resolve("record");
        assertEquals(0, new PolicyReplay(shelf().load(), new Common()).print(out, record));
        assertEquals(1, new PolicyReplay(withTicket(), new Common()).print(out, record));
        assertTrue(
                lines().get(1).contains("ann  service.restart @ web-1  typed → deny  ticket"),
                lines().toString());
        assertTrue(
                lines().get(2).contains("2") && lines().get(2).contains("1"), lines().toString());
    }

    @Test
    void whatIsWrongIsShownWithACaret() throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("wrong.cedar"), TICKET.replace("ticket ==", "tikcet =="));
        CannotStart wrong = assertThrows(CannotStart.class, () -> shelf().load(List.of(file)));
        assertEquals(2, wrong.exitCode());
        assertTrue(wrong.why().en().contains("wrong.cedar:5:"), wrong.why().en());
        assertTrue(wrong.why().en().contains("^^^"), wrong.why().en());
    }

    @Test
    void theShippedCasesHoldForTheRealCatalogueAndASitesOwnBesideThem() throws Exception {
        Path own = Files.createDirectories(folder.resolve("policies"));
        Files.writeString(own.resolve("ticket.cedar"), TICKET);
        Files.writeString(
                own.resolve("ticket.test.yaml"),
                """
                - case: no ticket, no change
                  tool: service.restart
                  effect: disruptive
                  verdict: deny
                  rules: [ticket]
                """);
        int cases = 0;
        for (PolicyShelf.Cases file : shelf().cases()) {
            for (PolicyCase one : file.cases()) {
                cases++;
                assertEquals(one.expected(), one.given(file.policies()), one.name());
            }
        }
        assertTrue(cases >= 40, "only " + cases);
    }

    @Test
    void theMatrixHasARowForEveryToolAndEffect() throws Exception {
        assertEquals(
                0,
                new PolicyMatrix(shelf().load(), new Common())
                        .print(out, Optional.of(folder.resolve("matrix.html"))));
        String page = Files.readString(folder.resolve("matrix.html"));
        assertTrue(page.contains("<th>service.restart</th><td>disruptive</td>"), page);
        assertTrue(page.contains("<th>prod/operator</th>"), page);
    }
}
