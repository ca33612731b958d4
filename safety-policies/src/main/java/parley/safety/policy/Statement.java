package parley.safety.policy;

import java.util.ArrayList;
import java.util.List;

/// One policy's text and where it begins in its file.
///
/// @param start offset of its first character in the file's text
record Statement(PolicyFile file, int start, String source) {
    /// Splits a file at the semicolons that end policies; those in comments and strings do not
    /// count. What follows the last one is a statement, too, unless it is blank.
    static List<Statement> split(PolicyFile file) {
        String text = file.text();
        List<Statement> statements = new ArrayList<>();
        int start = -1;
        int position = 0;
        while (position < text.length()) {
            char here = text.charAt(position);
            if (text.startsWith("//", position)) {
                position = endOfLine(text, position);
                continue;
            }
            if (start < 0 && !Character.isWhitespace(here)) {
                start = position;
            }
            position = here == '"' ? endOfString(text, position) : position + 1;
            if (here == ';') {
                statements.add(new Statement(file, start, text.substring(start, position)));
                start = -1;
            }
        }
        if (start >= 0) {
            statements.add(new Statement(file, start, text.substring(start).stripTrailing()));
        }
        return statements;
    }

    private static int endOfLine(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private static int endOfString(String text, int quote) {
        int position = quote + 1;
        while (position < text.length() && text.charAt(position) != '"') {
            position += text.charAt(position) == '\\' ? 2 : 1;
        }
        return Math.min(position + 1, text.length());
    }

    /// The line on which it begins, the first being 1.
    int line() {
        return Place.in(file, start, start).line();
    }
}
