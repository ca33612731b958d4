package parley.tools.catalogue.logs;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How grave a log entry is, by syslog's eight levels, the gravest first.
public enum Priority {
    @Means(en = "emergency", zh = "紧急")
    EMERG,
    @Means(en = "alert", zh = "警报")
    ALERT,
    @Means(en = "critical", zh = "严重")
    CRIT,
    @Means(en = "error", zh = "错误")
    ERR,
    @Means(en = "warning", zh = "警告")
    WARNING,
    @Means(en = "notice", zh = "注意")
    NOTICE,
    @Means(en = "information", zh = "信息")
    INFO,
    @Means(en = "debug", zh = "调试")
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
