package parley.prompts.plan.embedded;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Moments and stretches of time in words: `20m`, `yesterday 18:00`, `boot`.
final class Times {
    /// A time found in the text.
    ///
    /// @param since empty when the words give only an end
    /// @param until empty when the words give only a beginning
    record Found(int start, int end, String since, String until) {}

    /// Not inside a Latin word or a number; directly after one when what follows is Chinese.
    private static final String START =
            "(?<![0-9:./-](?=[\\x00-\\x7f]))(?:(?<![a-z])|(?=[^\\x00-\\x7f]))";

    private static final String N = Numbers.REGEX;
    private static final String EN_UNIT =
            "(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)";
    private static final String ZH_UNIT = "(秒钟?|分钟|分|个?小时|个?钟头?|天|日|周|个?星期|个?礼拜)";
    private static final String DAY =
            "(today|yesterday|last night|this morning|this afternoon|this evening|tonight"
                    + "|今天|今日|今早|今晨|今晚|昨天|昨日|昨晚|昨夜|昨儿)";
    private static final String PART = "(凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|半夜|早|晚)";
    private static final String CLOCK =
            "(?:(?<day>"
                    + DAY.substring(1)
                    + "(?: at| around)? ?)?(?<part>"
                    + PART.substring(1)
                    + "?(?:(?<hour>[01]?\\d|2[0-4])(?:[:：](?<minute>[0-5]\\d)(?::[0-5]\\d)?|[点时](?:钟|整)?(?<zhminute>[0-5]?\\d分?|半|一刻|三刻)?)?"
                    + " ?(?<half>am|pm|a\\.m\\.|p\\.m\\.)?"
                    + "|(?<zhhour>[一二两三四五六七八九十]{1,2})[点时](?:钟|整)?(?<zhminute2>[0-5]?\\d分?|半|一刻|三刻)?|(?<noon>midnight|noon|零点|午夜|正午))(?:(?:"
                    + " on| of)? (?<dayafter>"
                    + DAY.substring(1)
                    + ")?";
    private static final Pattern RELATIVE =
            Pattern.compile(
                    "(?<![a-z0-9.])(?:(?:for|in|within|over|during|from|of|since) )?(?:the )?"
                            + "(?:last|past|previous|latest|recent) (?:"
                            + N
                            + " ?)?"
                            + EN_UNIT
                            + "(?![a-z0-9])");
    private static final Pattern AGO =
            Pattern.compile(
                    "(?<![a-z0-9.])(?:(?:since|from) )?(?:about )?"
                            + N
                            + " ?"
                            + EN_UNIT
                            + " (?:ago|back|old)(?![a-z0-9])");
    private static final Pattern ZH_RELATIVE =
            Pattern.compile(
                    "(?:最近的?|过去的?|近|前|这|刚过去的?|上)(?:这)?"
                            + N
                            + " ?"
                            + ZH_UNIT
                            + "(?:内|里|之内|以内|以来|来)?");
    private static final Pattern ZH_WITHIN =
            Pattern.compile(N + " ?" + ZH_UNIT + "(?:以内|之内|内|里|以来|之前|以前|前|来)(?:到现在|至今|开始)?");
    private static final Pattern ZH_LATIN =
            Pattern.compile("(?:最近的?|过去的?|近)(?:这)?" + N + " ?(h|min|mins|m|d)(?![a-z0-9])");
    private static final Pattern BARE =
            Pattern.compile(
                    "(?<![a-z0-9./:_-])(\\d{1,5}) ?(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?"
                            + "|d|days?|weeks?)(?![a-z0-9/_-])");
    private static final Pattern BOOT =
            Pattern.compile(
                    "since (?:the |its |it )?(?:last |latest |most recent )?(?:boot(?:ed)?(?:"
                            + " up)?|reboot(?:ed)?|start-?up)(?! failed)"
                            + "|(?:自从|从)?(?:上次|本次|这次|最近一次)?(?:开机|启动|重启)(?:以来|之后|以后|至今|到现在|后)");
    private static final Pattern DAYS =
            Pattern.compile(
                    START
                            + "(?<prefix>since |from )?(?<word>midnight|today|yesterday|last"
                            + " night|overnight|this morning|this afternoon|this evening|tonight"
                            + "|今天|今日|今早|今晨|今晚|昨天|昨日|昨晚|昨夜|昨儿|零点|午夜|半夜)(?<part>凌晨|早上|上午|中午|下午|晚上|夜里|一整天|一天|"
                            + " morning| evening| night|"
                            + " afternoon)?(?<suffix>以来|至今|到现在|开始|起|之后|以后)?(?:(?![a-z])|(?<=[^\\x00-\\x7f]))");
    private static final Pattern ISO =
            Pattern.compile(
                    "(?<prefix>until |till |before"
                        + " )?(\\d{4}-\\d{2}-\\d{2}t\\d{2}:\\d{2}(?::\\d{2})?(?:z|[+-]\\d{2}:\\d{2}))");
    private static final Pattern RANGE = rangePattern();
    private static final Pattern POINT =
            Pattern.compile(
                    START
                            + "(?<prefix>since|from|after|starting|until|till|before|up"
                            + " to|at|around|about|from about|@|从|自|自从|在|到)? ?"
                            + CLOCK
                            + "(?<suffix>以来|之后|以后|以前|之前|开始|起|到现在|至今|后|前|左右| onwards?|"
                            + " on)?(?![a-z0-9:])");

    private Times() {}

    private static Pattern rangePattern() {
        String second = CLOCK;
        for (String group :
                List.of(
                        "day",
                        "part",
                        "hour",
                        "minute",
                        "zhminute",
                        "half",
                        "zhhour",
                        "zhminute2",
                        "noon",
                        "dayafter")) {
            second = second.replace("(?<" + group + ">", "(?<b" + group + ">");
        }
        return Pattern.compile(
                START
                        + "(?:between|from|从|在)? ?"
                        + CLOCK
                        + " ?(?:and|to|until|till|-|~|到|至|through) ?"
                        + second
                        + "(?:之间|期间|这段时间?)?(?![a-z0-9:])");
    }

    /// Every time in `lower`, in no overlap, longest readings first.
    static List<Found> in(String lower) {
        List<Found> found = new ArrayList<>();
        collect(found, BOOT.matcher(lower), m -> new Found(m.start(), m.end(), "boot", ""));
        collect(
                found,
                ISO.matcher(lower),
                m -> point(m, m.group(2).toUpperCase(Locale.ROOT), m.group("prefix") != null));
        collect(found, RANGE.matcher(lower), Times::range);
        for (Pattern pattern : List.of(RELATIVE, AGO, ZH_RELATIVE, ZH_WITHIN, ZH_LATIN)) {
            collect(found, pattern.matcher(lower), m -> relative(m, m.group(1), m.group(2)));
        }
        collect(found, POINT.matcher(lower), Times::moment);
        collect(found, DAYS.matcher(lower), Times::day);
        collect(found, BARE.matcher(lower), m -> relative(m, m.group(1), m.group(2)));
        return found;
    }

    private interface Reader {
        @Nullable Found read(Matcher matcher);
    }

    private static void collect(List<Found> found, Matcher matcher, Reader reader) {
        while (matcher.find()) {
            int start = matcher.start();
            int end = matcher.end();
            if (found.stream().noneMatch(other -> start < other.end() && other.start() < end)) {
                Found one = reader.read(matcher);
                if (one != null) {
                    found.add(one);
                }
            }
        }
    }

    private static @Nullable Found relative(Matcher m, @Nullable String number, String unit) {
        double amount = number == null ? 1 : Numbers.read(number).orElse(-1);
        if (amount <= 0) {
            return null;
        }
        return new Found(m.start(), m.end(), duration(amount, unit), "");
    }

    /// `90m` for 1.5 hours.
    static String duration(double amount, String unit) {
        String letter = letter(unit);
        if (letter.equals("w")) {
            return Math.round(amount * 7) + "d";
        }
        if (amount == Math.rint(amount)) {
            return Math.round(amount) + letter;
        }
        return switch (letter) {
            case "d" -> Math.round(amount * 24) + "h";
            case "h" -> Math.round(amount * 60) + "m";
            default -> Math.round(amount * 60) + "s";
        };
    }

    private static String letter(String unit) {
        String bare = unit.startsWith("个") ? unit.substring(1) : unit;
        return switch (bare.charAt(0)) {
            case 's', '秒' -> "s";
            case 'm', '分' -> "m";
            case 'h', '小', '钟' -> "h";
            case 'd', '天', '日' -> "d";
            default -> "w";
        };
    }

    private static Found point(Matcher m, String value, boolean end) {
        return end
                ? new Found(m.start(), m.end(), "", value)
                : new Found(m.start(), m.end(), value, "");
    }

    private static @Nullable Found range(Matcher m) {
        String from = clock(m, "", "");
        String day = orEmpty(m.group("day")) + orEmpty(m.group("dayafter"));
        String to = clock(m, "b", day);
        if (from == null || to == null || !(isClock(m, "") || isClock(m, "b"))) {
            return null;
        }
        String part = orEmpty(m.group("part"));
        String later = orEmpty(m.group("bhalf"));
        if (!later.isEmpty() && m.group("half") == null && part.isEmpty()) {
            from = withHalf(m, later);
        }
        if (!part.isEmpty() && m.group("bpart") == null) {
            to = Clock.wall(day, part, hour(m, "b"), minute(m, "b"), "");
        }
        String since =
                from.startsWith("today") && to.startsWith("yesterday")
                        ? from.replace("today", "yesterday")
                        : from;
        return new Found(m.start(), m.end(), since, to);
    }

    private static String withHalf(Matcher m, String half) {
        return Clock.wall(
                orEmpty(m.group("day")) + orEmpty(m.group("bdayafter")),
                "",
                hour(m, ""),
                minute(m, ""),
                half);
    }

    /// Whether it can be nothing but a time of day: a bare number is none.
    private static boolean isClock(Matcher m, String prefix) {
        return m.group(prefix + "minute") != null
                || m.group(prefix + "half") != null
                || m.group(prefix + "zhhour") != null
                || m.group(prefix + "noon") != null
                || m.group(prefix + "day") != null
                || m.group().contains("点");
    }

    private static @Nullable Found moment(Matcher m) {
        String wall = clock(m, "", "");
        if (wall == null || !isClock(m, "")) {
            return null;
        }
        String prefix = orEmpty(m.group("prefix"));
        String suffix = orEmpty(m.group("suffix"));
        boolean end =
                List.of("until", "till", "before", "up to", "到").contains(prefix)
                        || List.of("以前", "之前", "前").contains(suffix);
        return point(m, wall, end);
    }

    private static @Nullable String clock(Matcher m, String prefix, String dayBefore) {
        String day = orEmpty(m.group(prefix + "day")) + orEmpty(m.group(prefix + "dayafter"));
        int hour = hour(m, prefix);
        if (hour > 24) {
            return null;
        }
        return Clock.wall(
                day.isEmpty() ? dayBefore : day,
                orEmpty(m.group(prefix + "part")),
                hour,
                minute(m, prefix),
                orEmpty(m.group(prefix + "half")));
    }

    private static int hour(Matcher m, String prefix) {
        String noon = m.group(prefix + "noon");
        if (noon != null) {
            return noon.equals("noon") || noon.equals("正午") ? 12 : 0;
        }
        String digits = m.group(prefix + "hour");
        String text = digits == null ? orEmpty(m.group(prefix + "zhhour")) : digits;
        return (int) Numbers.read(text).orElse(99);
    }

    private static int minute(Matcher m, String prefix) {
        String minute = orEmpty(m.group(prefix + "minute"));
        if (minute.isEmpty()) {
            minute = orEmpty(m.group(prefix + "zhminute")) + orEmpty(m.group(prefix + "zhminute2"));
        }
        return switch (minute) {
            case "" -> 0;
            case "半" -> 30;
            case "一刻" -> 15;
            case "三刻" -> 45;
            default -> Integer.parseInt(minute.replace("分", ""));
        };
    }

    private static @Nullable Found day(Matcher m) {
        String word = m.group("word");
        boolean open = m.group("prefix") != null || m.group("suffix") != null;
        String part = orEmpty(m.group("part")).strip();
        boolean yesterday = Clock.isYesterday(word);
        boolean night =
                List.of("last night", "overnight", "昨晚", "昨夜").contains(word)
                        || part.equals("晚上")
                        || part.equals("night")
                        || part.equals("夜里");
        String since = yesterday || word.equals("overnight") ? "yesterday" : "today";
        if (night) {
            since = since + " 18:00";
        } else if (List.of("下午", "afternoon").contains(part) || word.equals("this afternoon")) {
            since = since + " 12:00";
        }
        String until = yesterday && !open ? night ? "today 06:00" : "today" : "";
        return new Found(m.start(), m.end(), since, until);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
