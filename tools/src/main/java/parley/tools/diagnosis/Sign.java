package parley.tools.diagnosis;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a line of a log gives away about why a program does not work.
enum Sign {
    PORT_TAKEN("address already in use|EADDRINUSE|errno 98\\b"),
    NO_SPACE("no space left on device|ENOSPC|disk quota exceeded"),
    TOO_MANY_FILES("too many open files|EMFILE\\b"),
    OUT_OF_MEMORY("oom-kill|out of memory|cannot allocate memory|OutOfMemoryError"),
    NO_LIBRARY("error while loading shared libraries|cannot open shared object"),
    /// A line about the configuration that names a file and a line of it.
    BAD_CONFIGURATION(
            "(unknown directive|syntax error|unexpected \"|parse error|invalid"
                    + " (option|parameter|value)|configuration file .* (test"
                    + " failed|error)|\\[emerg\\]).*"),
    NO_USER("failed to determine user credentials|no such process.*user|unknown user|getpwnam"),
    DEPENDENCY("dependency failed for"),
    NO_PERMISSION("permission denied|operation not permitted|EACCES"),
    /// Something it needs does not answer.
    NO_PEER(
            "connection refused|connection reset by peer|lost connection|could not connect"
                    + "|no route to host|connection timed out|bad gateway|no live upstreams"
                    + "|HTTP/[\\d.]+\\\\?\"? 50[234]\\b"),
    NO_NAME(
            "temporary failure in name resolution|name or service not known|could not resolve"
                    + "|no such host"),
    NO_FILE("no such file or directory|ENOENT|unable to locate executable"),
    NO_LOGIN("password authentication failed|access denied for user|password rejected");

    /// Most telling first: a time of day looks like a port, too.
    private static final List<Pattern> PORTS =
            List.of(
                    Pattern.compile("(?:\\d{1,3}\\.){3}\\d{1,3}:(\\d{1,5})\\b"),
                    Pattern.compile("[\\]*]:(\\d{1,5})\\b"),
                    Pattern.compile("\\bport[ =:]{1,3}(\\d{1,5})\\b", Pattern.CASE_INSENSITIVE),
                    Pattern.compile("(?<![\\d:]):(\\d{2,5})\\b(?!:\\d)"),
                    Pattern.compile("\\blisten(?:ing)?\\D{1,20}(\\d{2,5})\\b"));

    private final Pattern pattern;

    Sign(String pattern) {
        this.pattern = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
    }

    boolean isIn(String message) {
        return pattern.matcher(message).find();
    }

    /// The port that a message about an address names; 0 where it names none.
    static int port(String message) {
        for (Pattern pattern : PORTS) {
            Matcher matcher = pattern.matcher(message);
            if (matcher.find()) {
                int port = Integer.parseInt(matcher.group(1));
                if (port > 0 && port < 65536) {
                    return port;
                }
            }
        }
        return 0;
    }
}
