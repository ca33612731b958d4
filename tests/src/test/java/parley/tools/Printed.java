package parley.tools;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Where a host's words reach a reading: each text of each tool's readings that stands as it is in
/// what a recorded host printed, on standard output or standard error.
public final class Printed {
    private static final int LEAST_LENGTH = 4;

    /// @param field the place in the reading, without numbers: `units[].description`
    public record Channel(String field, Recording recording, String text) {
        /// What a model would be shown, had the host printed `other` there; empty when the tool
        /// refuses to read that.
        public Optional<JsonNode> with(String other) {
            Call<?> call = recording.call();
            List<Capture> captures =
                    Replay.captures(call, recording).stream()
                            .map(capture -> replaced(capture, text, other))
                            .toList();
            try {
                return Optional.of(shown(call, recording.platform(), captures));
            } catch (Unreadable refused) {
                return Optional.empty();
            }
        }

        @Override
        public String toString() {
            return recording.tool() + " " + field;
        }
    }

    private Printed() {}

    /// One of each field of each tool.
    public static List<Channel> channels() {
        TreeMap<String, Channel> all = new TreeMap<>();
        for (Recording recording : Recording.all()) {
            Call<?> call = recording.call();
            if (recording.isFailure() || call.tool() instanceof Composite<?, ?>) {
                continue;
            }
            List<Capture> captures = Replay.captures(call, recording);
            String printed =
                    captures.stream()
                            .map(capture -> capture.stdout() + capture.stderr())
                            .reduce("", String::concat);
            try {
                collect("", shown(call, recording.platform(), captures), recording, printed, all);
            } catch (Unreadable never) {
                throw new IllegalStateException(recording + " is not readable any more", never);
            }
        }
        return List.copyOf(all.values());
    }

    private static void collect(
            String path,
            JsonNode node,
            Recording recording,
            String printed,
            Map<String, Channel> all) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field ->
                            collect(
                                    path + "." + field.getKey(),
                                    field.getValue(),
                                    recording,
                                    printed,
                                    all));
        } else if (node.isArray()) {
            node.forEach(element -> collect(path + "[]", element, recording, printed, all));
        } else if (node.isTextual()
                && node.asText().length() >= LEAST_LENGTH
                && printed.contains(node.asText())) {
            all.putIfAbsent(recording.tool() + path, new Channel(path, recording, node.asText()));
        }
    }

    private static <A extends Record> JsonNode shown(
            Call<A> call, Platform platform, List<Capture> captures) throws Unreadable {
        return Replay.read(call, platform, captures).path("reading");
    }

    private static Capture replaced(Capture capture, String text, String other) {
        String stdout = capture.stdout().replace(text, other);
        return new Capture(
                capture.argv(),
                capture.exit(),
                stdout,
                capture.stderr().replace(text, other),
                stdout.length(),
                capture.truncated(),
                capture.asRoot(),
                capture.midpoint(),
                capture.took());
    }

    /// Every text in `node`.
    public static List<String> texts(JsonNode node) {
        TreeSet<String> all = new TreeSet<>();
        List<JsonNode> open = new ArrayList<>(List.of(node));
        while (!open.isEmpty()) {
            JsonNode next = open.removeLast();
            if (next.isContainerNode()) {
                next.forEach(open::add);
            } else {
                all.add(next.asText());
            }
        }
        return List.copyOf(all);
    }
}
