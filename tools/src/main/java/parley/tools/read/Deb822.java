package parley.tools.read;

import parley.tools.Capture;
import parley.tools.Unreadable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Stanzas of `Field: value` lines as Debian's tools print them; a line that begins with a blank
/// continues the field above it.
public final class Deb822 {
    private Deb822() {}

    /// Every stanza, in order, its fields in theirs. Continuations are joined with line ends.
    ///
    /// @throws Unreadable naming the first line that is neither a field nor a continuation
    public static List<Map<String, String>> stanzas(Capture capture) throws Unreadable {
        List<Map<String, String>> stanzas = new ArrayList<>();
        Map<String, String> stanza = new LinkedHashMap<>();
        String field = "";
        List<String> lines = WholeLines.of(capture);
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index);
            if (line.isBlank() && !line.startsWith(" ")) {
                close(stanzas, stanza);
                stanza = new LinkedHashMap<>();
                field = "";
            } else if ((line.startsWith(" ") || line.startsWith("\t")) && !field.isEmpty()) {
                stanza.merge(field, line.strip(), (before, more) -> before + "\n" + more);
            } else {
                int colon = line.indexOf(':');
                if (colon < 1 || !line.substring(0, colon).matches("[!-9;-~]+")) {
                    throw Unreadable.line(capture.argv(), index + 1, "Field: value", line);
                }
                field = line.substring(0, colon);
                if (stanza.put(field, line.substring(colon + 1).strip()) != null) {
                    throw Unreadable.line(capture.argv(), index + 1, "each field once", line);
                }
            }
        }
        close(stanzas, stanza);
        return List.copyOf(stanzas);
    }

    private static void close(List<Map<String, String>> stanzas, Map<String, String> stanza) {
        if (!stanza.isEmpty()) {
            stanzas.add(Map.copyOf(stanza));
        }
    }
}
