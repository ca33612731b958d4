package parley.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.tools.schema.Json;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The command line as a person meets it: the real launcher, nothing configured, this machine.
class CommandLineTest {
    @TempDir Path home;

    private Launched.Ended parley(String... words) throws Exception {
        return new Launched(home).run(words);
    }

    private static void assertExit(int expected, Launched.Ended ended) {
        assertEquals(expected, ended.exit(), () -> ended.out() + ended.err());
    }

    @Test
    void answersInTheLanguageOfTheQuestion() throws Exception {
        Launched.Ended english = parley("ask", "is any disk nearly full?");
        assertExit(0, english);
        assertTrue(english.out().startsWith("localhost: "), english.out());
        assertTrue(
                english.out().contains("[#1"), "the answer cites its evidence: " + english.out());
        Launched.Ended chinese = parley("ask", "磁盘快满了吗");
        assertExit(0, chinese);
        assertTrue(chinese.out().startsWith("localhost："), chinese.out());
    }

    @Test
    void jsonHasTheDocumentedShapeAndNothingElseOnStandardOutput() throws Exception {
        Launched.Ended ended = parley("ask", "--output", "json", "how much memory is free?");
        assertExit(0, ended);
        JsonNode json = Json.mapper().readTree(ended.out());
        assertEquals("mem.usage", json.path("tool").asText());
        assertEquals("done", json.path("outcome").asText());
        JsonNode host = json.path("hosts").path(0);
        assertEquals("localhost", host.path("host").asText());
        assertTrue(host.path("argv").path(0).isArray(), host.toString());
        assertTrue(host.path("reading").isObject(), host.toString());
        assertTrue(host.path("observedAt").isTextual(), host.toString());
        assertTrue(!host.path("truncated").asBoolean(true), host.toString());
        assertTrue(json.path("answer").asText().contains("#1"), json.toString());
    }

    @Test
    void everyEndingHasItsExitCode() throws Exception {
        assertExit(2, parley("ask", "--no-such-option", "x"));
        assertExit(2, parley("run", "disk.usage", "nosuch=1"));
        assertExit(2, parley("run", "disk.usage", "path=relative"));
        assertExit(2, parley("run", "disk.usage", "--host", "web-7"));
        assertExit(6, parley("run", "shell.run", "command=id"));
        assertExit(6, parley("ask", "create a user account for bob"));
        assertExit(2, parley());
    }

    @Test
    void withoutATerminalThereIsNoYes() throws Exception {
        Path inventory = home.resolve("inventory.yaml");
        Files.writeString(inventory, "hosts:\n  web-1: {address: 127.0.0.1, port: 1, env: prod}\n");
        Launched.Ended ended =
                parley(
                        "plan",
                        "--output",
                        "jsonl",
                        "--inventory",
                        inventory.toString(),
                        "restart nginx on web-1");
        assertExit(0, ended);
        JsonNode json = Json.mapper().readTree(ended.out());
        assertEquals(
                "typed",
                json.path("steps").path(0).path("verdicts").path(0).path("verdict").asText());
        assertEquals(64, json.path("digest").asText().length());
        Launched.Ended down =
                parley(
                        "run",
                        "service.restart",
                        "unit=nginx",
                        "--host",
                        "web-1",
                        "--inventory",
                        inventory.toString());
        assertExit(8, down);
    }

    @Test
    void aBatchGivesOneLineForEveryLine() throws Exception {
        Path inventory = home.resolve("inventory.yaml");
        Files.writeString(
                inventory,
                "hosts:\n"
                        + "  web-1: {address: 10.0.0.11, groups: [web, prod]}\n"
                        + "  web-2: {address: 10.0.0.12, groups: [web, prod]}\n");
        Path batch = home.resolve("batch.jsonl");
        Files.write(
                batch,
                List.of(
                        "{\"id\":\"a\",\"text\":\"is nginx running on web-1?\"}",
                        "not json",
                        "{\"id\":\"c\",\"text\":\"web-2 也看下\",\"turns\":[\"看一下 web-1 上 nginx"
                                + " 的状态\"]}",
                        "{\"id\":\"d\"}",
                        "{\"id\":\"e\",\"text\":\"is nginx running?\"}"));
        Launched.Ended ended =
                parley(
                        "plan",
                        "--batch",
                        batch.toString(),
                        "--inventory",
                        inventory.toString(),
                        "--output",
                        "jsonl");
        assertExit(0, ended);
        List<JsonNode> lines = new java.util.ArrayList<>();
        for (String line : ended.out().lines().toList()) {
            lines.add(Json.mapper().readTree(line));
        }
        assertEquals(
                List.of("plan", "error", "plan", "error", "clarify"),
                lines.stream().map(line -> line.path("kind").asText()).toList());
        assertEquals("service.status", lines.get(0).path("steps").path(0).path("tool").asText());
        assertEquals("observe", lines.get(0).path("steps").path(0).path("effect").asText());
        assertEquals("[\"web-2\"]", lines.get(2).path("steps").path(0).path("hosts").toString());
        assertEquals("host", lines.get(4).path("about").asText());
    }

    @Test
    void theRecordIsSoundAndOneFlippedBitIsFound() throws Exception {
        assertExit(0, parley("ask", "is any disk nearly full?"));
        assertExit(0, parley("audit", "verify"));
        Launched.Ended list = parley("audit", "list");
        assertExit(0, list);
        assertTrue(list.out().contains("is any disk nearly full?"), list.out());
        Path segment;
        try (Stream<Path> files = Files.walk(new Launched(home).state())) {
            segment =
                    files.filter(file -> file.toString().endsWith(".jsonl"))
                            .findFirst()
                            .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length / 2] ^= 1;
        Files.write(segment, bytes);
        assertExit(2, parley("audit", "verify"));
        assertExit(10, parley("ask", "is any disk nearly full?"));
    }

    @Test
    void wrongConfigurationIsOneClearMessage() throws Exception {
        Path inventory = home.resolve("inventory.yaml");
        Files.writeString(inventory, "hosts:\n  web-1: {address: 10.0.0.11, colour: red}\n");
        Launched.Ended ended = parley("hosts", "--inventory", inventory.toString());
        assertExit(2, ended);
        assertTrue(ended.err().contains("inventory.yaml:2:"), ended.err());
        assertTrue(ended.err().contains("colour"), ended.err());
        assertEquals("", ended.out());
        Launched.Ended chinese =
                new Launched(home)
                        .run(
                                Map.of("LANG", "zh_CN.UTF-8"),
                                "hosts",
                                "--inventory",
                                home.resolve("none.yaml").toString());
        assertExit(2, chinese);
        assertTrue(chinese.err().contains("none.yaml"), chinese.err());
    }

    @Test
    void anOptionBeforeTheSubcommandHoldsForIt() throws Exception {
        Path none = home.resolve("none.yaml");
        Launched.Ended ended = parley("--inventory", none.toString(), "hosts");
        assertExit(2, ended);
        assertTrue(ended.err().contains("none.yaml"), ended.err());
    }

    @Test
    void whatCanBeDoneIsListedWithSchemas() throws Exception {
        Launched.Ended ended = parley("tools", "list", "--output", "json");
        assertExit(0, ended);
        JsonNode tools = Json.mapper().readTree(ended.out());
        assertTrue(tools.size() >= 13, "only " + tools.size() + " tools");
        for (JsonNode tool : tools) {
            assertTrue(tool.path("arguments").path("properties").isObject(), tool.toString());
            assertTrue(tool.path("families").path("apt").isTextual(), tool.toString());
        }
    }
}
