package parley.console.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import parley.console.repl.TypedCall;
import parley.console.turn.GivenCalls;
import parley.console.turn.Turn;
import parley.prompts.plan.Planner;
import parley.safety.gate.Pace;
import parley.tools.Proposal;
import parley.tools.catalogue.Catalogue;
import parley.tools.schema.Json;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs one tool with given arguments: no planner, the same gate and the same record.
@Command(
        name = "run",
        description = "run one tool: run TOOL name=value… --host H…",
        mixinStandardHelpOptions = true)
final class RunCommand extends Work {
    @Parameters(index = "0", paramLabel = "TOOL")
    String tool = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "name=value")
    String[] arguments = {};

    @Option(
            names = "--host",
            paramLabel = "H",
            description =
                    "a host or group of the inventory; may be repeated; without it the only host"
                            + " there is")
    List<String> hosts = new ArrayList<>();

    @Option(
            names = "--approve",
            paramLabel = "DIGEST",
            description = "the digest that plan printed; counts as a plain yes, never as more")
    @Nullable String approve;

    @Mixin PaceOptions paceOptions = new PaceOptions();

    @Override
    int work(PrintStream out) throws Exception {
        Pace pace = paceOptions.pace();
        // That somebody asked for what does not exist is recorded, too: the turn refuses it.
        boolean exists = Catalogue.standard().find(tool).isPresent();
        ObjectNode json =
                exists
                        ? TypedCall.arguments(TypedCall.tool(tool), List.of(arguments))
                        : Json.mapper().createObjectNode();
        String words =
                "run "
                        + tool
                        + " "
                        + String.join(" ", arguments)
                        + " --host "
                        + String.join(" --host ", hosts);
        return OneShot.run(
                common,
                out,
                words,
                Optional.ofNullable(approve),
                (workplace, person) -> {
                    List<String> names = TypedCall.hosts(hosts, workplace.house().hosts());
                    Planner given = new GivenCalls(List.of(Proposal.Item.of(tool, json, names)));
                    return new Turn(workplace.house(), person, List.of(given), pace)
                            .run(workplace.request(words, common.language()), List.of());
                });
    }
}
