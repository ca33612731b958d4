package parley.safety.record.index;

import com.fasterxml.jackson.databind.JsonNode;

import parley.safety.record.AuditReader;
import parley.safety.record.Content;
import parley.safety.record.RecordUnavailable;
import parley.safety.record.Recorded;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/// The words of an entry that are searched: what was asked, planned, decided, run, printed and
/// answered.
///
/// @param text all of it
/// @param cut whether only the beginning of a long output was taken
/// @param locked whether there are contents that whoever asks may not read, or not now
record EntryText(String text, boolean cut, boolean locked) {
    /// Of a longer output its beginning is searched, and the search says so.
    static final int MOST_BODY = 256 * 1024;

    /// What holds the record together, and what is a column of its own.
    private static final Set<String> PLUMBING =
            Set.of(
                    "v",
                    "seq",
                    "prev",
                    "log",
                    "ts",
                    "mono",
                    "boot",
                    "pid",
                    "bodies",
                    "seal",
                    "digest",
                    "approves",
                    "policies",
                    "provenance",
                    "question",
                    "frontier",
                    "run");

    /// Prompts repeat everything that was read, and signatures are no words.
    private static boolean isSearched(String role) {
        return switch (role) {
            case "question", "redactions", "files", "screen", "request", "cut", "evidence" -> false;
            default -> !role.startsWith("prompt.") && !role.startsWith("signature.");
        };
    }

    static EntryText of(Recorded entry, AuditReader reader) {
        StringBuilder text = new StringBuilder();
        boolean cut = false;
        boolean locked = false;
        for (String role : entry.roles()) {
            if (isSearched(role)) {
                Content content = content(entry, role, reader);
                locked |= content instanceof Content.Locked;
                if (content instanceof Content.Present present) {
                    int length = Math.min(present.bytes().length, MOST_BODY);
                    cut |= length < present.bytes().length;
                    text.append(new String(present.bytes(), 0, length, StandardCharsets.UTF_8))
                            .append('\n');
                }
            }
        }
        // Last, so that a line shown of it is one that somebody typed or printed, where there is
        // one.
        entry.header()
                .properties()
                .forEach(field -> {
                    if (!PLUMBING.contains(field.getKey())) {
                        leaves(field.getValue(), text);
                    }
                });
        return new EntryText(text.toString(), cut, locked);
    }

    /// What was erased or altered has no words; `audit verify` says which.
    private static Content content(Recorded entry, String role, AuditReader reader) {
        try {
            return reader.content(entry, role);
        } catch (RecordUnavailable unreadable) {
            return new Content.Missing();
        }
    }

    private static void leaves(JsonNode node, StringBuilder text) {
        if (node.isContainerNode()) {
            node.forEach(child -> leaves(child, text));
            text.append('\n');
        } else if (node.isTextual()) {
            text.append(node.textValue()).append(' ');
        }
    }
}
