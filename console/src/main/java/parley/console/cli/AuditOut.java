package parley.console.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

import parley.console.repl.Screen;
import parley.console.repl.Terminals;
import parley.console.show.Paragraph;
import parley.console.show.TableView;
import parley.safety.gate.Sanitiser;
import parley.tools.Bilingual;
import parley.tools.Language;
import parley.tools.schema.Json;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// What an auditor's command prints: for people in their language and the width of their window,
/// made harmless; for programs as JSON. One of both, never mixed.
final class AuditOut {
    private final PrintStream out;
    private final Common common;
    private final int columns;
    private final ArrayNode whole = Json.mapper().createArrayNode();

    AuditOut(PrintStream out, Common common) {
        this.out = out;
        this.common = common;
        this.columns = columnsOf();
    }

    private static int columnsOf() {
        String columns = System.getenv().getOrDefault("COLUMNS", "");
        if (columns.matches("[1-9][0-9]{1,3}")) {
            return Integer.parseInt(columns);
        }
        if (Terminals.present()) {
            try (Screen screen = Terminals.question()) {
                return screen.columns();
            } catch (IOException unknown) {
                return 80;
            }
        }
        return 100;
    }

    boolean forPeople() {
        return common.output == Common.Output.text;
    }

    Language language() {
        return common.language();
    }

    int columns() {
        return columns;
    }

    String word(String en, String zh) {
        return Bilingual.of(en, zh).in(language());
    }

    /// A sentence, broken for the window. Nothing for programs.
    void say(Bilingual what) {
        say(what.in(language()));
    }

    void say(String line) {
        if (forPeople()) {
            Paragraph.wrap(Sanitiser.line(line), columns).forEach(out::println);
        }
    }

    /// Lines as they are, only made harmless: outputs and cards, not to be broken.
    void raw(String indent, String text, int most) {
        if (forPeople()) {
            Sanitiser.lines(text, most).forEach(line -> out.println(indent + line));
        }
    }

    void table(List<Bilingual> headings, List<Boolean> right, List<List<String>> rows) {
        if (!forPeople() || rows.isEmpty()) {
            return;
        }
        List<List<String>> clean = new ArrayList<>();
        rows.forEach(row -> clean.add(row.stream().map(Sanitiser::line).toList()));
        TableView.lines(
                        headings.stream().map(heading -> heading.in(language())).toList(),
                        right,
                        clean,
                        columns)
                .forEach(out::println);
    }

    /// One object for programs: a line of its own, or part of one array.
    void json(JsonNode object) throws IOException {
        switch (common.output) {
            case text -> {
                // People get sentences.
            }
            case json -> whole.add(object);
            case jsonl -> out.println(Json.mapper().writeValueAsString(object));
        }
    }

    /// Ends a list of objects.
    void end() throws IOException {
        if (common.output == Common.Output.json) {
            out.println(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(whole));
        }
    }

    /// A single object for programs.
    void only(JsonNode object) throws IOException {
        switch (common.output) {
            case text -> {
                // People get sentences.
            }
            case json ->
                    out.println(
                            Json.mapper()
                                    .writerWithDefaultPrettyPrinter()
                                    .writeValueAsString(object));
            case jsonl -> out.println(Json.mapper().writeValueAsString(object));
        }
    }

    PrintStream stream() {
        return out;
    }
}
