package parley.console.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.safety.gate.Gate;
import parley.safety.gate.PolicyCase;
import parley.safety.gate.Question;
import parley.safety.policy.Policies;
import parley.tools.Card;
import parley.tools.Environment;
import parley.tools.Language;
import parley.tools.Risk;
import parley.tools.Tool;
import parley.tools.catalogue.Catalogue;
import parley.tools.schema.Json;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What each kind of call needs, for whom and where: an ordinary call in the operator's own words,
/// at a quiet hour.
record PolicyMatrix(Policies policies, Common common) {
    private static final List<String> ROLES = List.of("viewer", "operator", "reader");

    private record Row(String tool, Risk effect, List<String> verdicts) {}

    int print(PrintStream out, Optional<Path> html) throws IOException {
        List<Row> rows = rows();
        if (html.isPresent()) {
            Files.writeString(html.get(), page(rows));
            out.println(html.get());
            return 0;
        }
        if (common.output != Common.Output.text) {
            for (Row row : rows) {
                ObjectNode json =
                        Json.mapper()
                                .createObjectNode()
                                .put("tool", row.tool())
                                .put("effect", row.effect().word());
                for (int index = 0; index < row.verdicts().size(); index++) {
                    json.put(columns().get(index), row.verdicts().get(index));
                }
                out.println(json);
            }
            return 0;
        }
        List<List<String>> table = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("", ""));
        head.addAll(columns());
        table.add(head);
        for (Row row : rows) {
            List<String> cells = new ArrayList<>(List.of(row.tool(), row.effect().word()));
            cells.addAll(row.verdicts());
            table.add(cells);
        }
        Work.table(out, table);
        return 0;
    }

    private static List<String> columns() {
        List<String> columns = new ArrayList<>();
        for (Environment environment : Environment.values()) {
            ROLES.forEach(role -> columns.add(environment.word() + "/" + role));
        }
        return columns;
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Tool<?, ?> tool : Catalogue.standard().all()) {
            Card card = tool.card();
            for (Risk effect : Risk.values()) {
                if (effect.compareTo(card.risk()) >= 0 && effect.compareTo(card.worst()) <= 0) {
                    rows.add(new Row(card.name(), effect, verdicts(card.name(), effect)));
                }
            }
        }
        return rows;
    }

    private List<String> verdicts(String tool, Risk effect) {
        List<String> verdicts = new ArrayList<>();
        for (Environment environment : Environment.values()) {
            for (String role : ROLES) {
                ObjectNode json =
                        Json.mapper()
                                .createObjectNode()
                                .put("tool", tool)
                                .put("effect", effect.word());
                json.putObject("host").put("env", environment.word());
                json.putArray("roles").add(role);
                verdicts.add(PolicyCase.word(Gate.judge(policies, Question.read(json))));
            }
        }
        return verdicts;
    }

    private String page(List<Row> rows) {
        StringBuilder page = new StringBuilder("<!doctype html>\n<meta charset=\"utf-8\">\n");
        page.append("<title>").append(title()).append("</title>\n");
        page.append(
                """
                <style>
                body { font: 14px system-ui, sans-serif; margin: 2em }
                table { border-collapse: collapse }
                th, td { border: 1px solid #ccc; padding: 2px 8px; text-align: left }
                thead th { position: sticky; top: 0; background: #fff }
                .allow { background: #dff3e0 } .confirm { background: #fff6cc }
                .typed { background: #ffe3b8 } .second-person { background: #ffd0c2 }
                .deny { background: #e2e2e2 }
                </style>
                """);
        page.append("<h1>").append(title()).append("</h1>\n<p>").append(policies.hash());
        page.append("</p>\n<table><thead><tr><th></th><th></th>");
        columns().forEach(column -> page.append("<th>").append(column).append("</th>"));
        page.append("</tr></thead>\n");
        for (Row row : rows) {
            page.append("<tr><th>").append(row.tool()).append("</th><td>");
            page.append(row.effect().word()).append("</td>");
            row.verdicts()
                    .forEach(verdict ->
                            page.append("<td class=\"")
                                    .append(verdict)
                                    .append("\">")
                                    .append(verdict)
                                    .append("</td>"));
            page.append("</tr>\n");
        }
        return page.append("</table>\n").toString();
    }

    private String title() {
        return common.language() == Language.ZH
                ? "策略矩阵：工具 × 环境 × 角色"
                : "Policy matrix: tools × environments × roles";
    }
}
