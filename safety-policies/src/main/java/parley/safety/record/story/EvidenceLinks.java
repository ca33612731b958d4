package parley.safety.record.story;

import com.fasterxml.jackson.databind.JsonNode;

import parley.safety.record.Recorded;
import parley.tools.schema.Json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// From what an answer cites (`#1.2`: the second command of the first piece of evidence) to the
/// entry that holds it.
public final class EvidenceLinks {
    private final Map<String, List<Recorded>> results = new HashMap<>();

    private EvidenceLinks() {}

    /// The links of a story; without any where its answer does not say what its numbers are.
    public static EvidenceLinks of(Story story) {
        EvidenceLinks links = new EvidenceLinks();
        Optional<String> body = story.answer().map(entry -> story.text(entry, "evidence"));
        if (body.isEmpty() || !body.get().startsWith("[{")) {
            return links;
        }
        try {
            Set<Long> used = new HashSet<>();
            List<Recorded> ends = new ArrayList<>(story.entries("exec.result"));
            ends.addAll(story.entries("exec.unknown"));
            for (JsonNode one : Json.mapper().readTree(body.get())) {
                List<Recorded> own = new ArrayList<>();
                for (JsonNode argv : one.path("argv")) {
                    ends.stream()
                            .filter(end -> !used.contains(end.sequence()) && is(end, one, argv))
                            .findFirst()
                            .ifPresent(end -> {
                                used.add(end.sequence());
                                own.add(end);
                            });
                }
                links.results.put(one.path("id").asText(), own);
            }
        } catch (IOException erasedOrAltered) {
            links.results.clear();
        }
        return links;
    }

    private static boolean is(Recorded end, JsonNode evidence, JsonNode argv) {
        List<String> ran = Fields.texts(end, "argv");
        List<String> shown = new ArrayList<>();
        argv.forEach(word -> shown.add(word.asText()));
        return Fields.text(end, "tool").equals(evidence.path("tool").asText())
                && Fields.text(end, "host").equals(evidence.path("host").asText())
                && end.header().path("arguments").equals(evidence.path("arguments"))
                && ran.size() >= shown.size()
                && ran.subList(ran.size() - shown.size(), ran.size()).equals(shown);
    }

    /// The entry that `#1` or `#1.2` stands for; of `#1` alone, the last command.
    public Optional<Recorded> entry(String id, Optional<Integer> command) {
        List<Recorded> own = results.getOrDefault(id, List.of());
        int at = command.map(number -> number - 1).orElse(own.size() - 1);
        return at >= 0 && at < own.size() ? Optional.of(own.get(at)) : Optional.empty();
    }
}
