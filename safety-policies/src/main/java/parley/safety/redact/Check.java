package parley.safety.redact;

import com.google.re2j.Pattern;

import java.util.Locale;

/// What a match must prove beside its form, so that ordinary numbers and placeholders stay.
enum Check {
    /// Its form is proof enough.
    NONE {
        @Override
        boolean proves(String value) {
            return true;
        }
    },
    /// A value that somebody set, not a placeholder, a word of documentation or a redaction.
    VALUE {
        @Override
        boolean proves(String value) {
            String plain = value.strip().toLowerCase(Locale.ROOT);
            return plain.chars().distinct().count() > 2 && !PLACEHOLDER.matches(plain);
        }
    },
    /// Letters and digits together: words of a language have none.
    MIXED {
        @Override
        boolean proves(String value) {
            return value.chars().anyMatch(Character::isDigit)
                    && value.chars().anyMatch(Character::isLetter)
                    && !PLACEHOLDER.matches(value.toLowerCase(Locale.ROOT));
        }
    },
    /// The last digit is that of Luhn's sum (ISO/IEC 7812).
    LUHN {
        @Override
        boolean proves(String value) {
            int[] digits = value.chars().filter(Character::isDigit).map(c -> c - '0').toArray();
            int sum = 0;
            for (int index = 0; index < digits.length; index++) {
                int digit = digits[digits.length - 1 - index];
                int twice = 2 * digit;
                sum += index % 2 == 0 ? digit : twice / 10 + twice % 10;
            }
            return digits.length >= 13 && sum % 10 == 0;
        }
    },
    /// The last character is that of GB 11643.
    ID_CARD {
        @Override
        boolean proves(String value) {
            int sum = 0;
            for (int index = 0; index < 17; index++) {
                sum += (value.charAt(index) - '0') * WEIGHTS[index];
            }
            return "10X98765432".charAt(sum % 11) == Character.toUpperCase(value.charAt(17));
        }
    };

    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

    /// What stands where a secret would, and is none.
    private static final Pattern PLACEHOLDER =
            Pattern.compile(
                    "(?:\\*+|x+|\\.+|-+|\\[?redacted.*|<[^>]*>?|\\$\\{?.*|%[a-z({].*|\\{\\{.*|@[a-z_]+@"
                        + "|\\(?(?:none|null|nil|unset|empty|hidden|masked|undefined)\\)?"
                        + "|true|false|yes|no|on|off|required|optional|enabled|disabled|prompt"
                        + "|ask|unknown|invalid|incorrect|failed|expired|changed|changeme_?|your[-_"
                        + " ].*|my[-_]?(?:password|secret|token)|example.*|placeholder.*"
                        + "|files|compat|sss|systemd|ldap|winbind|string|text|value|file|path|env|from_env|file:.*|vault:.*"
                        + "|/(?:etc|run|var|usr|opt|home|root|tmp|dev)/.*"
                        + "|authentication|authorization|management|policy|expiry|lifetime)");

    abstract boolean proves(String value);

    static Check of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
