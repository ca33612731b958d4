package parley.console.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.console.repl.TypedCall;
import parley.console.settings.CannotStart;
import parley.console.turn.GivenCalls;
import parley.console.turn.HostResult;
import parley.console.turn.Turn;
import parley.console.turn.TurnResult;
import parley.prompts.plan.Planner;
import parley.safety.gate.Sanitiser;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Platform;
import parley.tools.Proposal;
import parley.tools.Tool;
import parley.tools.schema.Json;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes a recording: runs one tool on one host, through gate and record, and keeps exactly what
/// the host printed.
@Command(
        name = "record",
        description = "make a recording of a tool: record TOOL name=value… --host H --case NAME",
        mixinStandardHelpOptions = true)
final class RecordCommand extends Work {
    @Parameters(index = "0", paramLabel = "TOOL")
    String tool = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "name=value")
    String[] arguments = {};

    @Option(
            names = "--host",
            paramLabel = "H",
            description = "the host; without it the only one there is")
    List<String> hosts = new ArrayList<>();

    @Option(
            names = "--case",
            paramLabel = "NAME",
            required = true,
            description = "what is special about it: one-filesystem-hangs")
    String name = "";

    @Option(
            names = "--note",
            paramLabel = "TEXT",
            description = "how the host came into this state",
            defaultValue = "")
    String note = "";

    @Option(
            names = "--into",
            paramLabel = "FOLDER",
            description = "where recordings are kept (tests/recordings)",
            defaultValue = "tests/recordings")
    Path into = Path.of("tests/recordings");

    @Override
    int work(PrintStream out) throws Exception {
        Tool<?, ?> found = TypedCall.tool(tool);
        if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new CannotStart(
                    Bilingual.of(
                            "a case's name has lower-case words joined by hyphens, not \"{0}\"",
                            "用例名由小写单词和连字符组成，不能是“{0}”", name),
                    2);
        }
        ObjectNode json = TypedCall.arguments(found, List.of(arguments));
        String words = "record " + tool + " " + String.join(" ", arguments);
        return OneShot.run(
                common,
                out,
                words,
                Optional.empty(),
                (workplace, person) -> {
                    List<String> names = TypedCall.hosts(hosts, workplace.house().hosts());
                    Planner given =
                            new GivenCalls(
                                    List.of(Proposal.Item.of(tool, json, names.subList(0, 1))));
                    TurnResult result =
                            new Turn(workplace.house(), person, List.of(given))
                                    .run(workplace.request(words, common.language()), List.of());
                    Platform platform =
                            workplace
                                    .house()
                                    .platforms()
                                    .of(names.getFirst())
                                    .orElse(Platform.UNSEEN);
                    for (HostResult one :
                            result.results().stream()
                                    .filter(one -> one.call().tool().name().equals(tool))
                                    .filter(RecordCommand::isRecording)
                                    .limit(1)
                                    .toList()) {
                        Path folder = write(one, platform);
                        System.err.println(Sanitiser.line(folder.toString()));
                    }
                    return result;
                });
    }

    /// Only what a host printed is a recording: read, or refused by the tool.
    private static boolean isRecording(HostResult result) {
        boolean refused =
                result.outcome().word().equals("unreadable")
                        || (result.isChange() && result.outcome().word().equals("failed"));
        return !result.captures().isEmpty() && (result.reading().isPresent() || refused);
    }

    private Path write(HostResult result, Platform platform) throws IOException, CannotStart {
        // The platform's name comes from the host: it may not lead anywhere else.
        String label = platform.label().replaceAll("[^A-Za-z0-9._-]", "_");
        Path folder = into.resolve(tool).resolve(label + "--" + name);
        if (Files.exists(folder)) {
            throw new CannotStart(
                    Bilingual.of(
                            folder + " is there already; remove it or choose another case",
                            folder + " 已存在；请删除它或换一个用例名"),
                    2);
        }
        Files.createDirectories(folder);
        ObjectNode json = Json.mapper().createObjectNode();
        json.set("arguments", result.arguments());
        json.set("platform", Json.mapper().valueToTree(platform));
        var commands = json.putArray("commands");
        for (int index = 0; index < result.captures().size(); index++) {
            Capture capture = result.captures().get(index);
            ObjectNode command = commands.addObject();
            capture.argv().words().forEach(command.putArray("argv")::add);
            command.put("exit", capture.exit())
                    .put("asRoot", capture.asRoot())
                    .put("midpoint", capture.midpoint().toString())
                    .put("tookMillis", capture.took().toMillis())
                    .put("truncated", capture.truncated());
            Files.writeString(folder.resolve((index + 1) + ".stdout"), capture.stdout());
            Files.writeString(folder.resolve((index + 1) + ".stderr"), capture.stderr());
        }
        json.put("recorded", result.observedAt().map(Object::toString).orElse(""));
        json.put("note", note);
        Files.writeString(
                folder.resolve("case.json"),
                Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
        if (result.reading().isPresent()) {
            ObjectNode expected = Json.mapper().valueToTree(result.reading().get());
            expected.set("findings", Json.mapper().valueToTree(result.findings()));
            Files.writeString(
                    folder.resolve("expected.json"),
                    Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(expected)
                            + "\n");
        } else {
            Files.writeString(
                    folder.resolve("expected.error"), result.outcome().says().en() + "\n");
        }
        return folder;
    }
}
