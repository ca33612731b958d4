package parley.console.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.console.repl.TypedCall;
import parley.console.settings.CannotStart;
import parley.tools.Bilingual;
import parley.tools.Family;
import parley.tools.Language;
import parley.tools.Support;
import parley.tools.Tool;
import parley.tools.catalogue.Catalogue;
import parley.tools.schema.Json;
import parley.tools.schema.Schema;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// Shows what can be done: the catalogue, or one card of it.
@Command(
        name = "tools",
        description =
                "what can be done: tools list, tools show NAME; what a host must permit: tools"
                        + " sudoers --host H",
        mixinStandardHelpOptions = true)
final class ToolsCommand extends Work {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "list|show|sudoers",
            defaultValue = "list")
    String what = "list";

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", defaultValue = "")
    String name = "";

    @Mixin SudoersOptions sudoers = new SudoersOptions();

    @Override
    int work(PrintStream out) throws Exception {
        Language language = common.language();
        switch (what) {
            case "list" -> list(out, language);
            case "show" -> show(out, language);
            case "sudoers" -> sudoers.lines(common.options()).forEach(out::println);
            default ->
                    throw new CannotStart(
                            Bilingual.of(
                                    "tools list, tools show NAME, or tools sudoers --host H; not"
                                            + " \"{0}\"",
                                    "用法：tools list、tools show 名称，或 tools sudoers --host 主机；没有“{0}”",
                                    what),
                            2);
        }
        return 0;
    }

    private void list(PrintStream out, Language language) throws Exception {
        List<Tool<?, ?>> tools = Catalogue.standard().all();
        switch (common.output) {
            case text -> {
                List<List<String>> rows = new ArrayList<>();
                for (Tool<?, ?> tool : tools) {
                    rows.add(
                            List.of(
                                    tool.name(),
                                    tool.card().worst().word(),
                                    proven(tool),
                                    tool.card().title().in(language)));
                }
                table(out, rows);
            }
            case json -> {
                ArrayNode array = Json.mapper().createArrayNode();
                tools.forEach(tool -> array.add(json(tool, language)));
                out.println(
                        Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(array));
            }
            case jsonl -> {
                for (Tool<?, ?> tool : tools) {
                    out.println(Json.mapper().writeValueAsString(json(tool, language)));
                }
            }
        }
    }

    private static String proven(Tool<?, ?> tool) {
        List<String> families = new ArrayList<>();
        for (Family family : Family.values()) {
            if (tool.card().support(family) == Support.PROVEN) {
                families.add(family.word());
            }
        }
        return String.join(" ", families);
    }

    private static ObjectNode json(Tool<?, ?> tool, Language language) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("name", tool.name());
        json.put("group", tool.card().group());
        json.put("effect", tool.card().worst().word());
        ObjectNode families = json.putObject("families");
        for (Family family : Family.values()) {
            if (family != Family.UNKNOWN) {
                families.put(family.word(), tool.card().support(family).word());
            }
        }
        json.set("arguments", Schema.of(tool.arguments(), language));
        return json;
    }

    private void show(PrintStream out, Language language) throws Exception {
        Tool<?, ?> tool = TypedCall.tool(name);
        if (common.output != Common.Output.text) {
            out.println(
                    Json.mapper()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(json(tool, language)));
            return;
        }
        boolean english = language == Language.EN;
        out.println(tool.name() + " — " + tool.card().title().in(language));
        out.println((english ? "effect: " : "影响：") + tool.card().worst().word());
        for (Family family : Family.values()) {
            if (family != Family.UNKNOWN) {
                out.println("  " + family.word() + ": " + tool.card().support(family).word());
            }
        }
        out.println(english ? "people type:" : "可以这样说：");
        tool.card().examples().forEach(example -> out.println("  " + example.in(language)));
        out.println(english ? "arguments:" : "参数：");
        out.println(
                Json.mapper()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(
                                Schema.of(tool.arguments(), language).get("properties")));
    }
}
