package parley.tools.schema;

import parley.tools.RootCommand;
import parley.tools.value.PackageName;
import parley.tools.value.RepositoryName;
import parley.tools.value.Text;
import parley.tools.value.UnitName;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the form of a command that wants root takes: a regular expression over its arguments, which
/// Java and sudo read alike.
public final class RootPattern {
    /// No suffix that starts or ends the whole host (`.target`), none that is not a unit of its own
    /// file (`.device`).
    private static final String UNIT =
            pattern(UnitName.class)
                    + "\\.(service|socket|timer|mount|automount|path|slice|scope|swap)";

    /// Ends with neither `-` nor `+`: behind a version, too, apt would take that for an order.
    private static final String VERSION = "[0-9A-Za-z]([0-9A-Za-z.+~:^_-]{0,125}[0-9A-Za-z~^_])?";

    /// A name that apt takes for nothing else: `g++` to be removed would be installed.
    private static final String REMOVABLE = "[A-Za-z0-9][A-Za-z0-9.+_-]{0,126}[A-Za-z0-9]";

    /// What is looked for as it is: a word, a path, a capability.
    private static final String QUERY = "[A-Za-z0-9/][A-Za-z0-9._+/:()@-]*";

    private static final String CANDIDATE = pattern(PackageName.class) + "=" + VERSION;

    private static final String BUILD =
            pattern(PackageName.class)
                    + "(-([0-9]{1,9}:)?[0-9A-Za-z][0-9A-Za-z.+~^_]*-[0-9A-Za-z][0-9A-Za-z.+~^_]*)?";

    /// Every kind of value there is, in what Java and POSIX (extended) read alike.
    private static final Map<String, String> KINDS =
            Map.ofEntries(
                    Map.entry("unit", UNIT),
                    Map.entry("package", pattern(PackageName.class)),
                    // what to install with apt, what to remove, and both at once for an undo
                    Map.entry("candidate", CANDIDATE),
                    Map.entry("removable", REMOVABLE),
                    Map.entry("undone", CANDIDATE + "|" + REMOVABLE + "-"),
                    // what dnf takes for a name, with a version or without
                    Map.entry("build", BUILD),
                    Map.entry("query", QUERY),
                    Map.entry("repository", pattern(RepositoryName.class)),
                    Map.entry("number", "[0-9]{1,19}"),
                    Map.entry("mark", "[0-9a-f]{6,128}"),
                    Map.entry("word", "[A-Za-z0-9][A-Za-z0-9_.-]*"),
                    Map.entry(
                            "moment",
                            "-[0-9]{1,12}s|@[0-9]{1,12}"
                                    + "|[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}"),
                    // every sign behind a backslash, so that none begins an option
                    Map.entry("literal", "([A-Za-z0-9]|\\\\[^A-Za-z0-9]|[^ -~])+"),
                    Map.entry("holder", "[A-Za-z0-9_][A-Za-z0-9_.@-]*"),
                    Map.entry("said", "[a-z]+[.,][A-Za-z0-9.,+_-]*[^ -~]{0,3}"),
                    Map.entry("empty", ""));

    private static final String SIGNS = ".[](){}*+?|^$\\!#";
    private static final Pattern SLOT =
            Pattern.compile("<(?:([a-z]+)|~([^<>]+))>(\\.\\.\\.)?|\\{\\{(.+?)\\}\\}");

    private static final Pattern CHOICE = Pattern.compile("\\{\\{(.+?)\\}\\}");
    private static final Pattern MAYBE = Pattern.compile(" \\[\\[ (.+?) \\]\\]");

    private final RootCommand command;
    private final String arguments;
    private final Pattern pattern;

    public RootPattern(RootCommand command) {
        this.command = command;
        this.arguments = arguments(command.form());
        this.pattern = Pattern.compile(arguments);
    }

    private static String pattern(Class<?> type) {
        Text text = type.getAnnotation(Text.class);
        if (text == null) {
            throw new IllegalArgumentException("not a value type of text: " + type.getName());
        }
        return text.pattern();
    }

    /// A regular expression for all arguments, with one space between each two; empty when it takes
    /// none. The same text means the same to Java and to sudo.
    public String arguments() {
        return arguments;
    }

    /// Whether it is of this form.
    public boolean covers(List<String> words) {
        String first = words.getFirst();
        return first.substring(first.lastIndexOf('/') + 1).equals(command.program())
                && pattern.matcher(String.join(" ", words.subList(1, words.size()))).matches();
    }

    /// The same where only these values of a kind may stand.
    ///
    /// @param values by kind; a kind that is not among them stays as it is
    public RootPattern only(Map<String, List<String>> values) {
        Matcher slot = SLOT.matcher(command.form());
        StringBuilder narrowed = new StringBuilder();
        while (slot.find()) {
            List<String> kept = slot.group(1) == null ? null : values.get(slot.group(1));
            String now =
                    kept == null
                            ? slot.group()
                            : "<~"
                                    + (kept.isEmpty() ? "[^ -~]" : alternatives(kept))
                                    + ">"
                                    + (slot.group(3) == null ? "" : slot.group(3));
            slot.appendReplacement(narrowed, Matcher.quoteReplacement(now));
        }
        slot.appendTail(narrowed);
        return new RootPattern(new RootCommand(narrowed.toString()));
    }

    /// Every command of this form with these values written out, each with its words; empty when a
    /// word can be what nobody listed. Words that may be missing are left out where they differ
    /// from request to request; of values that may be several there is one.
    public List<List<String>> enumerated(Map<String, List<String>> values) {
        List<String> texts = List.of(command.form());
        texts =
                expanded(
                        texts,
                        MAYBE,
                        group -> {
                            boolean open =
                                    SLOT.matcher(group)
                                            .results()
                                            .anyMatch(slot -> slot.group(4) == null);
                            return open ? List.of("") : List.of("", " " + group);
                        });
        texts = expanded(texts, CHOICE, group -> List.of(group.split("\\|\\|")));
        for (Map.Entry<String, List<String>> kind : values.entrySet()) {
            Pattern slot = Pattern.compile("<(" + kind.getKey() + ")>(?:\\.\\.\\.)?");
            texts = expanded(texts, slot, group -> kind.getValue());
        }
        return texts.stream()
                .filter(text -> !SLOT.matcher(text.replace("<empty>", "")).find())
                .map(text ->
                        Stream.of(text.split(" "))
                                .map(word -> word.equals("<empty>") ? "" : word)
                                .toList())
                .toList();
    }

    private static List<String> expanded(
            List<String> texts, Pattern place, Function<String, List<String>> values) {
        List<String> all = new ArrayList<>();
        for (String text : texts) {
            Matcher found = place.matcher(text);
            if (!found.find()) {
                all.add(text);
                continue;
            }
            String before = text.substring(0, found.start());
            String after = text.substring(found.end());
            for (String value : values.apply(found.group(1))) {
                all.addAll(expanded(List.of(before + value + after), place, values));
            }
        }
        return all;
    }

    private static String alternatives(List<String> values) {
        return "(" + String.join("|", values.stream().map(RootPattern::plain).toList()) + ")";
    }

    private static String arguments(String form) {
        StringBuilder all = new StringBuilder();
        int end = form.indexOf(' ');
        String rest = end < 0 ? "" : form.substring(end);
        Matcher maybe = MAYBE.matcher(rest);
        int from = 0;
        while (maybe.find()) {
            all.append(words(rest.substring(from, maybe.start()), all.isEmpty()));
            all.append('(').append(words(" " + maybe.group(1), false)).append(")?");
            from = maybe.end();
        }
        all.append(words(rest.substring(from), all.isEmpty()));
        return all.isEmpty() ? "" : all.substring(1);
    }

    private static String words(String text, boolean nothingBefore) {
        StringBuilder all = new StringBuilder();
        Matcher slot = SLOT.matcher(text);
        int from = 0;
        while (slot.find()) {
            String before = text.substring(from, slot.start());
            String value = value(slot);
            if (slot.group(3) == null) {
                all.append(plain(before)).append(value);
            } else {
                // The word that is repeated may have a fixed beginning: `--repo=<repository>...`
                int word = before.lastIndexOf(' ');
                String each = plain(before.substring(word + 1)) + value;
                all.append(plain(before.substring(0, word)));
                // The space before the first word of all is cut off later.
                boolean first = nothingBefore && all.isEmpty();
                all.append(first ? " " + each + "( " + each + ")*" : "( " + each + ")+");
            }
            from = slot.end();
        }
        return all.append(plain(text.substring(from))).toString();
    }

    private static String value(Matcher slot) {
        if (slot.group(4) != null) {
            return alternatives(List.of(slot.group(4).split("\\|\\|")));
        }
        if (slot.group(2) != null) {
            return slot.group(2);
        }
        String kind = KINDS.get(slot.group(1));
        if (kind == null) {
            throw new IllegalArgumentException(
                    "no kind <" + slot.group(1) + ">; there are " + KINDS.keySet());
        }
        return kind.contains("|") ? "(" + kind + ")" : kind;
    }

    private static String plain(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            if (SIGNS.indexOf(text.charAt(at)) >= 0) {
                escaped.append('\\');
            }
            escaped.append(text.charAt(at));
        }
        return escaped.toString();
    }
}
