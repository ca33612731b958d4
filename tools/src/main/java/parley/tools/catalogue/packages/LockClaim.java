package parley.tools.catalogue.packages;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Finding;
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.schema.Json;
import parley.tools.value.HostText;
import parley.tools.value.Pid;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A process said to hold a lock of a package manager: by the kernel, or by a file with its id.
///
/// @param pid empty when what stands in the file is no process id
/// @param byKernel whether the kernel says so; what a file says may be long past
/// @param blocks whether such a lock keeps others out
record LockClaim(
        String lock, Optional<Pid> pid, boolean byKernel, boolean blocks, Finding.Lines line) {
    private static final Pattern RPM =
            Pattern.compile("(/var/lib/rpm|/usr/lib/sysimage/rpm)/\\.rpm\\.lock");
    private static final Pattern DEBIAN =
            Pattern.compile(
                    "/var/lib/dpkg/(lock|lock-frontend|triggers/Lock)|/var/lib/apt/(lists/lock"
                            + "|daily_lock)|/var/cache/apt/archives/lock");
    private static final List<String> FILES =
            List.of(
                    "/var/cache/dnf/metadata_lock.pid",
                    "/var/cache/dnf/download_lock.pid",
                    "/var/lib/dnf/rpmdb_lock.pid",
                    "/var/log/log_lock.pid");
    private static final Pattern FILE = Pattern.compile("(/[^:]+\\.pid):(.*)");
    private static final Pattern NO_FILE = Pattern.compile("grep: \\S+: No such file or directory");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,5}|[1-3][0-9]{6}");
    private static final long MOST_PID = 4_194_304;

    LockClaim {
        requireNonNull(lock, "lock is null");
        requireNonNull(pid, "pid is null");
        requireNonNull(line, "line is null");
    }

    /// Every lock of the kernel, of which everybody may know. A path that this login must not know
    /// ends in `...` or is none.
    static Argv kernel() {
        return Argv.of("lslocks", "-J", "-o", "COMMAND,PID,TYPE,MODE,PATH").betterAsRoot();
    }

    /// What stands in dnf's lock files. Exit 1: nothing; 2: not all of them are there.
    static Argv files() {
        return Argv.of("grep", "-H", "-e", "", "--")
                .plus(FILES.toArray(String[]::new))
                .betterAsRoot()
                .alsoReadableWhenExit(1, 2);
    }

    static List<RootCommand> rootCommands() {
        return List.of(
                RootCommand.of(String.join(" ", kernel().words())),
                RootCommand.of("grep -H -e <empty> -- " + String.join(" ", FILES)));
    }

    /// The claims of capture number `number` of [#kernel].
    ///
    /// A lock that is only waited for is nobody's yet, and left out. A shared lock keeps writers
    /// out.
    ///
    /// @param gaps gets what could not be seen
    static List<LockClaim> ofKernel(int number, List<Capture> captures, List<Bilingual> gaps)
            throws Unreadable {
        Capture capture = captures.get(number - 1).readable();
        List<LockClaim> claims = new ArrayList<>();
        int hidden = 0;
        for (JsonNode one : locks(capture)) {
            String type = one.path("type").asText();
            String mode = one.path("mode").asText();
            String path = one.path("path").asText("");
            long pid = one.path("pid").asLong(-1);
            if (type.isEmpty() || mode.isEmpty() || !one.has("pid")) {
                throw Unreadable.line(
                        capture.argv(), 1, "locks with pid, type, mode", one.toString());
            }
            boolean debian = DEBIAN.matcher(path).matches();
            boolean waits = mode.endsWith("*");
            if (!waits && (debian || RPM.matcher(path).matches())) {
                boolean effective = !type.equals("FLOCK") || !debian;
                claims.add(
                        new LockClaim(
                                path, known(pid), true, effective, place(number, capture, pid)));
            } else if ((path.isEmpty() || path.endsWith("...")) && type.equals("POSIX")) {
                hidden++;
            }
        }
        if (hidden > 0) {
            gaps.add(
                    Bilingual.of(
                            "there are locks on files that this login may not see: {0}",
                            "有 {0} 个锁，当前登录用户看不到锁住的是哪个文件", hidden));
        }
        return claims;
    }

    /// A lock that belongs to an open file and not to a process has the id -1.
    private static Optional<Pid> known(long pid) {
        return pid > 0 && pid <= MOST_PID ? Optional.of(new Pid(pid)) : Optional.empty();
    }

    private static JsonNode locks(Capture capture) throws Unreadable {
        if (capture.stdout().isBlank()) {
            return Json.mapper().createArrayNode();
        }
        try {
            JsonNode locks = Json.mapper().readTree(capture.stdout()).path("locks");
            if (locks.isArray()) {
                return locks;
            }
        } catch (JsonProcessingException broken) {
            throw refused(capture);
        }
        throw refused(capture);
    }

    private static Unreadable refused(Capture capture) {
        return Unreadable.line(
                capture.argv(),
                1,
                "JSON with a list of locks",
                capture.lines().stream().findFirst().orElse(""));
    }

    /// The line that names the process; the locks of one process stand beside each other.
    private static Finding.Lines place(int number, Capture capture, long pid) {
        Pattern form = Pattern.compile("\\s*\"pid\": \"?" + pid + "\"?,?");
        List<String> lines = capture.lines();
        for (int index = 0; index < lines.size(); index++) {
            if (form.matcher(lines.get(index)).matches()) {
                return new Finding.Lines(number, index + 1, index + 1);
            }
        }
        return new Finding.Lines(number, 1, Math.max(1, lines.size()));
    }

    /// The claims of capture number `number` of [#files].
    ///
    /// @param gaps gets what could not be seen
    static List<LockClaim> ofFiles(int number, List<Capture> captures, List<Bilingual> gaps)
            throws Unreadable {
        List<LockClaim> claims = new ArrayList<>();
        for (Line line : Lines.of(number, captures)) {
            Matcher form = line.match(FILE, "/path.pid:process");
            String text = form.group(2).strip();
            claims.add(
                    new LockClaim(
                            form.group(1),
                            NUMBER.matcher(text).matches()
                                    ? Optional.of(line.pid(text))
                                    : Optional.empty(),
                            false,
                            true,
                            line.at()));
        }
        for (Line line : Lines.errors(number, captures)) {
            if (!line.has(NO_FILE)) {
                gaps.add(Bilingual.of("not seen: " + line.text(), "未能看到：" + line.text()));
            }
        }
        return claims;
    }

    /// As a lock that nobody holds any more.
    ManagerLocks.Leftover leftover() {
        return new ManagerLocks.Leftover(new HostText(lock), pid, line);
    }
}
