package parley.safety.redact;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// A text without its secrets.
///
/// @param redactions what was taken out, in the order of the text
/// @param complete whether all of it was looked at in time; what was not is withheld
public record Redacted(String text, List<Redaction> redactions, boolean complete) {
    public Redacted {
        requireNonNull(text, "text is null");
        redactions = List.copyOf(redactions);
    }

    static Redacted unchanged(String text) {
        return new Redacted(text, List.of(), true);
    }
}
