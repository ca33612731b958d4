package parley.tools.read;

import parley.tools.Argv;
import parley.tools.Unreadable;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// Moments as hosts print them and as statements say them.
public final class HostTime {
    private static final DateTimeFormatter SPOKEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SYSTEMD =
            DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT);

    private HostTime() {}

    /// `2026-11-21 14:03:05 UTC`: the same words in both languages.
    public static String spoken(Instant moment) {
        return SPOKEN.format(moment);
    }

    /// A property of `systemctl show`: `@1795201300` (systemd 247 and later), or text. Text in
    /// another zone than UTC is taken as not known, since its abbreviation does not name a zone.
    ///
    /// @return empty when the moment never was
    public static Optional<Instant> ofSystemd(KeyValues block, String key) throws Unreadable {
        Optional<String> found = block.find(key).filter(text -> !text.equals("n/a"));
        if (found.isEmpty() || found.get().equals("@0")) {
            return Optional.empty();
        }
        String text = found.get();
        try {
            if (text.startsWith("@")) {
                return Optional.of(Instant.ofEpochSecond(Long.parseLong(text.substring(1))));
            }
            return text.endsWith(" UTC")
                    ? Optional.of(LocalDateTime.parse(text, SYSTEMD).toInstant(ZoneOffset.UTC))
                    : Optional.empty();
        } catch (NumberFormatException | DateTimeException refused) {
            throw block.unreadable(key, "a time");
        }
    }

    /// Whole seconds since 1970 as `stat` and `date` print them.
    public static Instant ofEpoch(Argv argv, int line, String text) throws Unreadable {
        try {
            return Instant.ofEpochSecond(Long.parseLong(text));
        } catch (NumberFormatException | DateTimeException refused) {
            throw Unreadable.line(argv, line, "seconds since 1970", text);
        }
    }

    /// `3 days`, `5 h`, `12 min`: the largest unit, rounded down.
    public static String about(Duration age) {
        if (age.toDays() >= 2) {
            return age.toDays() + " days";
        }
        if (age.toHours() >= 2) {
            return age.toHours() + " h";
        }
        return Math.max(0, age.toMinutes()) + " min";
    }

    /// [#about] in Chinese.
    public static String aboutZh(Duration age) {
        return about(age).replace(" days", " 天").replace(" h", " 小时").replace(" min", " 分钟");
    }
}
