package parley.tools;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/// What one command gave: exactly what a host printed, as data.
///
/// @param exit the exit code; 124 after the time limit, 128 + number after a signal
/// @param stdout standard output as kept, decoded as UTF-8, undecodable bytes replaced
/// @param stdoutBytes how many bytes there were; more than kept when `truncated`
/// @param asRoot whether it ran with root's rights
/// @param midpoint this machine's clock half way through the round trip
public record Capture(
        Argv argv,
        int exit,
        String stdout,
        String stderr,
        long stdoutBytes,
        boolean truncated,
        boolean asRoot,
        Instant midpoint,
        Duration took) {
    private static final int NOT_FOUND = 127;
    private static final Pattern NOT_FOUND_BY_SUDO =
            Pattern.compile("sudo: \\S+: command not found");

    public Capture {
        requireNonNull(argv, "argv is null");
        requireNonNull(stdout, "stdout is null");
        requireNonNull(stderr, "stderr is null");
        requireNonNull(midpoint, "midpoint is null");
        requireNonNull(took, "took is null");
    }

    /// Standard output as lines, without line ends. Line 1 of the evidence is element 0.
    public List<String> lines() {
        return stdout.lines().toList();
    }

    /// Whether nothing ran because the host does not have the program. `sudo` ends with 1 then,
    /// which other programs mean something else by.
    public boolean missing() {
        return exit == NOT_FOUND
                || (asRoot
                        && exit == 1
                        && stdout.isEmpty()
                        && NOT_FOUND_BY_SUDO.matcher(stderr.strip()).matches());
    }

    /// Refuses a capture whose exit code its command does not count as readable, or whose program
    /// is not there.
    ///
    /// @throws Unreadable naming the program, the code and the last line of standard error
    public Capture readable() throws Unreadable {
        boolean mayBeMissing = argv.readableExits().contains(NOT_FOUND);
        if (missing() && !mayBeMissing) {
            throw new Unreadable(
                    Bilingual.of(
                            "{0} is not on this host: it is not installed, or not in the usual"
                                    + " folders of programs",
                            "该主机上没有 {0}：未安装，或不在常用的程序目录中", argv.program()));
        }
        if (argv.readableExits().contains(exit)) {
            return this;
        }
        if (exit == 124 || exit == 137) {
            throw new Unreadable(
                    Bilingual.of(
                            "{0} did not finish within {1} s and was ended",
                            "{0} 在 {1} 秒内没有结束，已被终止", argv.program(), argv.timeLimit().toSeconds()));
        }
        String last =
                stderr.lines().filter(line -> !line.isBlank()).reduce("", (before, line) -> line);
        throw new Unreadable(
                Bilingual.of(
                        argv.program()
                                + " ended with exit code "
                                + exit
                                + (last.isEmpty() ? "" : ": " + last),
                        argv.program() + " 退出码 " + exit + (last.isEmpty() ? "" : "：" + last)));
    }

    /// Refuses, beside what [#readable] refuses, a capture of a command that prints nothing when it
    /// did what it was told.
    ///
    /// @throws Unreadable naming the first line that it printed
    public Capture silent() throws Unreadable {
        if (!readable().stdout().isBlank()) {
            throw Unreadable.line(argv, 1, "no output", lines().getFirst());
        }
        return this;
    }
}
