package parley.console.repl;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.console.settings.CannotStart;
import parley.tools.Bilingual;
import parley.tools.Hosts;
import parley.tools.Proposal;
import parley.tools.Tool;
import parley.tools.catalogue.Catalogue;
import parley.tools.schema.ArgumentWords;
import parley.tools.schema.BadArguments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A call as it is typed: `TOOL name=value… --host H…`.
public final class TypedCall {
    private TypedCall() {}

    /// The item that this line of the console stands for.
    static Proposal.Item of(String line, Hosts inventory) throws CannotStart {
        List<String> words = new ArrayList<>(Arrays.asList(line.strip().split("\\s+")));
        List<String> hosts = new ArrayList<>();
        for (int at = words.indexOf("--host"); at >= 0; at = words.indexOf("--host")) {
            if (at + 1 == words.size()) {
                throw onWhich();
            }
            hosts.add(words.remove(at + 1));
            words.remove(at);
        }
        Tool<?, ?> tool = tool(words.removeFirst());
        return Proposal.Item.of(tool.name(), arguments(tool, words), hosts(hosts, inventory));
    }

    public static Tool<?, ?> tool(String name) throws CannotStart {
        return Catalogue.standard()
                .find(name)
                .orElseThrow(() ->
                        new CannotStart(
                                Bilingual.of(
                                        "there is no tool \"{0}\"; parley tools lists them",
                                        "没有工具“{0}”；用 parley tools 查看全部工具", name),
                                6));
    }

    /// The arguments of `found` as typed, checked against its types.
    public static ObjectNode arguments(Tool<?, ?> found, List<String> arguments)
            throws CannotStart {
        try {
            ObjectNode json = ArgumentWords.json(found.arguments(), arguments);
            Catalogue.bind(found, json);
            return json;
        } catch (BadArguments bad) {
            throw new CannotStart(Bilingual.of("{0}: {1}", "{0}：{1}", found.name(), bad.why()), 2);
        }
    }

    /// Hosts and groups as hosts, sorted; the only host there is where none is named.
    public static List<String> hosts(List<String> hosts, Hosts inventory) throws CannotStart {
        List<String> names = new ArrayList<>();
        for (String name : hosts) {
            if (inventory.find(name).isPresent()) {
                names.add(inventory.find(name).get().name());
            } else if (!inventory.inGroup(name).isEmpty()) {
                names.addAll(inventory.inGroup(name));
            } else {
                throw new CannotStart(
                        Bilingual.of(
                                "no host or group \"{0}\" in the inventory; parley hosts lists"
                                        + " them",
                                "清单中没有主机或组“{0}”；用 parley hosts 查看", name),
                        2);
            }
        }
        if (names.isEmpty() && inventory.size() == 1) {
            names.add(inventory.all().getFirst().name());
        }
        if (names.isEmpty()) {
            throw onWhich();
        }
        return names.stream().distinct().sorted().toList();
    }

    private static CannotStart onWhich() {
        return new CannotStart(Bilingual.of("on which host? Give --host", "在哪台主机上？请给出 --host"), 5);
    }
}
