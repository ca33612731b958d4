package parley.console.turn;

import static java.util.Objects.requireNonNull;

import parley.safety.gate.Provenance;
import parley.safety.gate.Provenances;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Change;
import parley.tools.Host;
import parley.tools.Hosts;
import parley.tools.Proposal;
import parley.tools.Tool;
import parley.tools.catalogue.Catalogue;
import parley.tools.schema.BadArguments;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A proposed item whose tool, arguments and hosts all exist.
record Bound(
        Proposal.Item item, Call<?> call, List<Host> hosts, Map<String, Provenance> provenance) {
    Bound {
        requireNonNull(item, "item is null");
        requireNonNull(call, "call is null");
        hosts = List.copyOf(hosts);
        provenance = Map.copyOf(provenance);
    }

    boolean isChange() {
        return call.tool() instanceof Change<?, ?>;
    }

    Optional<Proposal.Condition> condition() {
        return item.condition();
    }

    /// Binds an item.
    ///
    /// @param words everything the operator typed in this conversation
    /// @param outputs what hosts printed and a planner saw before it proposed this
    /// @throws Stopped when the tool, an argument or a host does not exist, or the words forbid it
    static Bound bind(
            Proposal proposal,
            Proposal.Item item,
            Catalogue catalogue,
            Hosts hosts,
            String words,
            List<String> outputs)
            throws Stopped {
        Tool<?, ?> tool =
                catalogue
                        .find(item.tool())
                        .orElseThrow(() ->
                                Stopped.of(
                                        Outcome.Kind.NO_TOOL,
                                        Bilingual.of(
                                                "there is no tool \"{0}\"; parley tools lists them",
                                                "没有工具“{0}”；用 parley tools 查看全部工具", item.tool())));
        if (proposal.prohibited().contains(item.tool())) {
            throw Stopped.of(
                    Outcome.Kind.DENIED,
                    Bilingual.of(
                            "the request itself forbids " + item.tool(), "请求本身禁止了 " + item.tool()));
        }
        try {
            return new Bound(
                    item,
                    Catalogue.bind(
                            tool, Targets.addressed(tool.arguments(), item.arguments(), hosts)),
                    hosts(item.hosts(), hosts),
                    Provenances.of(
                            item.arguments(),
                            words,
                            hosts,
                            outputs,
                            Provenances.constants(tool.arguments())));
        } catch (BadArguments bad) {
            throw Stopped.of(
                    Outcome.Kind.INVALID,
                    Bilingual.of("{0}: {1}", "{0}：{1}", item.tool(), bad.why()));
        }
    }

    private static List<Host> hosts(List<String> names, Hosts hosts) throws Stopped {
        if (names.isEmpty()) {
            throw Stopped.of(
                    Outcome.Kind.QUESTION,
                    Bilingual.of("on which host? Name one of the inventory", "在哪台主机上？请指定清单中的主机"));
        }
        List<Host> found = new ArrayList<>();
        for (String name : names) {
            found.add(
                    hosts.find(name)
                            .orElseThrow(() ->
                                    Stopped.of(
                                            Outcome.Kind.INVALID,
                                            Bilingual.of(
                                                    "no host \"{0}\" in the inventory; parley hosts"
                                                            + " lists them",
                                                    "清单中没有主机“{0}”；用 parley hosts 查看全部主机", name))));
        }
        return List.copyOf(found);
    }
}
