package parley.prompts.plan.model;

import parley.prompts.plan.Conversation.Seen;
import parley.tools.Language;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// What was read, as a model may see it: bounded, cleaned, and fenced with a nonce that what stands
/// inside cannot know. When there is much, the oldest is cut shortest.
final class Evidence {
    /// Characters of one reading.
    static final int MOST_OF_ONE = 8_000;

    /// Characters of all readings of a request.
    private static final int MOST_OF_ALL = 96_000;

    /// Beyond, showing a part would only mislead: the call has to be narrowed.
    static final int MOST_SHOWABLE = 250_000;

    /// What even the oldest reading keeps.
    private static final int LEAST_OF_ONE = 400;

    private final Words words;
    private final Language language;
    private final Supplier<String> nonces;

    Evidence(Words words, Language language, Supplier<String> nonces) {
        this.words = words;
        this.language = language;
        this.nonces = nonces;
    }

    /// The same call on several hosts.
    record Group(List<Seen> seen, String shown) {
        Seen first() {
            return seen.getFirst();
        }
    }

    List<Group> groups(List<Seen> seen) {
        int[] allowed = allowances(seen);
        List<Group> groups = new ArrayList<>();
        int from = 0;
        while (from < seen.size()) {
            StringBuilder shown = new StringBuilder();
            int to = from;
            while (to < seen.size() && sameCall(seen.get(from), seen.get(to))) {
                shown.append(shown(seen.get(to), allowed[to])).append('\n');
                to++;
            }
            groups.add(new Group(seen.subList(from, to), shown.toString().stripTrailing()));
            from = to;
        }
        return groups;
    }

    private static boolean sameCall(Seen one, Seen other) {
        return one.tool().equals(other.tool()) && one.arguments().equals(other.arguments());
    }

    /// Head and tail: what a command says first, and how it ends.
    private static String cut(String data, int room) {
        String head = Clean.head(data, room * 2 / 3);
        String tail = Clean.tail(data, room - room * 2 / 3);
        int left = data.length() - head.length() - tail.length();
        return head + "\n…(" + left + ")…\n" + tail;
    }

    /// How many there are of what was cut: `entries 1000`.
    private static String lists(Seen seen) {
        StringBuilder lists = new StringBuilder();
        seen.reading()
                .ifPresent(reading ->
                        reading.properties().stream()
                                .filter(field -> field.getValue().isArray())
                                .forEach(field ->
                                        lists.append(lists.isEmpty() ? "" : ", ")
                                                .append(Clean.line(field.getKey(), 40))
                                                .append(' ')
                                                .append(field.getValue().size())));
        return lists.isEmpty() ? "–" : lists.toString();
    }

    /// How many characters each may have: the newest are served first.
    private static int[] allowances(List<Seen> seen) {
        int[] allowed = new int[seen.size()];
        int left = MOST_OF_ALL;
        for (int index = seen.size() - 1; index >= 0; index--) {
            int wanted =
                    Math.min(
                            MOST_OF_ONE,
                            seen.get(index).reading().map(r -> r.toString().length()).orElse(0));
            allowed[index] = Math.max(LEAST_OF_ONE, Math.min(wanted, left));
            left = Math.max(0, left - wanted);
        }
        return allowed;
    }

    private String shown(Seen seen, int most) {
        String data =
                seen.reading()
                        .map(reading -> Clean.json(reading).toString())
                        .or(() -> seen.problem().map(why -> Clean.text(why.in(language))))
                        .orElse("");
        boolean tooMuch = data.length() > MOST_SHOWABLE;
        int room = tooMuch ? LEAST_OF_ONE : most;
        String shown = data.length() <= room ? data : cut(data, room);
        String cut =
                data.length() <= room
                        ? ""
                        : words.get(
                                tooMuch ? "too-much" : "shown",
                                Map.of(
                                        "shown", Integer.toString(room),
                                        "all", Integer.toString(data.length()),
                                        "lists", lists(seen)));
        String key = seen.reading().isPresent() ? "evidence" : "evidence-none";
        String partial =
                seen.reading().isEmpty()
                        ? ""
                        : seen.problem().map(why -> Clean.line(why.in(language), 400)).orElse("");
        String note = (cut + " " + partial).strip();
        return words.get(
                        key,
                        Map.of(
                                "id", seen.id(),
                                "tool", seen.tool(),
                                "host", seen.host(),
                                "nonce", nonces.get(),
                                "data", shown,
                                "note", note))
                .stripTrailing();
    }
}
