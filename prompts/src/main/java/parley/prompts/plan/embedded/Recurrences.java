package parley.prompts.plan.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times that come again, as systemd writes them: "every monday at 8" is `Mon *-*-* 08:00:00`.
final class Recurrences {
    /// A recurring time in the text.
    record Found(int start, int end, String calendar) {}

    private static final String AT =
            "(?:,? ?(?:at|around)? ?(?<hour>[01]?\\d|2[0-3])(?::(?<minute>[0-5]\\d))?"
                    + " ?(?<half>am|pm|a\\.m\\.|p\\.m\\.|o'?clock)?(?![\\w:.%]))";
    private static final String DAY =
            "(?<weekday>mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?";
    private static final Pattern EN_DAILY =
            Pattern.compile(
                    "(?<![a-z])(?:(?:every|each) (?:single"
                        + " )?(?:day|(?<night>night|evening)|morning|(?<noon>noon))|(?<midnight>(?:every|each)"
                        + " midnight)|daily|nightly)(?![a-z-])"
                            + AT
                            + "?");
    private static final Pattern EN_WEEKLY =
            Pattern.compile("(?<![a-z])(?:every|each|on) " + DAY + "(?![a-z])" + AT + "?");
    private static final Pattern EN_WORKDAYS =
            Pattern.compile(
                    "(?<![a-z])(?:every|each|on) (?:weekdays?|work(?:ing)? ?days?)(?![a-z])"
                            + AT
                            + "?");
    private static final Pattern EN_MONTHLY =
            Pattern.compile(
                    "(?<![a-z])(?:every month|each month|monthly|(?:on )?the"
                            + " (?<date>\\d{1,2})(?:st|nd|rd|th) of (?:every|each) month)(?![a-z])"
                            + AT
                            + "?");
    private static final Pattern EN_STEP =
            Pattern.compile(
                    "(?<![a-z])every (?<count>\\d{1,2}|two|three|four|six)"
                            + " ?(?<unit>min(?:ute)?s?|hours?|h)(?![a-z])");
    private static final Pattern EN_HOURLY =
            Pattern.compile("(?<![a-z])(?:every hour|each hour|hourly|once an hour)(?![a-z-])");
    private static final String ZH_AT =
            "(?<part>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|半夜|早|晚)?(?:的)?"
                + " ?(?:(?<hour>\\d{1,2})(?:[:：](?<minute>[0-5]\\d)|[点时](?:钟|整)?(?<zhminute>半|一刻|三刻|[0-5]?\\d分?)?)|(?<zhhour>[零一二两三四五六七八九十]{1,3})[点时](?:钟|整)?(?<zhminute2>半|一刻|三刻|[0-5]?\\d分?)?)";
    private static final Pattern ZH_DAILY = Pattern.compile("(?:每天|每日|天天|每(?=晚|早))(?:的)?" + ZH_AT);
    private static final Pattern ZH_WEEKLY =
            Pattern.compile("每(?:个)?(?:周|星期|礼拜)(?<weekday>[一二三四五六日天])(?:的)?(?:" + ZH_AT + ")?");
    private static final Pattern ZH_WORKDAYS = Pattern.compile("(?:每个)?工作日(?:的)?" + ZH_AT);
    private static final Pattern ZH_MONTHLY =
            Pattern.compile("每(?:个)?月(?<date>\\d{1,2})[号日](?:的)?(?:" + ZH_AT + ")?");
    private static final Pattern ZH_STEP =
            Pattern.compile("每(?:隔)?(?<count>\\d{1,2}|两|三|四|五|六|十|半)(?:个)?(?<unit>分钟|小时)(?:一次)?");
    private static final Pattern ZH_HOURLY = Pattern.compile("每(?:个)?小时(?:一次)?|每隔一(?:个)?小时");
    private static final List<String> DAYS =
            List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

    private Recurrences() {}

    static List<Found> in(String lower) {
        List<Found> found = new ArrayList<>();
        collect(found, EN_STEP.matcher(lower), Recurrences::step);
        collect(found, ZH_STEP.matcher(lower), Recurrences::step);
        collect(found, EN_WEEKLY.matcher(lower), m -> english(m, weekday(m) + " *-*-*"));
        collect(found, EN_WORKDAYS.matcher(lower), m -> english(m, "Mon..Fri *-*-*"));
        collect(found, EN_MONTHLY.matcher(lower), m -> english(m, "*-*-" + date(m)));
        collect(found, EN_DAILY.matcher(lower), m -> english(m, "*-*-*"));
        collect(found, ZH_WEEKLY.matcher(lower), m -> chinese(m, zhWeekday(m) + " *-*-*"));
        collect(found, ZH_WORKDAYS.matcher(lower), m -> chinese(m, "Mon..Fri *-*-*"));
        collect(found, ZH_MONTHLY.matcher(lower), m -> chinese(m, "*-*-" + date(m)));
        collect(found, ZH_DAILY.matcher(lower), m -> chinese(m, "*-*-*"));
        collect(found, EN_HOURLY.matcher(lower), m -> Optional.of("hourly"));
        collect(found, ZH_HOURLY.matcher(lower), m -> Optional.of("hourly"));
        return found;
    }

    private interface Reader {
        Optional<String> read(Matcher matcher);
    }

    private static void collect(List<Found> found, Matcher matcher, Reader reader) {
        while (matcher.find()) {
            int start = matcher.start();
            int end = matcher.end();
            if (found.stream().noneMatch(other -> start < other.end() && other.start() < end)) {
                reader.read(matcher).ifPresent(text -> found.add(new Found(start, end, text)));
            }
        }
    }

    private static Optional<String> step(Matcher m) {
        boolean half = m.group("count").equals("半");
        int count = (int) Numbers.read(m.group("count")).orElse(0);
        boolean minutes = half || m.group("unit").startsWith("m") || m.group("unit").equals("分钟");
        int every = half ? 30 : count;
        if (every < 1 || every > (minutes ? 59 : 23)) {
            return Optional.empty();
        }
        return Optional.of(minutes ? "*-*-* *:0/" + every + ":00" : "*-*-* 0/" + every + ":00:00");
    }

    /// Without a time of day only midnight is clear; "every night" is not.
    private static Optional<String> english(Matcher m, String days) {
        if (m.group("hour") == null) {
            return Optional.empty();
        }
        String half = m.group("half") == null ? "" : m.group("half");
        int hour = Integer.parseInt(m.group("hour"));
        boolean late =
                half.startsWith("p")
                        || (half.isEmpty() && m.group().contains("evening") && hour < 12);
        return Optional.of(days + clock(late && hour < 12 ? hour + 12 : hour, m.group("minute")));
    }

    private static Optional<String> chinese(Matcher m, String days) {
        String digits = m.group("hour") == null ? m.group("zhhour") : m.group("hour");
        if (digits == null) {
            return Optional.empty();
        }
        String part = m.group("part") == null ? "" : m.group("part");
        int hour = (int) Numbers.read(digits).orElse(0);
        boolean late =
                List.of("下午", "傍晚", "晚上", "晚").contains(part)
                        || (m.group().startsWith("每晚") && hour < 12);
        String spoken = m.group("zhminute") == null ? m.group("zhminute2") : m.group("zhminute");
        String minute =
                m.group("minute") != null
                        ? m.group("minute")
                        : spoken == null
                                ? "0"
                                : spoken.equals("半")
                                        ? "30"
                                        : spoken.equals("一刻")
                                                ? "15"
                                                : spoken.equals("三刻")
                                                        ? "45"
                                                        : spoken.replace("分", "");
        return Optional.of(days + clock(late && hour < 12 ? hour + 12 : hour, minute));
    }

    private static String clock(int hour, @org.jspecify.annotations.Nullable String minute) {
        return String.format(
                Locale.ROOT,
                " %02d:%02d:00",
                hour % 24,
                minute == null ? 0 : Integer.parseInt(minute));
    }

    private static String weekday(Matcher m) {
        String three = m.group("weekday").substring(0, 3);
        return Character.toUpperCase(three.charAt(0)) + three.substring(1);
    }

    private static String zhWeekday(Matcher m) {
        return DAYS.get(Math.min(6, "一二三四五六日天".indexOf(m.group("weekday"))));
    }

    private static String date(Matcher m) {
        String date = m.group("date");
        return date == null ? "01" : String.format(Locale.ROOT, "%02d", Integer.parseInt(date));
    }
}
