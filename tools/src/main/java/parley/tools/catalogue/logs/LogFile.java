package parley.tools.catalogue.logs;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.read.Captures;
import parley.tools.value.AbsolutePath;
import parley.tools.value.BadValue;
import parley.tools.value.Count;
import parley.tools.value.SearchText;
import parley.tools.value.Whole;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The end of a log file, its beginning, or its lines with a certain text.
///
/// Source: `readlink -e -v` and `stat`, so that a link that leads out of the logs is refused and a
/// missing file is not taken for an empty one; then `tail`, `head`, `grep -F` or, for a file that
/// rotation compressed, `zcat -f`. A text to look for is taken literally, in any case of Latin
/// letters. *Empty* means that the file was read and has no line, or none with the text. A file
/// that may not be read makes the reading partial. Exit 1 of `grep` means that nothing matched.
public final class LogFile implements Observation<LogFile.Arguments, LogText> {
    private static final long DEFAULT_LINES = 200;
    private static final long MOST_BYTES = 4L * 1024 * 1024;
    private static final Duration TIME_LIMIT = Duration.ofSeconds(20);

    public record Arguments(
            @Means(en = "the log file", zh = "日志文件") AbsolutePath path,
            @Means(en = "so many lines (default 200)", zh = "多少行（默认 200）")
                    @Whole(least = 1, most = 1000)
                    Optional<Count> lines,
            @Means(en = "only lines with this text, in any case", zh = "只看包含该文字的行（不分大小写）")
                    Optional<SearchText> contains,
            @Means(en = "from its end (the default) or its beginning", zh = "从末尾（默认）或开头读")
                    Optional<Boolean> fromEnd) {
        public Arguments {
            LogPath.refusal(path)
                    .ifPresent(why -> {
                        throw new BadValue(why);
                    });
        }

        long wanted() {
            return lines.map(Count::value).orElse(DEFAULT_LINES);
        }

        boolean isFromEnd() {
            return fromEnd.orElse(true);
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "log.file",
                "logs",
                Bilingual.of("The end of a log file, or lines of it", "读取或搜索日志文件"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of(
                        "tail -100 /var/log/nginx/error.log on web-1",
                        "web-1 上 tail -100 /var/log/nginx/error.log"),
                Bilingual.of(
                        "does /var/log/syslog on batch-1 contain \"segfault\"?",
                        "batch-1 的 /var/log/syslog 里有没有 segfault 字样"),
                Bilingual.of("tail /var/log/syslog on batch-1", "看看 batch-1 的 /var/log/syslog 日志"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                RootCommand.of("readlink -e -v -- " + ROOTS_OWN),
                RootCommand.of("stat --format=%s %Y %F -- " + ROOTS_OWN),
                RootCommand.of("zcat -f -- " + ROOTS_OWN),
                RootCommand.of("tail -n <number> -- " + ROOTS_OWN),
                RootCommand.of("head -n <number> -- " + ROOTS_OWN),
                RootCommand.of("grep -a -F -i {{-n||-c}} -e <~[^ ]+> -- " + ROOTS_OWN));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    /// Only where root alone decides what lies there. Below the folders of applications, who may
    /// write could put a link to any file, and have it read by root.
    private static final String ROOTS_OWN = "<~/var/log(/[A-Za-z0-9_@+:,~=%-][^ /]*)+>";

    static Argv resolve(Arguments arguments) {
        return Argv.of("readlink", "-e", "-v", "--", arguments.path().value())
                .betterAsRoot()
                .alsoReadableWhenExit(1);
    }

    /// Size in bytes, time of the last change, and kind.
    static Argv look(String path) {
        return Argv.of("stat", "--format=%s %Y %F", "--", path).betterAsRoot();
    }

    static Argv content(Arguments arguments, String path) {
        Argv argv =
                LogPath.isCompressed(path)
                        ? Argv.of("zcat", "-f", "--", path)
                        : arguments
                                .contains()
                                .map(text ->
                                        Argv.of(
                                                "grep",
                                                "-a",
                                                "-F",
                                                "-i",
                                                "-n",
                                                "-e",
                                                text.value(),
                                                "--",
                                                path))
                                .orElseGet(() -> part(arguments, path));
        return argv.betterAsRoot().within(TIME_LIMIT).keeping(MOST_BYTES).alsoReadableWhenExit(1);
    }

    private static Argv part(Arguments arguments, String path) {
        return Argv.of(
                arguments.isFromEnd() ? "tail" : "head",
                "-n",
                Long.toString(arguments.wanted()),
                "--",
                path);
    }

    /// How many lines match, when there were too many to keep.
    static Argv count(SearchText text, String path) {
        return Argv.of("grep", "-a", "-F", "-i", "-c", "-e", text.value(), "--", path)
                .betterAsRoot()
                .within(TIME_LIMIT)
                .alsoReadableWhenExit(1);
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        return Next.known(soFar, () -> commands(arguments, soFar));
    }

    private static List<Argv> commands(Arguments arguments, List<Capture> soFar) throws Unreadable {
        List<Argv> commands = new ArrayList<>();
        commands.add(resolve(arguments));
        if (soFar.isEmpty()) {
            return commands;
        }
        Optional<String> path = LogFileReading.resolved(soFar.getFirst());
        if (path.isEmpty()) {
            return commands;
        }
        commands.add(look(path.get()));
        Argv content = content(arguments, path.get());
        commands.add(content);
        Optional<Capture> read = Captures.find(soFar, content);
        if (read.filter(Capture::truncated).isPresent() && !LogPath.isCompressed(path.get())) {
            arguments.contains().ifPresent(text -> commands.add(count(text, path.get())));
        }
        return commands;
    }

    @Override
    public Reading<LogText> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        return LogFileReading.of(arguments, captures);
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<LogText> reading) {
        return LogFileFindings.of(arguments, reading);
    }
}
