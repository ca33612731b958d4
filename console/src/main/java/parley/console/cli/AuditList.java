package parley.console.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.safety.record.AuditReader;
import parley.safety.record.Recorded;
import parley.safety.record.story.Story;
import parley.tools.Bilingual;
import parley.tools.schema.Json;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The requests there were, newest first.
@Command(name = "list", description = "the requests, newest first", mixinStandardHelpOptions = true)
final class AuditList extends AuditWork {
    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "how many requests (50), the newest first",
            defaultValue = "50")
    int limit = 50;

    @Override
    String asked() {
        return "list --limit " + limit;
    }

    @Override
    int look(AuditOut out, Path record) throws Exception {
        AuditReader reader = AuditReader.of(record);
        Deque<Recorded> requests = new ArrayDeque<>();
        Map<String, String> outcomes = new HashMap<>();
        try (Stream<Recorded> entries = reader.entries(Set.of("request", "answer"))) {
            entries.forEach(entry -> {
                if (entry.type().equals("answer")) {
                    outcomes.put(entry.run(), entry.outcome());
                    return;
                }
                requests.addLast(entry);
                if (requests.size() > limit) {
                    outcomes.remove(requests.removeFirst().run());
                }
            });
        }
        List<List<String>> rows = new ArrayList<>();
        for (Iterator<Recorded> newest = requests.descendingIterator(); newest.hasNext(); ) {
            Recorded request = newest.next();
            String outcome = outcomes.getOrDefault(request.run(), "unfinished");
            String words = Story.text(reader, request, "words");
            rows.add(
                    List.of(
                            request.run(),
                            request.time().toString(),
                            request.actor(),
                            outcome,
                            words));
            ObjectNode json = Json.mapper().createObjectNode();
            json.put("run", request.run()).put("time", request.time().toString());
            json.put("operator", request.actor()).put("outcome", outcome).put("words", words);
            out.json(json);
        }
        out.table(
                List.of(
                        Bilingual.of("request", "请求"),
                        Bilingual.of("time", "时间"),
                        Bilingual.of("operator", "操作员"),
                        Bilingual.of("outcome", "结果"),
                        Bilingual.of("words", "原话")),
                List.of(false, false, false, false, false),
                rows);
        if (rows.isEmpty()) {
            out.say(Bilingual.of("no requests yet", "还没有请求"));
        }
        out.end();
        return 0;
    }
}
