package parley.safety.record.story;

import com.fasterxml.jackson.databind.JsonNode;

import parley.safety.record.Recorded;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The fields of an entry that many readers ask for.
public final class Fields {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_./:=@%+,~^-]+");

    private Fields() {}

    /// A field as text; empty when there is none.
    public static String text(Recorded entry, String name) {
        JsonNode value = entry.header().path(name);
        return value.isTextual() || value.isMissingNode() ? value.asText() : value.toString();
    }

    public static long number(Recorded entry, String name) {
        return entry.header().path(name).asLong(-1);
    }

    public static List<String> texts(Recorded entry, String name) {
        List<String> texts = new ArrayList<>();
        entry.header().path(name).forEach(one -> texts.add(one.asText()));
        return texts;
    }

    /// The command as people know it: without the time limit and the clean environment before it,
    /// words with blanks in quotes. For reading, not for running.
    public static String command(Recorded entry) {
        return command(texts(entry, "argv"));
    }

    static String command(List<String> argv) {
        int from = 0;
        if (argv.size() > 6 && argv.getFirst().equals("timeout") && argv.get(4).equals("env")) {
            from = 6;
            while (from < argv.size() && argv.get(from).matches("[A-Z_]+=.*")) {
                from++;
            }
        }
        return argv.subList(from, argv.size()).stream()
                .map(word ->
                        PLAIN.matcher(word).matches()
                                ? word
                                : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }

    /// The arguments of a call as they are typed: `unit=nginx.service`.
    public static String arguments(Recorded entry) {
        return entry.header().path("arguments").properties().stream()
                .map(field ->
                        field.getKey()
                                + "="
                                + (field.getValue().isTextual()
                                        ? field.getValue().textValue()
                                        : field.getValue().toString()))
                .collect(Collectors.joining(" "));
    }
}
