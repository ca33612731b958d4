package parley.console.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.console.settings.CannotStart;
import parley.console.settings.Workplace;
import parley.console.turn.GivenCalls;
import parley.console.turn.Turn;
import parley.prompts.plan.Planner;
import parley.tools.Bilingual;
import parley.tools.Host;
import parley.tools.Hosts;
import parley.tools.Proposal;
import parley.tools.schema.Json;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lists the hosts of the inventory, or asks each of them who it is.
@Command(
        name = "hosts",
        description = "the hosts there are: hosts list, hosts check",
        mixinStandardHelpOptions = true)
final class HostsCommand extends Work {
    @Parameters(index = "0", arity = "0..1", paramLabel = "list|check", defaultValue = "list")
    String what = "list";

    @Override
    int work(PrintStream out) throws Exception {
        return switch (what) {
            case "list" -> list(out, Workplace.hosts(common.options()));
            case "check" -> check(out);
            default ->
                    throw new CannotStart(
                            Bilingual.of(
                                    "hosts list, or hosts check; not \"{0}\"",
                                    "用法：hosts list 或 hosts check；没有“{0}”", what),
                            2);
        };
    }

    private int list(PrintStream out, Hosts hosts) throws Exception {
        List<List<String>> rows = new ArrayList<>();
        ArrayNode array = Json.mapper().createArrayNode();
        for (Host host : hosts.all()) {
            List<String> groups = host.groups().stream().sorted().toList();
            rows.add(
                    List.of(
                            host.name(),
                            host.address().orElse("(local)"),
                            host.environment().word(),
                            String.join(",", groups),
                            String.join(",", host.aliases().stream().sorted().toList())));
            ObjectNode json =
                    array.addObject()
                            .put("host", host.name())
                            .put("env", host.environment().word());
            host.address().ifPresent(address -> json.put("address", address));
            groups.forEach(json.putArray("groups")::add);
            host.aliases().stream().sorted().forEach(json.putArray("aliases")::add);
        }
        switch (common.output) {
            case text -> table(out, rows);
            case json ->
                    out.println(
                            Json.mapper()
                                    .writerWithDefaultPrettyPrinter()
                                    .writeValueAsString(array));
            case jsonl -> {
                for (var host : array) {
                    out.println(Json.mapper().writeValueAsString(host));
                }
            }
        }
        return 0;
    }

    /// Contacts every host: the ordinary way, through gate and record.
    private int check(PrintStream out) throws Exception {
        return OneShot.run(
                common,
                out,
                "hosts check",
                Optional.empty(),
                (workplace, person) -> {
                    List<String> names =
                            workplace.house().hosts().all().stream().map(Host::name).toList();
                    Planner given =
                            new GivenCalls(
                                    List.of(
                                            Proposal.Item.of(
                                                    "host.identify",
                                                    Json.mapper().createObjectNode(),
                                                    names)));
                    return new Turn(workplace.house(), person, List.of(given))
                            .run(workplace.request("hosts check", common.language()), List.of());
                });
    }
}
