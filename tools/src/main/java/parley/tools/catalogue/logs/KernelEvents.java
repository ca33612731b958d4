package parley.tools.catalogue.logs;

import parley.tools.value.HostText;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Sorts the kernel's messages into events: of one kind, about one thing.
final class KernelEvents {
    /// Longer samples are cut here, which also bounds the work of the rules.
    private static final int MOST_CHARACTERS = 400;

    /// Different errors that no rule knows are listed up to here; the rest counts with the last.
    private static final int MOST_OTHERS = 20;

    private static final String HINT = "disables this message.";

    private KernelEvents() {}

    /// @param lines in the order of time
    static List<KernelEvent> of(List<KernelLine> lines) {
        Map<List<Object>, KernelEvent> events = new LinkedHashMap<>();
        for (KernelLine line : lines) {
            String text = shortened(line.message());
            for (KernelRule rule : KernelRule.ALL) {
                Optional<Optional<String>> hit = rule.hit(text);
                if (hit.isPresent()) {
                    add(events, List.of(rule.id(), hit.get()), rule, hit.get(), line, text);
                    break;
                }
            }
            if (isUnknownError(line, text)) {
                Object key = events.size() < MOST_OTHERS ? text : "";
                add(events, List.of(key), KernelRule.OTHER, Optional.empty(), line, text);
            }
        }
        return events.values().stream().sorted(Comparator.comparing(KernelEvent::first)).toList();
    }

    private static boolean isUnknownError(KernelLine line, String text) {
        // what goes on indented, and the hint below a hung task, belong to the message before
        boolean more = text.isBlank() || text.startsWith(" ") || text.endsWith(HINT);
        return !more
                && line.priority().filter(level -> level.isAtLeast(Priority.ERR)).isPresent()
                && KernelRule.ALL.stream().allMatch(rule -> rule.hit(text).isEmpty());
    }

    private static void add(
            Map<List<Object>, KernelEvent> events,
            List<Object> key,
            KernelRule rule,
            Optional<String> hit,
            KernelLine line,
            String text) {
        KernelEvent before = events.get(key);
        events.put(
                key,
                before == null
                        ? new KernelEvent(
                                rule.kind(),
                                rule.severity(),
                                rule.id(),
                                hit.map(HostText::new),
                                1,
                                line.time(),
                                line.time(),
                                new HostText(text),
                                line.line())
                        : before.andAt(line.time()));
    }

    private static String shortened(String text) {
        if (text.length() <= MOST_CHARACTERS) {
            return text;
        }
        int end =
                Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1))
                        ? MOST_CHARACTERS - 1
                        : MOST_CHARACTERS;
        return text.substring(0, end) + "…";
    }
}
