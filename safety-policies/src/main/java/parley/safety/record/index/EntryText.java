package parley.safety.record.index;

import com.fasterxml.jackson.databind.JsonNode;

import parley.safety.record.AuditReader;
import parley.safety.record.RecordUnavailable;
import parley.safety.record.Recorded;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/// The words of an entry that are searched: what was asked, planned, decided, run, printed and
/// answered.
///
/// @param text all of it
/// @param cut whether only the beginning of a long output was taken
record EntryText(String text, boolean cut) {
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
        for (String role : entry.roles()) {
            if (isSearched(role)) {
                Optional<byte[]> body = body(entry, role, reader);
                if (body.isPresent()) {
                    int length = Math.min(body.get().length, MOST_BODY);
                    cut |= length < body.get().length;
                    text.append(new String(body.get(), 0, length, StandardCharsets.UTF_8))
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
        return new EntryText(text.toString(), cut);
    }

    /// What was erased or altered has no words; `audit verify` says which.
    private static Optional<byte[]> body(Recorded entry, String role, AuditReader reader) {
        try {
            return reader.body(entry, role);
        } catch (RecordUnavailable unreadable) {
            return Optional.empty();
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
