package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

import java.time.LocalTime;

/// A time of the day on the host's own clock, to the minute.
@Text(pattern = "([01][0-9]|2[0-3]):[0-5][0-9]", most = 5, example = "02:30")
@Means(en = "a time of the day such as 02:30", zh = "一天中的时刻，如 02:30")
public record TimeOfDay(@JsonValue String value) {
    public TimeOfDay {
        Checks.text(TimeOfDay.class, value);
    }

    public LocalTime time() {
        return LocalTime.parse(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
