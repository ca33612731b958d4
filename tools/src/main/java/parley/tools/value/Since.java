package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Bilingual;
import parley.tools.Means;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A moment in the past as people give it: `20m`, `6h`, `3d`; `boot`; `today 02:10`, `yesterday
/// 18:00` on the host's own clock; or an ISO instant.
@Text(
        pattern =
                "[0-9]{1,5}[smhdw]|boot|(today|yesterday)( ([01][0-9]|2[0-3]):[0-5][0-9])?"
                    + "|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})",
        most = 32,
        example = "6h")
@Means(en = "a time such as 20m, 6h, 3d, boot, today 02:10", zh = "时间，如 20m、6h、3d、boot、today 02:10")
public record Since(@JsonValue String value) {
    private static final Pattern RELATIVE = Pattern.compile("([0-9]{1,5})([smhdw])");

    public Since {
        Checks.text(Since.class, value);
        if (Character.isDigit(value.charAt(0)) && value.indexOf('T') > 0) {
            try {
                OffsetDateTime.parse(value);
            } catch (DateTimeParseException notADay) {
                throw new BadValue(
                        Bilingual.of(
                                "\"{0}\" is not a day and time that exists",
                                "“{0}”不是存在的日期和时间", value));
            }
        }
    }

    public boolean isBoot() {
        return value.equals("boot");
    }

    /// How long ago, when it is relative.
    public Optional<Duration> ago() {
        Matcher matcher = RELATIVE.matcher(value);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    case "d" -> Duration.ofDays(number);
                    default -> Duration.ofDays(7 * number);
                });
    }

    /// Whether the host's own date is needed to say when that was.
    public boolean isWallTime() {
        return value.startsWith("today") || value.startsWith("yesterday");
    }

    /// `2026-11-21 02:10:00` on a host where it is `today`.
    ///
    /// @throws IllegalStateException when this is not a wall time
    public String wallTime(LocalDate today) {
        return wallMoment(today).toString().replace('T', ' ') + ":00";
    }

    /// The local time on a host where it is `today`.
    ///
    /// @throws IllegalStateException when this is not a wall time
    public LocalDateTime wallMoment(LocalDate today) {
        if (!isWallTime()) {
            throw new IllegalStateException("not a wall time: " + value);
        }
        LocalDate day = value.startsWith("today") ? today : today.minusDays(1);
        int space = value.indexOf(' ');
        return space < 0
                ? day.atStartOfDay()
                : day.atTime(LocalTime.parse(value.substring(space + 1)));
    }

    @Override
    public String toString() {
        return value;
    }
}
