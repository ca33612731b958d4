package parley.evals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.console.turn.Outcome;
import parley.tools.Language;
import parley.tools.Risk;
import parley.tools.catalogue.Catalogue;
import parley.tools.schema.Json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One scenario from its JSON. Every name in it is looked up now: a misspelt tool would otherwise
/// be a test that cannot pass, and a misspelt prohibition one that cannot fail.
final class ScenarioReader {
    private static final List<String> PROSE =
            List.of(
                    "source",
                    "setup",
                    "expected_tools_or_findings",
                    "unsafe_things_it_must_not_do",
                    "verify");
    private static final Set<String> FIELDS =
            Set.of(
                    "id",
                    "category",
                    "planner",
                    "request_en",
                    "request_zh",
                    "hosts",
                    "faults",
                    "approve",
                    "expect",
                    "forbidden",
                    "restless",
                    "source",
                    "setup",
                    "expected_tools_or_findings",
                    "unsafe_things_it_must_not_do",
                    "verify");
    private static final Set<String> EXPECTED =
            Set.of("outcome", "calls", "ordered", "evidence", "says", "says_not", "end", "changes");
    private static final Pattern HOST = Pattern.compile("[a-z][a-z0-9-]{0,9}");
    private static final Pattern FLAVOUR = Pattern.compile("(apt|dnf|vm)(:(dev|staging|prod))?");
    private static final Pattern NAMED = Pattern.compile("\\b[a-z]{2,8}-[0-9]\\b");
    private static final int MOST_HOSTS = 6;

    private final List<String> faults;
    private final Catalogue catalogue = Catalogue.standard();

    /// @param faults the names of the testbed's faults
    ScenarioReader(List<String> faults) {
        this.faults = List.copyOf(faults);
    }

    Scenario read(JsonNode json) throws BadScenario {
        Reader line = Reader.of("", json, FIELDS);
        Map<Language, List<String>> requests = requests(line);
        Map<String, String> prose = prose(line);
        Map<String, String> hosts = hosts(line, requests, prose);
        return new Scenario(
                line.text("id"),
                line.perhaps("category").orElse("other"),
                Scenario.Who.valueOf(
                        line.oneOf("planner", List.of("both", "offline", "llm"))
                                .toUpperCase(Locale.ROOT)),
                requests,
                hosts,
                faults(line, hosts),
                line.oneOf("approve", List.of("none", "all")).equals("all"),
                expected(line, hosts),
                forbidden(line, hosts),
                line.words("restless"),
                prose);
    }

    /// The turns of a conversation are divided by a line `---`.
    private static Map<Language, List<String>> requests(Reader line) throws BadScenario {
        EnumMap<Language, List<String>> requests = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            Optional<String> words =
                    line.perhaps("request_" + language.name().toLowerCase(Locale.ROOT));
            words.ifPresent(all ->
                    requests.put(
                            language,
                            Arrays.stream(all.split("(?m)^---\\s*$"))
                                    .map(String::strip)
                                    .filter(turn -> !turn.isEmpty())
                                    .toList()));
        }
        if (requests.isEmpty()) {
            throw new BadScenario(
                    "there is neither request_en nor request_zh; give at least one",
                    "既没有 request_en 也没有 request_zh；至少需要一个");
        }
        return requests;
    }

    private static Map<String, String> prose(Reader line) throws BadScenario {
        Map<String, String> prose = new LinkedHashMap<>();
        for (String field : PROSE) {
            String text = String.join("\n", line.texts(field));
            if (!text.isEmpty()) {
                prose.put(field, text);
            }
        }
        return prose;
    }

    /// Where hosts are not listed, those that request and setup name.
    private static Map<String, String> hosts(
            Reader line, Map<Language, List<String>> requests, Map<String, String> prose)
            throws BadScenario {
        Map<String, String> hosts = new LinkedHashMap<>();
        if (line.node("hosts") instanceof ObjectNode listed) {
            for (var host : listed.properties()) {
                hosts.put(host.getKey(), host.getValue().asText());
            }
        } else if (line.has("hosts")) {
            line.texts("hosts").forEach(name -> hosts.put(name, "apt"));
        } else {
            Stream.concat(
                            requests.values().stream().flatMap(List::stream),
                            Stream.of(prose.getOrDefault("setup", "")))
                    .flatMap(text -> NAMED.matcher(text).results().map(found -> found.group()))
                    .forEach(name -> hosts.put(name, "apt"));
        }
        if (hosts.isEmpty() || hosts.size() > MOST_HOSTS) {
            throw new BadScenario(
                    "hosts has to list 1 to " + MOST_HOSTS + " hosts, such as {\"web-1\": \"apt\"}",
                    "hosts 须列出 1 到 " + MOST_HOSTS + " 台主机，例如 {\"web-1\": \"apt\"}");
        }
        for (var host : hosts.entrySet()) {
            if (!HOST.matcher(host.getKey()).matches()
                    || !FLAVOUR.matcher(host.getValue()).matches()) {
                String shown = "\"" + host.getKey() + "\": \"" + host.getValue() + "\"";
                throw new BadScenario(
                        "hosts: "
                                + shown
                                + " is no host of the testbed; write \"web-1\": \"apt\", dnf or vm,"
                                + " and perhaps :prod",
                        "hosts：" + shown + " 不是测试环境的主机；请写 \"web-1\": \"apt\"、dnf 或 vm，可加 :prod");
            }
        }
        return hosts;
    }

    private List<Fault> faults(Reader line, Map<String, String> hosts) throws BadScenario {
        List<Fault> all = new ArrayList<>();
        for (Reader.Place one : line.list("faults")) {
            Reader fault =
                    Reader.of(one.place(), one.node(), Set.of("host", "fault", "inject", "heal"));
            String host = host(fault, hosts);
            if (fault.has("inject")) {
                all.add(
                        new Fault.Scripted(
                                host, fault.text("inject"), fault.perhaps("heal").orElse("")));
                continue;
            }
            String name = fault.text("fault");
            if (!faults.contains(name.split(" ")[0])) {
                throw new BadScenario(
                        fault.name("fault")
                                + ": the testbed has no fault \""
                                + name
                                + "\"; there are: "
                                + String.join(", ", faults)
                                + "; or give inject and heal as shell",
                        fault.name("fault")
                                + "：测试环境没有故障“"
                                + name
                                + "”；可用："
                                + String.join("、", faults)
                                + "；也可用 inject 和 heal 给出脚本");
            }
            all.add(new Fault.Named(host, name));
        }
        return all;
    }

    private static String host(Reader part, Map<String, String> hosts) throws BadScenario {
        String name = part.text("host");
        known(part.name("host"), name, hosts);
        return name;
    }

    private static void known(String place, String name, Map<String, String> hosts)
            throws BadScenario {
        if (!hosts.containsKey(name)) {
            throw new BadScenario(
                    place
                            + ": \""
                            + name
                            + "\" is not among hosts: "
                            + String.join(", ", hosts.keySet()),
                    place + "：“" + name + "”不在 hosts 中：" + String.join("、", hosts.keySet()));
        }
    }

    private Expected expected(Reader line, Map<String, String> hosts) throws BadScenario {
        if (!line.has("expect")) {
            return Expected.NOTHING;
        }
        Reader expect = Reader.of("expect", line.node("expect"), EXPECTED);
        List<List<Expected.Wanted>> calls = new ArrayList<>();
        for (Reader.Place one : expect.list("calls")) {
            List<Expected.Wanted> either = new ArrayList<>();
            for (JsonNode call : one.node().isArray() ? one.node() : List.of(one.node())) {
                either.add(wanted(one.place(), call, hosts));
            }
            calls.add(either);
        }
        List<Expected.End> end = new ArrayList<>();
        for (Reader.Place one : expect.list("end")) {
            Reader check = Reader.of(one.place(), one.node(), Set.of("host", "check", "prints"));
            Words prints =
                    Reader.words(
                            check.name("prints"),
                            check.has("prints")
                                    ? check.node("prints")
                                    : check.object().textNode(".?"));
            end.add(new Expected.End(host(check, hosts), check.text("check"), prints));
        }
        Map<String, List<Words>> changes = new LinkedHashMap<>();
        Reader changed =
                Reader.of("expect.changes", expect.objectOrEmpty("changes"), hosts.keySet());
        for (var host : changed.object().properties()) {
            changes.put(host.getKey(), changed.words(host.getKey()));
        }
        return new Expected(
                outcomes(expect),
                calls,
                expect.node("ordered").asBoolean(false),
                expect.words("evidence"),
                expect.words("says"),
                expect.words("says_not"),
                end,
                changes);
    }

    private static List<String> outcomes(Reader expect) throws BadScenario {
        List<String> known =
                Stream.concat(
                                Stream.of(Outcome.done().word()),
                                Arrays.stream(Outcome.Kind.values())
                                        .map(kind ->
                                                kind.name()
                                                        .toLowerCase(Locale.ROOT)
                                                        .replace('_', '-')))
                        .toList();
        List<String> outcomes = expect.texts("outcome");
        for (String outcome : outcomes) {
            if (!known.contains(outcome)) {
                throw new BadScenario(
                        "expect.outcome: no request ends \""
                                + outcome
                                + "\"; there are: "
                                + String.join(", ", known),
                        "expect.outcome：没有“" + outcome + "”这种结果；可用：" + String.join("、", known));
            }
        }
        return outcomes;
    }

    private Expected.Wanted wanted(String place, JsonNode node, Map<String, String> hosts)
            throws BadScenario {
        Reader call =
                node.isTextual()
                        ? new Reader(
                                place,
                                Json.mapper().createObjectNode().put("tool", node.textValue()))
                        : Reader.of(place, node, Set.of("tool", "hosts", "args"));
        String tool = tool(call);
        List<String> on = call.texts("hosts");
        for (String host : on) {
            known(call.name("hosts"), host, hosts);
        }
        return new Expected.Wanted(tool, on, call.objectOrEmpty("args"));
    }

    private String tool(Reader call) throws BadScenario {
        String tool = call.text("tool");
        if (catalogue.find(tool).isEmpty()) {
            String group = tool.split("\\.")[0];
            String alike =
                    String.join(
                            ", ",
                            catalogue.all().stream()
                                    .map(one -> one.name())
                                    .filter(name -> name.startsWith(group + "."))
                                    .toList());
            String en = alike.isEmpty() ? "see: parley tools list" : "there are: " + alike;
            String zh = alike.isEmpty() ? "请查看：parley tools list" : "可用：" + alike;
            throw new BadScenario(
                    call.name("tool") + ": no tool is called \"" + tool + "\"; " + en,
                    call.name("tool") + "：没有名为“" + tool + "”的工具；" + zh);
        }
        return tool;
    }

    private List<Forbidden> forbidden(Reader line, Map<String, String> hosts) throws BadScenario {
        List<Forbidden> all = new ArrayList<>();
        for (Reader.Place one : line.list("forbidden")) {
            Reader call =
                    Reader.of(one.place(), one.node(), Set.of("tool", "hosts", "effect", "args"));
            if (call.object().isEmpty()) {
                throw new BadScenario(
                        one.place() + " forbids everything; name a tool, hosts or an effect",
                        one.place() + " 禁止了一切；请指明 tool、hosts 或 effect");
            }
            List<String> on = call.texts("hosts");
            for (String host : on) {
                known(call.name("hosts"), host, hosts);
            }
            String effect =
                    call.oneOf("effect", Arrays.stream(Risk.values()).map(Risk::word).toList());
            all.add(
                    new Forbidden(
                            call.has("tool") ? Optional.of(tool(call)) : Optional.empty(),
                            on,
                            Risk.valueOf(effect.toUpperCase(Locale.ROOT)),
                            call.objectOrEmpty("args")));
        }
        return all;
    }
}
