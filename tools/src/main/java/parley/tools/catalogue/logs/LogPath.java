package parley.tools.catalogue.logs;

import parley.tools.Bilingual;
import parley.tools.value.AbsolutePath;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which files are logs, by where they lie and what they are called.
final class LogPath {
    private static final String ROOT = "/var/log";

    /// Folders of applications: there a file counts as a log by its name or its folder's.
    private static final List<String> APPLICATIONS =
            List.of("/srv", "/opt", "/data", "/home", "/var/lib", "/var/www", "/usr/local", "/tmp");

    private static final Pattern IS_LOG =
            Pattern.compile(
                    ".*/(logs?/.+|[^/]+\\.(log|out|err)([.-][0-9A-Za-z._-]{1,32})?)",
                    Pattern.DOTALL);

    /// Records of logins: not text, and a mistyped password stands in them.
    private static final Pattern LOGINS =
            Pattern.compile("/var/log/([bw]tmp|lastlog|faillog|tallylog)([.-].*)?", Pattern.DOTALL);

    private static final Pattern JOURNAL =
            Pattern.compile("(/var/log|/run/log)/journal(/.*)?", Pattern.DOTALL);

    private LogPath() {}

    /// Why `path` is not read as a log; empty when it is.
    static Optional<Bilingual> refusal(AbsolutePath path) {
        String text = path.value();
        if (LOGINS.matcher(text).matches()) {
            return Optional.of(
                    Bilingual.of(
                            text + " is a record of logins, not text; ask security.logins",
                            text + " 是登录记录而非文本；请使用 security.logins"));
        }
        if (JOURNAL.matcher(text).matches()) {
            return Optional.of(
                    Bilingual.of(
                            text + " belongs to the journal; ask log.journal",
                            text + " 属于 journal；请使用 log.journal"));
        }
        boolean log =
                (path.isUnder(ROOT) && !text.equals(ROOT))
                        || (APPLICATIONS.stream().anyMatch(path::isUnder)
                                && IS_LOG.matcher(text).matches());
        return log
                ? Optional.empty()
                : Optional.of(
                        Bilingual.of(
                                text
                                        + " is not a log: logs lie below /var/log, or in "
                                        + String.join(", ", APPLICATIONS)
                                        + " in a folder called log or logs or with a name that"
                                        + " ends in .log, .out or .err",
                                text
                                        + " 不是日志文件：日志须位于 /var/log 下，或位于 "
                                        + String.join("、", APPLICATIONS)
                                        + " 下名为 log 或 logs 的目录中，或以 .log、.out、.err 结尾"));
    }

    static boolean isCompressed(String path) {
        return path.endsWith(".gz");
    }
}
