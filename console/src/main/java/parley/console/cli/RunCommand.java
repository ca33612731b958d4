package parley.console.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import parley.console.settings.CannotStart;
import parley.console.turn.GivenCalls;
import parley.console.turn.Turn;
import parley.prompts.plan.Planner;
import parley.safety.gate.Pace;
import parley.tools.Bilingual;
import parley.tools.Hosts;
import parley.tools.Proposal;
import parley.tools.Tool;
import parley.tools.catalogue.Catalogue;
import parley.tools.schema.ArgumentWords;
import parley.tools.schema.BadArguments;

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
        Tool<?, ?> found = find(tool);
        ObjectNode json = arguments(found, arguments);
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
                    List<String> names = names(hosts, workplace.house().hosts());
                    Planner given = new GivenCalls(List.of(Proposal.Item.of(tool, json, names)));
                    return new Turn(workplace.house(), person, given, given, pace)
                            .run(workplace.request(words, common.language()), List.of());
                });
    }

    static Tool<?, ?> find(String name) throws CannotStart {
        return Catalogue.standard()
                .find(name)
                .orElseThrow(() ->
                        new CannotStart(
                                Bilingual.of(
                                        "there is no tool \""
                                                + name
                                                + "\"; parley tools lists them",
                                        "没有工具“" + name + "”；用 parley tools 查看全部工具"),
                                6));
    }

    /// The arguments of `found` as typed, checked against its types.
    static ObjectNode arguments(Tool<?, ?> found, String[] arguments) throws CannotStart {
        try {
            ObjectNode json = ArgumentWords.json(found.arguments(), List.of(arguments));
            Catalogue.bind(found, json);
            return json;
        } catch (BadArguments bad) {
            throw new CannotStart(
                    Bilingual.of(
                            found.name() + ": " + bad.why().en(),
                            found.name() + "：" + bad.why().zh()),
                    2);
        }
    }

    static List<String> names(List<String> hosts, Hosts inventory) throws CannotStart {
        List<String> names = new ArrayList<>();
        for (String name : hosts) {
            if (inventory.find(name).isPresent()) {
                names.add(inventory.find(name).get().name());
            } else if (!inventory.inGroup(name).isEmpty()) {
                names.addAll(inventory.inGroup(name));
            } else {
                throw new CannotStart(
                        Bilingual.of(
                                "no host or group \""
                                        + name
                                        + "\" in the inventory; parley hosts lists them",
                                "清单中没有主机或组“" + name + "”；用 parley hosts 查看"),
                        2);
            }
        }
        if (names.isEmpty() && inventory.size() == 1) {
            names.add(inventory.all().getFirst().name());
        }
        if (names.isEmpty()) {
            throw new CannotStart(
                    Bilingual.of("on which host? Give --host", "在哪台主机上？请给出 --host"), 5);
        }
        return names.stream().distinct().sorted().toList();
    }
}
