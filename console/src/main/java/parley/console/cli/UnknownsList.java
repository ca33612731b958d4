package parley.console.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.console.turn.OpenUnknown;
import parley.safety.record.AuditReader;
import parley.safety.record.Unknowns;
import parley.tools.Language;
import parley.tools.schema.Json;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// The outcomes that nobody knows yet, as a list.
final class UnknownsList {
    private UnknownsList() {}

    static int print(PrintStream out, AuditReader reader, Common common) throws Exception {
        List<OpenUnknown> open = OpenUnknown.of(Unknowns.open(reader));
        boolean english = common.language() == Language.EN;
        List<List<String>> rows = new ArrayList<>();
        for (OpenUnknown one : open) {
            if (common.output == Common.Output.text) {
                rows.add(
                        List.of(
                                Long.toString(one.number()),
                                one.entry().time().toString(),
                                one.entry().actor(),
                                one.tool() + " " + one.entry().header().path("arguments"),
                                one.host()));
            } else {
                ObjectNode json = Json.mapper().createObjectNode();
                json.put("number", one.number()).put("time", one.entry().time().toString());
                json.put("operator", one.entry().actor()).put("tool", one.tool());
                json.set("args", one.entry().header().path("arguments"));
                json.put("host", one.host()).put("run", one.entry().run());
                out.println(Json.mapper().writeValueAsString(json));
            }
        }
        Work.table(out, rows);
        if (common.output == Common.Output.text) {
            out.println(
                    open.isEmpty()
                            ? english ? "no outcome is unknown" : "没有结果不明的操作"
                            : english
                                    ? "to look again: parley settle NUMBER"
                                    : "再次查看：parley settle 序号");
        }
        return 0;
    }
}
