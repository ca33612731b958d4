package parley.console.report;

import parley.tools.Bilingual;

import java.util.ArrayDeque;
import java.util.Deque;

/// Writes HTML. Everything that comes in as text goes out as text, whatever it says: there is no
/// way to put markup in but through [#open] and [#close].
final class Page {
    private final StringBuilder out = new StringBuilder(1 << 16);
    private final Deque<String> open = new ArrayDeque<>();

    /// Opens an element.
    ///
    /// @param attributes names and values by turns; an empty value is left out, but for `open` and
    ///   the like, which are said as `hidden=hidden`
    Page open(String element, String... attributes) {
        out.append('<').append(name(element));
        for (int index = 0; index < attributes.length; index += 2) {
            if (!attributes[index + 1].isEmpty()) {
                out.append(' ').append(name(attributes[index])).append("=\"");
                plain(attributes[index + 1]);
                out.append('"');
            }
        }
        out.append('>');
        open.push(element);
        return this;
    }

    Page close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /// An element with nothing but text in it.
    Page leaf(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close();
    }

    /// An element that has no end: `<br>`, `<input>`.
    Page empty(String element, String... attributes) {
        open(element, attributes);
        open.pop();
        return this;
    }

    /// Text; what would hide, reorder or move something is shown by its name instead.
    Page text(String text) {
        for (int index = 0; index < text.length(); ) {
            int point = text.codePointAt(index);
            index += Character.charCount(point);
            if (isHarmless(point)) {
                escaped(point);
            } else {
                out.append("<span class=\"ctl\">")
                        .append(String.format(java.util.Locale.ROOT, "U+%04X", point))
                        .append("</span>");
            }
        }
        return this;
    }

    /// The same in both languages; the page shows one.
    Page both(Bilingual words) {
        if (words.en().equals(words.zh())) {
            return text(words.en());
        }
        return leaf("span", words.en(), "lang", "en").leaf("span", words.zh(), "lang", "zh");
    }

    Page both(String en, String zh) {
        return both(Bilingual.of(en, zh));
    }

    /// A style sheet or a script of ours; its hash is in the page's policy.
    Page ours(String element, String content) {
        if (content.contains("</")) {
            throw new IllegalArgumentException("it would end the element: " + element);
        }
        out.append('<').append(name(element)).append('>').append(content);
        out.append("</").append(element).append('>');
        return this;
    }

    Page line() {
        out.append('\n');
        return this;
    }

    private void plain(String text) {
        text.codePoints()
                .forEach(point -> {
                    if (isHarmless(point)) {
                        escaped(point);
                    } else {
                        out.append('\uFFFD');
                    }
                });
    }

    private void escaped(int point) {
        switch (point) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> out.appendCodePoint(point);
        }
    }

    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL -> point == '\n' || point == '\t';
            case Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED ->
                    false;
            default -> true;
        };
    }

    private static String name(String name) {
        if (!name.matches("[a-zA-Z][a-zA-Z0-9-]*")) {
            throw new IllegalArgumentException("not a name: " + name);
        }
        return name;
    }

    /// The whole of it.
    String html() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("still open: " + open);
        }
        return out.toString();
    }
}
