package parley.safety.gate;

import static java.util.Map.entry;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The numbers, sizes and durations in what somebody typed, however they were written: `1 GB`, `两个
/// G`, `half an hour`, `30分钟`.
record Amounts(Set<Long> numbers, Set<Long> bytes, Set<Long> seconds) {
    private static final Map<String, Long> SIZES =
            Map.ofEntries(
                    entry("k", 1L << 10),
                    entry("kb", 1L << 10),
                    entry("kib", 1L << 10),
                    entry("m", 1L << 20),
                    entry("mb", 1L << 20),
                    entry("mib", 1L << 20),
                    entry("兆", 1L << 20),
                    entry("g", 1L << 30),
                    entry("gb", 1L << 30),
                    entry("gib", 1L << 30),
                    entry("gig", 1L << 30),
                    entry("gigs", 1L << 30),
                    entry("t", 1L << 40),
                    entry("tb", 1L << 40),
                    entry("tib", 1L << 40));
    private static final Map<String, Long> DURATIONS =
            Map.ofEntries(
                    entry("s", 1L),
                    entry("sec", 1L),
                    entry("secs", 1L),
                    entry("second", 1L),
                    entry("seconds", 1L),
                    entry("秒", 1L),
                    entry("秒钟", 1L),
                    entry("m", 60L),
                    entry("min", 60L),
                    entry("mins", 60L),
                    entry("minute", 60L),
                    entry("minutes", 60L),
                    entry("分钟", 60L),
                    entry("分", 60L),
                    entry("h", 3600L),
                    entry("hr", 3600L),
                    entry("hrs", 3600L),
                    entry("hour", 3600L),
                    entry("hours", 3600L),
                    entry("小时", 3600L),
                    entry("钟头", 3600L),
                    entry("d", 86_400L),
                    entry("day", 86_400L),
                    entry("days", 86_400L),
                    entry("天", 86_400L),
                    entry("日", 86_400L),
                    entry("w", 604_800L),
                    entry("week", 604_800L),
                    entry("weeks", 604_800L),
                    entry("周", 604_800L),
                    entry("星期", 604_800L));
    private static final Map<String, Long> NUMBER_WORDS =
            Map.ofEntries(
                    entry("a", 1L),
                    entry("an", 1L),
                    entry("one", 1L),
                    entry("two", 2L),
                    entry("three", 3L),
                    entry("four", 4L),
                    entry("five", 5L),
                    entry("six", 6L),
                    entry("seven", 7L),
                    entry("eight", 8L),
                    entry("nine", 9L),
                    entry("ten", 10L),
                    entry("twelve", 12L),
                    entry("fifteen", 15L),
                    entry("twenty", 20L),
                    entry("thirty", 30L),
                    entry("fifty", 50L),
                    entry("hundred", 100L),
                    entry("the last", 1L),
                    entry("past", 1L),
                    entry("last", 1L));
    private static final Set<String> ARTICLES =
            Set.of("a", "an", "the last", "last", "past", "one", "一");
    private static final String CHINESE_DIGITS = "零一二三四五六七八九";
    private static final String ENGLISH_UNITS =
            "kib|kb|mib|mb|gib|gb|gigs?|tib|tb|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?";
    private static final String CHINESE_UNITS = "兆|秒钟?|分钟?|小时|钟头|天|日|周|星期";
    private static final Pattern AMOUNT =
            Pattern.compile(
                    "(?<![a-z0-9_./-])(?:([0-9]{1,15})[ -]?个?("
                            + ENGLISH_UNITS
                            + "|"
                            + CHINESE_UNITS
                            + "|[kmgtshdw])?|(half an?|the"
                            + " last|last|past|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|fifty|hundred)(?:["
                            + " -]("
                            + ENGLISH_UNITS
                            + "))?|(半|[零一二两三四五六七八九十百]+)个?("
                            + CHINESE_UNITS
                            + "|[kmgt])?)(?![a-z0-9_])");
    private static final Pattern VALUE =
            Pattern.compile(
                    "([0-9]{1,15})(kib|kb|k|mib|mb|m|gib|gb|g|tib|tb|t|s|min|h|d|w)",
                    Pattern.CASE_INSENSITIVE);

    static Amounts in(String lower) {
        Amounts found = new Amounts(new HashSet<>(), new HashSet<>(), new HashSet<>());
        Matcher matcher = AMOUNT.matcher(lower);
        while (matcher.find()) {
            for (int group = 1; group <= matcher.groupCount(); group += 2) {
                if (matcher.group(group) != null) {
                    found.add(matcher.group(group), Optional.ofNullable(matcher.group(group + 1)));
                }
            }
        }
        return found;
    }

    private void add(String count, Optional<String> unit) {
        boolean half = count.startsWith("half") || count.startsWith("半");
        long number = half ? 1 : number(count);
        if (number < 0) {
            return;
        }
        // "a look", "last time", 看一下: no number is meant unless a unit follows.
        if (!half && (unit.isPresent() || !ARTICLES.contains(count))) {
            numbers.add(number);
        }
        long part = half ? 2 : 1;
        unit.map(SIZES::get).ifPresent(size -> bytes.add(saturated(number, size) / part));
        unit.map(DURATIONS::get).ifPresent(time -> seconds.add(saturated(number, time) / part));
    }

    private static long saturated(long number, long unit) {
        return number > Long.MAX_VALUE / unit ? Long.MAX_VALUE : number * unit;
    }

    private static long number(String count) {
        if (count.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Long.parseLong(count);
        }
        Long word = NUMBER_WORDS.get(count);
        return word != null ? word : chinese(count);
    }

    /// `二十五` → 25; -1 when it is no number below a thousand.
    private static long chinese(String count) {
        long total = 0;
        long digit = -1;
        for (char character : count.replace('两', '二').toCharArray()) {
            int value = CHINESE_DIGITS.indexOf(character);
            if (value >= 0) {
                digit = value;
            } else if (character == '十' || character == '百') {
                total += (digit < 0 ? 1 : digit) * (character == '十' ? 10 : 100);
                digit = -1;
            } else {
                return -1;
            }
        }
        return total + Math.max(digit, 0);
    }

    boolean saysNumber(String value) {
        try {
            return numbers.contains(Math.abs(Long.parseLong(value)));
        } catch (NumberFormatException tooLong) {
            return false;
        }
    }

    /// Whether a size (`2G`) or a duration (`30m`) was said in other words.
    boolean says(String value) {
        Matcher matcher = VALUE.matcher(value);
        if (!matcher.matches()) {
            return false;
        }
        long number = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2).toLowerCase(Locale.ROOT);
        Long size = SIZES.get(unit);
        Long time = DURATIONS.get(unit);
        return (size != null && bytes.contains(saturated(number, size)))
                || (time != null && seconds.contains(saturated(number, time)));
    }
}
