package parley.safety.policy;

import parley.tools.Bilingual;
import parley.tools.Language;

import java.nio.charset.StandardCharsets;

/// A stretch of one line of a policy file, for messages that point at it.
///
/// @param column the first being 1
/// @param length how many characters of the line are meant, at least 1
record Place(String file, int line, int column, int length, String text) {
    /// From `start` to `end` of a file, cut at the end of the line on which it starts.
    static Place in(PolicyFile file, int start, int end) {
        String text = file.text();
        int from = Math.clamp(start, 0, Math.max(0, text.length() - 1));
        int lineStart = text.lastIndexOf('\n', from - 1) + 1;
        int lineEnd = text.indexOf('\n', from);
        String line = text.substring(lineStart, lineEnd < 0 ? text.length() : lineEnd);
        int number = (int) text.substring(0, lineStart).chars().filter(c -> c == '\n').count() + 1;
        int column = from - lineStart + 1;
        int length = Math.clamp(end - from, 1, Math.max(1, line.length() - column + 1));
        return new Place(file.name(), number, column, length, line.stripTrailing());
    }

    /// From one byte of a statement's UTF-8 to another: that is how Cedar counts.
    static Place bytes(Statement statement, int start, int end) {
        return in(
                statement.file(),
                statement.start() + characters(statement.source(), start),
                statement.start() + characters(statement.source(), end));
    }

    /// Where `word` first stands in a statement; its beginning when it does not.
    static Place word(Statement statement, String word) {
        int at = word.isEmpty() ? -1 : statement.source().indexOf(word);
        int start = statement.start() + Math.max(at, 0);
        return in(statement.file(), start, start + (at < 0 ? 1 : word.length()));
    }

    private static int characters(String text, int bytes) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int end = Math.clamp(bytes, 0, utf8.length);
        return new String(utf8, 0, end, StandardCharsets.UTF_8).length();
    }

    /// The message with its place, the offending line and a caret:
    ///
    /// ```
    /// ERROR: attribute `evidence.confirmd` not found
    ///   --> policies/changes.cedar:12:10
    ///    |
    /// 12 | unless { context.evidence.confirmd };
    ///    |          ^^^^^^^^^^^^^^^^^^^^^^^^^
    ///   = did you mean `confirmed`?
    /// ```
    Bilingual message(Bilingual what, Bilingual instead) {
        return Bilingual.of(
                "ERROR: {0}\n{1}\n  = {2}", "错误：{0}\n{1}\n  = {2}", what, shown(), instead);
    }

    private String shown() {
        String number = Integer.toString(line);
        String margin = " ".repeat(number.length());
        StringBuilder under = new StringBuilder();
        int shownLength = Math.min(length, Math.max(1, text.length() - column + 1));
        for (int index = 0; index < column - 1 + shownLength && index <= text.length(); index++) {
            String mark = index < column - 1 ? " " : "^";
            boolean wide = index < text.length() && isWide(text.charAt(index));
            under.append(wide ? mark + mark : mark);
        }
        return "  --> %s:%d:%d%n%s |%n%s | %s%n%s | %s"
                .formatted(
                        file, line, column, margin, number, text.replace('\t', ' '), margin, under)
                .replace(System.lineSeparator(), "\n");
    }

    private static boolean isWide(char character) {
        return Language.isHan(character) || (character >= 0x3000 && character <= 0xFFEF);
    }
}
