package parley.tools.catalogue.logs;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Reading;
import parley.tools.read.HostTime;
import parley.tools.value.Bytes;
import parley.tools.value.SearchText;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What part of a log file says: its earliest line of trouble, then how much there was.
final class LogFileFindings {
    private static final int MOST_QUOTED = 160;
    private static final int CONTENT = 3;

    private LogFileFindings() {}

    static List<Finding> of(LogFile.Arguments arguments, Reading<LogText> reading) {
        LogText text = reading.value();
        String path = text.path().value();
        return switch (text.state()) {
            case NO_SUCH_FILE ->
                    List.of(
                            Finding.of(
                                    Severity.WARNING,
                                    "there is no file {0} on this host",
                                    "该主机上没有文件 {0}",
                                    path));
            case NO_PERMISSION ->
                    List.of(
                            Finding.of(
                                    Severity.NOTICE,
                                    "what {0} says could not be seen",
                                    "看不到 {0} 的内容",
                                    path));
            case READ -> read(arguments, text);
        };
    }

    private static List<Finding> read(LogFile.Arguments arguments, LogText text) {
        List<Finding> findings = new ArrayList<>();
        long troubles = text.lines().stream().filter(LogFileReading::isTrouble).count();
        boolean sought = arguments.contains().isPresent();
        text.earliest()
                .ifPresent(line ->
                        findings.add(earliest(line, sought).at(CONTENT, (int) line.line())));
        findings.add(sought ? matches(arguments, text) : summary(text, troubles));
        return findings;
    }

    private static Finding earliest(LogLine line, boolean sought) {
        String text = line.text().value();
        String quoted = text.length() <= MOST_QUOTED ? text : text.substring(0, MOST_QUOTED) + "…";
        String number = line.number().map(one -> " (line " + one + ")").orElse("");
        String numberZh = line.number().map(one -> "（第 " + one + " 行）").orElse("");
        return Finding.of(
                sought ? Severity.NOTICE : Severity.WARNING,
                (sought ? "the first" : "the earliest of these lines that tells of trouble")
                        + number
                        + ": \""
                        + quoted
                        + "\"",
                (sought ? "第一处" : "其中最早提示异常的一行") + numberZh + "：“" + quoted + "”");
    }

    private static Finding matches(LogFile.Arguments arguments, LogText text) {
        long total = text.matches().orElse(0L);
        String what = arguments.contains().map(SearchText::value).orElse("");
        String path = text.path().value();
        if (text.lines().isEmpty()) {
            return Finding.of(
                    Severity.NOTICE,
                    "no line of {0} has \"{1}\"{2}",
                    "{0} 中没有包含“{1}”的行{2}",
                    path,
                    what,
                    facts(text));
        }
        int shown = text.lines().size();
        String part = arguments.isFromEnd() ? "newest " : "first ";
        return Finding.of(
                Severity.NOTICE,
                total
                        + (total == 1 ? " line of " : " lines of ")
                        + path
                        + (total == 1 ? " has \"" : " have \"")
                        + what
                        + "\""
                        + (total > shown ? "; the " + part + shown + " are here" : "")
                        + facts(text).en(),
                path
                        + " 中有 "
                        + total
                        + " 行包含“"
                        + what
                        + "”"
                        + (total > shown
                                ? "；此处为" + (arguments.isFromEnd() ? "最新的 " : "最前的 ") + shown + " 行"
                                : "")
                        + facts(text).zh());
    }

    private static Finding summary(LogText text, long troubles) {
        String path = text.path().value();
        int shown = text.lines().size();
        if (shown == 0) {
            return Finding.of(Severity.NOTICE, "{0} is empty{1}", "{0} 是空文件{1}", path, facts(text));
        }
        return Finding.of(
                troubles > 0 ? Severity.NOTICE : Severity.HEALTHY,
                shown
                        + (shown == 1 ? " line of " : " lines of ")
                        + path
                        + ": "
                        + (troubles == 0
                                ? "none looks like an error"
                                : troubles
                                        + (troubles == 1
                                                ? " looks like an error"
                                                : " look like errors"))
                        + facts(text).en(),
                path
                        + " 的 "
                        + shown
                        + " 行："
                        + (troubles == 0 ? "没有错误迹象" : troubles + " 行有错误迹象")
                        + facts(text).zh());
    }

    /// How much more there is, and when it was written last.
    private static Bilingual facts(LogText text) {
        String size = text.size().map(Bytes::toString).orElse("?");
        Optional<String> when = text.modified().map(HostTime::spoken);
        return Bilingual.of(
                " (the file has "
                        + size
                        + when.map(one -> ", last written " + one).orElse("")
                        + ")",
                "（文件 " + size + when.map(one -> "，最后写入 " + one).orElse("") + "）");
    }
}
