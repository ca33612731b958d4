package parley.tools.catalogue.logs;

import com.fasterxml.jackson.annotation.JsonValue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How grave a log entry is, by syslog's eight levels, the gravest first.
public enum Priority {
    EMERG,
    ALERT,
    CRIT,
    ERR,
    WARNING,
    NOTICE,
    INFO,
    DEBUG;

    /// syslog's number, from 0 for the gravest to 7.
    static Optional<Priority> of(long number) {
        return number < 0 ? Optional.empty() : Arrays.stream(values()).skip(number).findFirst();
    }

    /// Whether it is at least as grave as `level`.
    public boolean isAtLeast(Priority level) {
        return compareTo(level) <= 0;
    }

    /// syslog's word: `err`.
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
