package parley.prompts.plan.embedded;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;

/// A stretch of the request that means one thing.
///
/// @param text as in the normal text
/// @param type what kind of value it is (`path`, `port`, `since`, …) or the kind's own name
/// @param values the value, normalised; for hosts their inventory names
/// @param concepts what the word stands for; empty for values
/// @param corrected whether a typing error was read over
record Token(
        int start,
        int end,
        String text,
        Kind kind,
        String type,
        List<String> values,
        Set<String> concepts,
        boolean corrected) {
    enum Kind {
        /// A word of the grammar.
        WORD,
        /// A word of the language that the grammar gives no meaning.
        ORDINARY,
        /// Something that could be the name of a unit, package or process.
        NAME,
        /// A value with a form of its own: path, port, time, size, …
        VALUE,
        /// One host by name, alias or address.
        HOST,
        /// A group of hosts.
        GROUP,
        /// Looks like a host, but is none.
        NO_HOST,
        /// Text in quotes that is not a single name.
        QUOTED,
        /// A comma, full stop, dash, …
        MARK
    }

    Token {
        requireNonNull(text, "text is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(type, "type is null");
        values = List.copyOf(values);
        concepts = Set.copyOf(concepts);
    }

    static Token word(int start, int end, String text, Set<String> concepts, boolean corrected) {
        return new Token(start, end, text, Kind.WORD, "word", List.of(), concepts, corrected);
    }

    static Token value(int start, int end, String text, Kind kind, String type, String value) {
        return new Token(start, end, text, kind, type, List.of(value), Set.of(), false);
    }

    /// Where it stands tells it from every other one of the same text.
    @Override
    public int hashCode() {
        return start * 31 + end;
    }

    boolean means(String concept) {
        return concepts.contains(concept);
    }

    boolean is(Kind other) {
        return kind == other;
    }

    String value() {
        return values.getFirst();
    }

    /// Whether it may be passed over without loss of meaning.
    boolean isSkippable() {
        return kind == Kind.MARK
                || (kind == Kind.VALUE && (type.equals("means") || type.equals("ensure")))
                || (kind == Kind.WORD
                        && (means("skip")
                                || means("look")
                                || means("polite")
                                || means("polite.request")
                                || means("ba")
                                || means("and")));
    }

    /// Whether it carries an order to change something.
    boolean isChangeVerb() {
        return concepts.stream().anyMatch(concept -> concept.startsWith("v."));
    }
}
