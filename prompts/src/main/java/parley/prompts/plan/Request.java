package parley.prompts.plan;

import static java.util.Objects.requireNonNull;

import parley.tools.Language;

/// What a person asked, in their own words.
public record Request(String id, String operator, Language language, String words) {
    /// More than anybody types; a longer request is refused before it is planned.
    public static final int MOST_CHARACTERS = 4_000;

    public Request {
        requireNonNull(id, "id is null");
        requireNonNull(operator, "operator is null");
        requireNonNull(language, "language is null");
        if (words.isBlank() || words.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException(
                    "a request has 1 to " + MOST_CHARACTERS + " characters");
        }
    }
}
