package parley.safety.redact;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.re2j.Pattern;

import parley.tools.Bilingual;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One form of secret, as `redaction/rules.yaml` describes it.
///
/// @param keywords one of them stands in every text that can match; lower case
/// @param reach how many characters behind the beginning of a keyword a match may end
/// @param pattern what is replaced is its first named group that matched, else the whole
record Rule(
        String id, Bilingual says, List<String> keywords, int reach, Pattern pattern, Check check) {
    /// How far before its keyword a match may begin.
    static final int BEFORE = 200;

    Rule {
        requireNonNull(pattern, "pattern is null");
        requireNonNull(check, "check is null");
        keywords = keywords.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
        if (!id.matches("[a-z]+(-[a-z]+)*")) {
            throw new IllegalArgumentException("a rule's id is words with hyphens: " + id);
        }
        if (keywords.isEmpty() || keywords.stream().anyMatch(word -> word.length() < 2)) {
            throw new IllegalArgumentException("a rule needs keywords of 2 or more: " + id);
        }
        if (reach < 64 || reach > 20_000) {
            throw new IllegalArgumentException("reach is 64 to 20000: " + id + " " + reach);
        }
    }

    /// A rule as it stands in the file.
    record Written(
            String id,
            Bilingual says,
            List<String> keywords,
            int reach,
            String pattern,
            @JsonProperty("check") Optional<String> check) {
        Rule compiled() {
            return new Rule(
                    id,
                    says,
                    keywords,
                    reach,
                    Pattern.compile(pattern),
                    check.map(Check::of).orElse(Check.NONE));
        }
    }
}
