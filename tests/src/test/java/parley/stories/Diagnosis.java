package parley.stories;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.tools.schema.Json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The answer of one request as JSON, as far as it is a diagnosis.
record Diagnosis(JsonNode json) {
    /// `[#1.3 line 4]`, `[#1 第 2–5 行]`.
    private static final Pattern CITED =
            Pattern.compile("(#\\d+)(?:\\.(\\d+))?(?: (?:lines? |第 )(\\d+)(?:–(\\d+))?)?");

    static Diagnosis of(String printed) throws IOException {
        return new Diagnosis(Json.mapper().readTree(printed));
    }

    /// `host-slow`; the name of the tool where another than a diagnosis was asked.
    String symptom() {
        return isDiagnosis()
                ? json.path("args").path("diagnosis").asText()
                : json.path("tool").asText();
    }

    private boolean isDiagnosis() {
        return json.path("tool").asText().equals("diag.run");
    }

    /// Conclusions that name something wrong, on all hosts, the first first.
    List<JsonNode> causes() {
        if (!isDiagnosis()) {
            return sentences();
        }
        List<JsonNode> causes = new ArrayList<>();
        for (JsonNode one : conclusions()) {
            boolean sure = List.of("CONFIRMED", "LIKELY").contains(one.path("confidence").asText());
            boolean grave = List.of("CRITICAL", "WARNING").contains(one.path("severity").asText());
            if (sure && grave) {
                causes.add(one);
            }
        }
        return causes;
    }

    /// The sentences of any other tool, each in the form of a conclusion, with the lines it cites.
    private List<JsonNode> sentences() {
        List<JsonNode> sentences = new ArrayList<>();
        json.path("answer")
                .asText()
                .lines()
                .forEach(line -> {
                    ObjectNode one = Json.mapper().createObjectNode();
                    one.putObject("statement").put("en", line).put("zh", line);
                    ArrayNode evidence = one.putArray("evidence");
                    Matcher cited = CITED.matcher(line);
                    while (cited.find()) {
                        ObjectNode citation = evidence.addObject().put("id", cited.group(1));
                        ArrayNode lines = citation.putArray("lines");
                        if (cited.group(3) != null) {
                            String to = cited.group(4) == null ? cited.group(3) : cited.group(4);
                            lines.addObject()
                                    .put("capture", cited.group(2) == null ? "1" : cited.group(2))
                                    .put("from", cited.group(3))
                                    .put("to", to);
                        }
                    }
                    sentences.add(one);
                });
        return sentences;
    }

    List<JsonNode> conclusions() {
        List<JsonNode> all = new ArrayList<>();
        json.path("hosts")
                .forEach(host -> host.path("reading").path("conclusions").forEach(all::add));
        return all;
    }

    /// The causes whose statement holds `words`.
    List<JsonNode> causes(String language, Pattern words) {
        return causes().stream()
                .filter(one -> words.matcher(one.path("statement").path(language).asText()).find())
                .toList();
    }

    /// Everything that `cause` cites: the lines it names, or whole outputs where it names none.
    String cited(JsonNode cause) {
        StringBuilder text = new StringBuilder();
        for (JsonNode citation : cause.path("evidence")) {
            JsonNode outputs = evidence(citation.path("id").asText()).path("outputs");
            if (citation.path("lines").isEmpty()) {
                outputs.forEach(one ->
                        text.append(one.path("stdout").asText())
                                .append(one.path("stderr").asText())
                                .append('\n'));
            }
            for (JsonNode lines : citation.path("lines")) {
                String stdout =
                        outputs.path(lines.path("capture").asInt() - 1).path("stdout").asText();
                // Where programs end their rows with NUL, these are what is counted.
                List<String> all =
                        stdout.indexOf('\0') < 0
                                ? stdout.lines().toList()
                                : List.of(stdout.split("\0"));
                int from = lines.path("from").asInt();
                int to = Math.min(lines.path("to").asInt(), all.size());
                all.subList(Math.min(from - 1, to), to)
                        .forEach(line -> text.append(line).append('\n'));
            }
        }
        return text.toString();
    }

    /// Every citation names evidence that is there, and every quote stands in the lines it cites.
    List<String> ungrounded() {
        List<String> wrong = new ArrayList<>();
        for (JsonNode one : conclusions()) {
            String cited = plain(cited(one));
            for (JsonNode citation : one.path("evidence")) {
                if (evidence(citation.path("id").asText()).isMissingNode()) {
                    wrong.add(
                            "no evidence " + citation.path("id") + " for " + one.path("statement"));
                }
                for (JsonNode quote : citation.path("quotes")) {
                    if (!cited.contains(plain(quote.asText()))) {
                        wrong.add("not in the lines cited: " + quote);
                    }
                }
            }
        }
        return wrong;
    }

    /// The journal prints messages as JSON strings, with quotation marks and bytes escaped.
    private static String plain(String text) {
        return text.replaceAll("[\\\\\"\\s\\x00]", "");
    }

    private JsonNode evidence(String id) {
        for (JsonNode one : json.path("evidence")) {
            if (one.path("id").asText().equals(id)) {
                return one;
            }
        }
        return Json.mapper().missingNode();
    }

    /// How many calls of other tools it made.
    int calls() {
        return isDiagnosis()
                ? Math.max(0, json.path("evidence").size() - json.path("hosts").size())
                : 1;
    }
}
