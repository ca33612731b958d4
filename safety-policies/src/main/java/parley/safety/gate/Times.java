package parley.safety.gate;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The days and times of day in what somebody typed: `昨晚8点`, `at 3 am`, `since yesterday 18:00`.
record Times(boolean today, boolean yesterday, boolean daily, Set<String> clock) {
    private static final Pattern TODAY =
            Pattern.compile("today|midnight|this morning|tonight|今天|今日|今早|今晚|今晨|零点|当天");
    private static final Pattern YESTERDAY = Pattern.compile("yesterday|last night|昨天|昨日|昨晚|昨夜|昨早");
    private static final Pattern DAILY =
            Pattern.compile(
                    "every day|daily|every night|nightly|each day|every morning|每天|每日|每晚|天天|每夜");
    private static final Pattern DIGITAL =
            Pattern.compile("(?<![0-9:.])([0-9]{1,2}):([0-9]{2})(?![0-9])");
    private static final Pattern ENGLISH =
            Pattern.compile("(?<![0-9:.])([0-9]{1,2})(?::([0-9]{2}))? ?(am|pm)(?![a-z])");
    private static final Pattern CHINESE =
            Pattern.compile("(凌晨|早上|上午|中午|下午|傍晚|晚上|昨晚|今晚|每晚|半夜)?([0-9]{1,2})[点时](半|[0-9]{1,2}分?)?");
    private static final Pattern CALENDAR =
            Pattern.compile("\\*-\\*-\\* ([0-9]{2}:[0-9]{2})(?::00)?");
    private static final Pattern DAY_AND_TIME =
            Pattern.compile("(today|yesterday)(?: ([0-9]{2}:[0-9]{2}))?");
    private static final Pattern TIME = Pattern.compile("[0-9]{2}:[0-9]{2}");

    static Times in(String lower) {
        Set<String> clock = new HashSet<>();
        Matcher digital = DIGITAL.matcher(lower);
        while (digital.find()) {
            add(clock, number(digital.group(1)), number(digital.group(2)));
        }
        Matcher english = ENGLISH.matcher(lower);
        while (english.find()) {
            int hour = number(english.group(1)) % 12 + (english.group(3).equals("pm") ? 12 : 0);
            add(clock, hour, english.group(2) == null ? 0 : number(english.group(2)));
        }
        Matcher chinese = CHINESE.matcher(lower);
        while (chinese.find()) {
            int hour = number(chinese.group(2));
            boolean late = chinese.group(1) != null && chinese.group(1).matches("中午|下午|傍晚|.*晚.*");
            String rest = chinese.group(3) == null ? "0" : chinese.group(3).replace("分", "");
            add(
                    clock,
                    late && hour < 12 && hour > 0 ? hour + 12 : hour,
                    rest.equals("半") ? 30 : number(rest));
        }
        if (lower.contains("midnight") || lower.contains("零点")) {
            clock.add("00:00");
        }
        if (lower.contains("noon")) {
            clock.add("12:00");
        }
        return new Times(
                TODAY.matcher(lower).find(),
                YESTERDAY.matcher(lower).find(),
                DAILY.matcher(lower).find(),
                clock);
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    private static void add(Set<String> clock, int hour, int minute) {
        if (hour < 24 && minute < 60) {
            clock.add("%02d:%02d".formatted(hour, minute));
        }
    }

    /// Whether a day with a time, a time, or a daily calendar was said in other words.
    boolean says(String value) {
        Matcher day = DAY_AND_TIME.matcher(value);
        if (day.matches()) {
            boolean named = day.group(1).equals("today") ? today : yesterday;
            return named && (day.group(2) == null || clock.contains(day.group(2)));
        }
        Matcher calendar = CALENDAR.matcher(value);
        if (calendar.matches()) {
            return daily && clock.contains(calendar.group(1));
        }
        return TIME.matcher(value).matches() && clock.contains(value);
    }
}
