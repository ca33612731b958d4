package parley.tools.catalogue.logs;

import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.catalogue.logs.LogFile.Arguments;
import parley.tools.catalogue.logs.LogText.State;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.read.WholeLines;
import parley.tools.value.AbsolutePath;
import parley.tools.value.BadValue;
import parley.tools.value.Bytes;
import parley.tools.value.HostText;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what [LogFile] ran.
final class LogFileReading {
    private static final int MOST_CHARACTERS = 4096;
    private static final String CLOSED = "Permission denied";
    private static final Pattern STAT = Pattern.compile("(\\d{1,18}) (\\d{1,12}) (.{1,64})");
    private static final Pattern NUMBERED = Pattern.compile("(\\d{1,18}):(.*)", Pattern.DOTALL);

    /// Words by which programs say that something went wrong.
    private static final Pattern TROUBLE =
            Pattern.compile(
                    "(?i)\\b(?:error|fatal|panic|exception|fail(?:ed|ure)?|emerg|alert|crit(?:ical)?|refused|denied|segfault|cannot|timed"
                        + " out)\\b");

    private LogFileReading() {}

    /// The file itself; empty when there is none, or it cannot be seen.
    ///
    /// @throws Unreadable when a link leads out of the logs
    static Optional<String> resolved(Capture link) throws Unreadable {
        if (link.exit() == 1) {
            if (!link.stdout().isEmpty()) {
                throw Unreadable.line(link.argv(), 1, "no output", link.lines().getFirst());
            }
            return Optional.empty();
        }
        String text = link.readable().stdout().replaceFirst("\n$", "");
        try {
            AbsolutePath path = new AbsolutePath(text);
            Optional<Bilingual> refusal = LogPath.refusal(path);
            if (refusal.isPresent()) {
                throw new Unreadable(refusal.get());
            }
            return Optional.of(path.value());
        } catch (BadValue refused) {
            throw Unreadable.line(link.argv(), 1, "an absolute path", text);
        }
    }

    static Reading<LogText> of(Arguments arguments, List<Capture> captures) throws Unreadable {
        Capture link = captures.getFirst();
        Optional<String> path = resolved(link);
        if (path.isEmpty()) {
            return unresolved(arguments, link);
        }
        Line stat = one(Lines.of(2, captures), captures.get(1));
        Matcher facts = stat.match(STAT, "size, time and kind");
        if (!facts.group(3).startsWith("regular")) {
            throw new Unreadable(
                    Bilingual.of(
                            "{0} is not a file but a {1}",
                            "{0} 不是普通文件，而是 {1}", path.get(), facts.group(3)));
        }
        Capture content = captures.get(2);
        if (content.stderr().contains(CLOSED)) {
            return closed(path.get());
        }
        if (content.exit() == 1 && !content.argv().program().equals("grep")) {
            throw failed(content);
        }
        return read(arguments, path.get(), stat, facts, captures);
    }

    private static Unreadable failed(Capture capture) {
        String said = capture.stderr().lines().findFirst().orElse("");
        String program = capture.argv().program();
        return new Unreadable(Bilingual.of("{0} failed: {1}", "{0} 失败：{1}", program, said));
    }

    private static Reading<LogText> unresolved(Arguments arguments, Capture link)
            throws Unreadable {
        String path = arguments.path().value();
        if (link.stderr().contains(CLOSED)) {
            return closed(path);
        }
        if (link.stderr().contains("No such file") || link.stderr().contains("Not a directory")) {
            return Reading.of(LogText.unread(State.NO_SUCH_FILE, path), true, List.of());
        }
        throw failed(link);
    }

    private static Reading<LogText> closed(String path) {
        return Reading.of(
                LogText.unread(State.NO_PERMISSION, path),
                List.of(
                        Bilingual.of(
                                "this login may not read {0}; allow it sudo, or the group that may",
                                "当前登录用户无权读取 {0}；请允许其使用 sudo，或加入有权限的组", path)));
    }

    private static Reading<LogText> read(
            Arguments arguments, String path, Line stat, Matcher facts, List<Capture> captures)
            throws Unreadable {
        Capture content = captures.get(2).readable();
        List<LogLine> all = lines(arguments, content);
        Optional<Long> matches = Optional.empty();
        List<Bilingual> gaps = new ArrayList<>();
        if (arguments.contains().isPresent()) {
            matches =
                    Optional.of(
                            captures.size() > 3
                                    ? stat.whole(one(Lines.of(4, captures), captures.get(3)).text())
                                    : all.size());
        }
        if (content.truncated()) {
            gaps.add(cut(content));
        }
        List<LogLine> lines = wanted(arguments, all);
        Bytes size = stat.bytes(facts.group(1), 1);
        LogText value =
                new LogText(
                        State.READ,
                        new HostText(path),
                        Optional.of(size),
                        Optional.of(Instant.ofEpochSecond(stat.whole(facts.group(2)))),
                        lines,
                        matches,
                        earliest(arguments, all),
                        matches.map(total -> total > lines.size())
                                .orElse(
                                        size.value() > content.stdoutBytes()
                                                || all.size() > lines.size()));
        return Reading.of(value, lines.isEmpty(), gaps);
    }

    private static Bilingual cut(Capture content) {
        Bytes kept = new Bytes(content.argv().mostBytes());
        Bytes all = new Bytes(content.stdoutBytes());
        return Bilingual.of(
                "only the first {0} of {1} were kept: later lines are missing",
                "只保留了 {1} 中的前 {0}：之后的行缺失", kept, all);
    }

    /// What a compressed file holds is searched here, since a pipe would need a shell.
    private static List<LogLine> lines(Arguments arguments, Capture content) throws Unreadable {
        boolean numbered = content.argv().program().equals("grep");
        boolean whole = content.argv().program().equals("zcat");
        List<LogLine> lines = new ArrayList<>();
        List<String> texts = WholeLines.of(content);
        for (int index = 0; index < texts.size(); index++) {
            String text = texts.get(index);
            Optional<Long> number = whole ? Optional.of(index + 1L) : Optional.empty();
            if (numbered) {
                Line line = new Line(content.argv(), 3, index + 1, text);
                Matcher row = line.match(NUMBERED, "a line with its number");
                number = Optional.of(line.whole(row.group(1)));
                text = row.group(2);
            }
            if (!whole || holds(texts.get(index), arguments)) {
                lines.add(new LogLine(number, new HostText(shortened(text)), index + 1));
            }
        }
        return lines;
    }

    private static boolean holds(String text, Arguments arguments) {
        return arguments
                .contains()
                .map(sought -> sought.value().toLowerCase(Locale.ROOT))
                .filter(sought -> !text.toLowerCase(Locale.ROOT).contains(sought))
                .isEmpty();
    }

    private static List<LogLine> wanted(Arguments arguments, List<LogLine> all) {
        int most = Math.toIntExact(arguments.wanted());
        if (all.size() <= most) {
            return all;
        }
        return arguments.isFromEnd()
                ? all.subList(all.size() - most, all.size())
                : all.subList(0, most);
    }

    private static Optional<LogLine> earliest(Arguments arguments, List<LogLine> all) {
        return all.stream()
                .filter(line -> arguments.contains().isPresent() || isTrouble(line))
                .findFirst();
    }

    static boolean isTrouble(LogLine line) {
        return TROUBLE.matcher(line.text().value()).find();
    }

    private static Line one(List<Line> lines, Capture capture) throws Unreadable {
        if (lines.size() != 1) {
            throw Unreadable.line(capture.argv(), 1, "one line", capture.stdout());
        }
        return lines.getFirst();
    }

    private static String shortened(String text) {
        if (text.length() <= MOST_CHARACTERS) {
            return text;
        }
        int end =
                Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1))
                        ? MOST_CHARACTERS - 1
                        : MOST_CHARACTERS;
        return text.substring(0, end) + "…";
    }
}
