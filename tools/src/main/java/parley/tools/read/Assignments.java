package parley.tools.read;

import parley.tools.Unreadable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `NAME=value` lines in shell quoting, as in `/etc/os-release`: read, never run.
public final class Assignments {
    private static final Pattern FORM = Pattern.compile("([A-Za-z_][A-Za-z0-9_]{0,63})=(.*)");
    private static final Pattern SKIPPED = Pattern.compile("\\s*(#.*)?");
    private static final Pattern BARE = Pattern.compile("[^\\s\"'$`\\\\]*");

    private Assignments() {}

    /// The values by name; of several the last, as in a shell. Comments and blank lines are
    /// skipped.
    ///
    /// @throws Unreadable naming the first line that is none of these
    public static Map<String, String> of(List<Line> lines) throws Unreadable {
        Map<String, String> values = new LinkedHashMap<>();
        for (Line line : lines) {
            if (!line.has(SKIPPED)) {
                Matcher form = line.match(FORM, "NAME=value");
                values.put(form.group(1), value(line, form.group(2).stripTrailing()));
            }
        }
        return values;
    }

    private static String value(Line line, String text) throws Unreadable {
        char quote = text.isEmpty() ? ' ' : text.charAt(0);
        if (quote != '"' && quote != '\'') {
            if (!BARE.matcher(text).matches()) {
                throw line.refused("NAME=value in quotes");
            }
            return text;
        }
        StringBuilder value = new StringBuilder();
        for (int index = 1; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character == quote) {
                if (index == text.length() - 1) {
                    return value.toString();
                }
                break;
            }
            if (character == '\\' && quote == '"' && index + 1 < text.length()) {
                character = text.charAt(++index);
                if ("\"$`\\".indexOf(character) < 0) {
                    value.append('\\');
                }
            }
            value.append(character);
        }
        throw line.refused("NAME=value with one closing quote at its end");
    }
}
