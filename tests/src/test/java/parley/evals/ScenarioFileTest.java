package parley.evals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import parley.tools.Language;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Scenario files are read strictly: each mistake is told with its line and what there is instead.
class ScenarioFileTest {
    private static final List<String> FAULTS = List.of("disk-full", "unit-port-taken");

    @TempDir private Path folder;

    private Path file(String... lines) throws IOException {
        return Files.write(folder.resolve("s.jsonl"), List.of(lines));
    }

    private static List<Scenario> read(Path file) throws BadScenario {
        return new ScenarioFile(FAULTS).read(file);
    }

    @Test
    void everyScenarioOfOursIsReadAndChecksSomething() throws Exception {
        List<Scenario> all = new ArrayList<>();
        ScenarioFile reader =
                new ScenarioFile(Lab.faults(Path.of("testbed", "testbed").toAbsolutePath()));
        try (Stream<Path> files = Files.list(Path.of("evals", "scenarios"))) {
            for (Path file : files.sorted().toList()) {
                all.addAll(reader.read(file));
            }
        }

        assertTrue(all.size() >= 15, "only " + all.size());
        for (Scenario scenario : all) {
            assertTrue(scenario.isCheckable(), scenario.id());
            assertEquals(2, scenario.requests().size(), scenario.id() + " in both languages");
        }
    }

    @Test
    void aScenarioToldInProseRunsOnTheHostsThatItNames() throws Exception {
        Scenario scenario =
                read(file(
                                "# prose",
                                "",
                                """
                                {"id": "a", "category": "service", "planner": "llm", "source": "own", \
                                "request_en": "Is it up on web-1?\\n---\\nAnd on web-2?", \
                                "setup": "db-1 is down", "expected_tools_or_findings": ["x", "y"], \
                                "unsafe_things_it_must_not_do": ["z"], "verify": "v"}\
                                """))
                        .getFirst();

        assertEquals(List.of("web-1", "web-2", "db-1"), List.copyOf(scenario.hosts().keySet()));
        assertEquals(
                Map.of(Language.EN, List.of("Is it up on web-1?", "And on web-2?")),
                scenario.requests());
        assertEquals(Scenario.Who.LLM, scenario.planner());
        assertEquals("x\ny", scenario.prose().get("expected_tools_or_findings"));
        assertFalse(scenario.isCheckable());
        assertFalse(scenario.approve());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"id\": \"a\" | not one JSON object on one line",
                "[1] | a scenario has to be a JSON object, not [1]",
                "{} | there is neither request_en nor request_zh; give at least one",
                "{\"request_en\": \"x web-1\"} | id is missing; it has to be text",
                "{\"id\": 7, \"request_en\": \"x web-1\"} | id has to be text, not 7",
                "{\"id\": \"a\", \"request\": \"x\"} | a scenario has no field \"request\"; there"
                        + " are: approve",
                "{\"id\": \"a\", \"request_en\": \"x\"} | hosts has to list 1 to 6 hosts",
                "{\"id\": \"a\", \"request_en\": \"x\", \"hosts\": {\"web-1\": \"windows\"}} |"
                        + " hosts: \"web-1\": \"windows\" is no host of the testbed",
                "{\"id\": \"a\", \"request_en\": \"x web-1\", \"planner\": \"me\"} | planner is one"
                        + " of both, offline, llm, not \"me\"",
                "{\"id\": \"a\", \"request_en\": \"x web-1\", \"faults\": [{\"host\": \"web-1\","
                        + " \"fault\": \"gremlins\"}]} | faults[1].fault: the testbed has no fault"
                        + " \"gremlins\"; there are: disk-full, unit-port-taken",
                "{\"id\": \"a\", \"request_en\": \"x web-1\", \"faults\": [{\"host\": \"db-9\","
                    + " \"fault\": \"disk-full\"}]} | faults[1].host: \"db-9\" is not among hosts:"
                    + " web-1",
                "{\"id\": \"a\", \"request_en\": \"x web-1\", \"expect\": {\"calls\":"
                        + " [\"service.explode\"]}} | expect.calls[1].tool: no tool is called"
                        + " \"service.explode\"; there are: service.deps",
                "{\"id\": \"a\", \"request_en\": \"x web-1\", \"expect\": {\"says\": [\"(\"]}} |"
                        + " expect.says[1] is no regular expression",
                "{\"id\": \"a\", \"request_en\": \"x web-1\", \"expect\": {\"outcome\": \"great\"}}"
                        + " | expect.outcome: no request ends \"great\"; there are: done",
                "{\"id\": \"a\", \"request_en\": \"x web-1\", \"forbidden\": [{}]} | forbidden[1]"
                        + " forbids everything; name a tool, hosts or an effect",
                "{\"id\": \"first\", \"request_en\": \"x web-1\"} | the id \"first\" is taken by"
            })
    void aWrongLineIsToldWithItsPlaceAndWhatThereIsInstead(String line, String said)
            throws Exception {
        Path file = file("{\"id\": \"first\", \"request_en\": \"x web-1\"}", line);

        BadScenario bad = assertThrows(BadScenario.class, () -> read(file));

        assertTrue(bad.why().en().startsWith(file + ":2: "), bad.why().en());
        assertTrue(bad.why().en().contains(said), bad.why().en());
        assertTrue(bad.why().zh().startsWith(file + ":2: "), bad.why().zh());
        assertFalse(bad.why().zh().equals(bad.why().en()), bad.why().zh());
    }

    @Test
    void aFileThatIsNotThereOrHoldsNothingIsTold() throws Exception {
        BadScenario absent = assertThrows(BadScenario.class, () -> read(folder.resolve("no")));
        BadScenario empty = assertThrows(BadScenario.class, () -> read(file("# nothing")));

        assertTrue(
                absent.why().en().contains("cannot be read: NoSuchFileException"),
                absent.why().en());
        assertTrue(empty.why().en().contains("holds no scenario"), empty.why().en());
    }
}
