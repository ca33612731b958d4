package parley.prompts.plan.embedded;

import java.util.List;
import java.util.Locale;

/// A time of day on the host's own clock: `today 02:10`, `yesterday 18:00`.
final class Clock {
    private static final List<String> AFTER_NOON =
            List.of("下午", "傍晚", "晚上", "夜里", "晚", "pm", "p.m.");

    private Clock() {}

    /// @param day the words for the day, possibly none
    /// @param part the words for the part of the day, possibly none
    /// @param half `am` or `pm`, possibly neither
    static String wall(String day, String part, int hour, int minute, String half) {
        boolean late =
                AFTER_NOON.contains(part)
                        || AFTER_NOON.contains(half)
                        || List.of("last night", "昨晚", "昨夜", "今晚", "tonight", "this afternoon")
                                .contains(day);
        int clock = hour % 24;
        if (late && clock < 12 && !(part.equals("夜里") && clock < 6)) {
            clock += 12;
        } else if (half.startsWith("a") && clock == 12) {
            clock = 0;
        }
        String word = isYesterday(day) ? "yesterday" : "today";
        return clock == 0 && minute == 0
                ? word
                : word + String.format(Locale.ROOT, " %02d:%02d", clock, minute);
    }

    static boolean isYesterday(String day) {
        return day.startsWith("yesterday") || day.startsWith("last night") || day.startsWith("昨");
    }
}
