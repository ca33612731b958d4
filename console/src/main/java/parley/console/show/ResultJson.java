package parley.console.show;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.console.turn.HostResult;
import parley.console.turn.TurnResult;
import parley.tools.Undo;
import parley.tools.schema.Json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The result of a request as JSON. `tool` and `hosts` are those of the first call; with several
/// calls, `steps` lists each of them in the same form.
public final class ResultJson {
    private ResultJson() {}

    public static ObjectNode of(TurnResult result) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("request", result.request().words());
        Map<String, List<HostResult>> calls =
                result.results().stream()
                        .collect(
                                Collectors.groupingBy(
                                        one -> one.call().tool().name() + one.arguments(),
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        call(json, calls.isEmpty() ? List.of() : calls.values().iterator().next());
        json.put("outcome", result.outcome().word());
        if (calls.size() > 1) {
            ArrayNode steps = json.putArray("steps");
            calls.values().forEach(call -> call(steps.addObject(), call));
        }
        result.question()
                .ifPresent(question -> {
                    json.put("about", question.about().word());
                    question.choices().forEach(json.putArray("choices")::add);
                });
        ArrayNode evidence = json.putArray("evidence");
        result.results().stream()
                .flatMap(HostResult::all)
                .forEach(one -> evidence(evidence.addObject(), one));
        json.put("answer", answer(result));
        if (result.usage().replies() > 0) {
            json.set("usage", Json.mapper().valueToTree(result.usage()));
        }
        return json;
    }

    /// The answer in words: a model's, then the sentences; what happened when there are none.
    public static String answer(TurnResult result) {
        String sentences =
                result.answer().stream().map(one -> one.text()).collect(Collectors.joining("\n"));
        String words =
                result.modelWords().isEmpty() ? sentences : result.modelWords() + "\n" + sentences;
        return words.isEmpty() ? result.outcome().says().in(result.request().language()) : words;
    }

    private static void call(ObjectNode json, List<HostResult> hosts) {
        if (hosts.isEmpty()) {
            json.putNull("tool");
        } else {
            json.put("tool", hosts.getFirst().call().tool().name());
            json.set("args", hosts.getFirst().arguments());
        }
        ArrayNode array = json.putArray("hosts");
        for (HostResult host : hosts) {
            ObjectNode one = array.addObject();
            one.put("host", host.host());
            one.put("outcome", host.outcome().word());
            one.put("status", host.status());
            one.set("argv", Json.mapper().valueToTree(host.argv()));
            one.set(
                    "reading",
                    Json.mapper()
                            .valueToTree(
                                    host.reading().map(reading -> reading.value()).orElse(null)));
            one.put("truncated", host.truncated());
            one.put("observedAt", host.observedAt().map(Object::toString).orElse(null));
            host.undo().ifPresent(undo -> undo(one.putObject("undo"), host, undo));
            if (host.outcome().exitCode() != 0) {
                one.put("why", host.outcome().says().en());
            }
        }
    }

    private static void undo(ObjectNode json, HostResult host, Undo undo) {
        json.put("possible", undo.possible()).put("how", undo.how().en());
        host.undoCommand().ifPresent(command -> json.put("run", command));
    }

    private static void evidence(ObjectNode json, HostResult result) {
        json.put("id", result.id())
                .put("tool", result.call().tool().name())
                .put("host", result.host());
        ArrayNode outputs = json.putArray("outputs");
        result.captures()
                .forEach(capture ->
                        outputs.addObject()
                                .put("exit", capture.exit())
                                .put("stdout", capture.stdout())
                                .put("stderr", capture.stderr()));
    }
}
