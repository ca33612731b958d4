package parley.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;

import parley.tools.Call;
import parley.tools.schema.BadArguments;
import parley.tools.schema.Json;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Options, operands with a meaning of their own, shell characters and invisible ones, put into
/// every argument of text of every tool: each is refused by its type, or stays inside its one word.
final class SmugglingTest {
    /// The table of known ways, by program; and what no argument should ever hold.
    static final List<String> PAYLOADS =
            List.of(
                    // apt, dpkg
                    "-oAPT::Update::Pre-Invoke::=/bin/sh",
                    "-o",
                    "--option=Dpkg::Pre-Invoke::=sh",
                    "-c/tmp/x",
                    "--with-source",
                    "--allow-unauthenticated",
                    "--force-yes",
                    "curl-",
                    "hello+",
                    "curl.*",
                    "~ncurl",
                    "*",
                    "curl=1.0",
                    "curl/sid",
                    "task^",
                    "curl:i386",
                    "./x.deb",
                    "/tmp/x.deb",
                    "--pre-invoke=sh",
                    "?installed",
                    // dnf, rpm, zypper, apk
                    "--setopt=pluginpath=/tmp",
                    "--repofrompath=x,http://x",
                    "--installroot=/tmp",
                    "--nogpgcheck",
                    "https://x/x.rpm",
                    "@core",
                    "--eval=%(id)",
                    "--pipe=id",
                    "!curl",
                    "+curl",
                    "pattern:base",
                    "curl<2",
                    "curl@edge",
                    "/usr/bin/curl",
                    // systemctl, journalctl
                    "-Huser@host",
                    "-Mx",
                    "--root=/tmp",
                    "--force",
                    "ssh*",
                    "[s]sh",
                    "../../etc/x",
                    "--vacuum-size=1",
                    "--rotate",
                    "--cursor-file=/tmp/x",
                    "_PID=1",
                    "--file=/x",
                    "--output=cat",
                    // ping, curl, ss, find, ip, dig
                    "-f",
                    "--exec=sh",
                    "-delete",
                    "-K",
                    "-D/tmp/x",
                    "-batch",
                    "@127.0.0.1",
                    "-exec",
                    "file:///etc/shadow",
                    "gopher://x",
                    "{a,b}",
                    "http://169.254.169.254/",
                    // shells and terminals
                    "$(id)",
                    "`id`",
                    "a;id",
                    "a|id",
                    "a&&id",
                    "a>b",
                    "a\nb",
                    "a\tb",
                    "a b",
                    "'",
                    "\"",
                    "\\",
                    "a\u0000b",
                    "\u001b[2J",
                    "\u202eevil",
                    "a\u200bb",
                    "nginх",
                    "ｎginx",
                    "-",
                    "--",
                    "",
                    " ",
                    "%n",
                    "${HOME}",
                    "~root",
                    "a".repeat(70_000),
                    "\ud800");

    @Test
    void nothingGetsOutOfItsOneWord() throws Exception {
        List<String> escaped = new ArrayList<>();
        int refused = 0;
        int inside = 0;
        TreeSet<String> tools = new TreeSet<>();
        for (Baselines.Slot slot : Baselines.slots()) {
            List<List<String>> harmless = Baselines.rendered(slot.with(slot.example()));
            tools.add(slot.tool().name());
            for (String payload : PAYLOADS) {
                Call<?> call;
                try {
                    call = slot.with(payload);
                } catch (BadArguments typed) {
                    refused++;
                    continue;
                }
                inside++;
                List<List<String>> hostile = Baselines.rendered(call);
                if (!sameButForOneWord(slot.example(), harmless, hostile)) {
                    escaped.add(slot + " " + payload + ": " + hostile);
                }
            }
        }
        assertEquals(List.of(), escaped);
        assertTrue(tools.size() >= 10, "looked at " + tools);
        System.getLogger(SmugglingTest.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "{0} payloads into {1} arguments of {2} tools: {3} refused, {4} kept"
                                + " inside",
                        PAYLOADS.size(),
                        Baselines.slots().size(),
                        tools.size(),
                        refused,
                        inside);
    }

    /// The same commands, of as many words; a word differs only where the harmless value stood in
    /// it, begins as it did, and is no option that was none before.
    private static boolean sameButForOneWord(
            String example, List<List<String>> harmless, List<List<String>> hostile) {
        if (harmless.size() != hostile.size()) {
            return false;
        }
        for (int index = 0; index < harmless.size(); index++) {
            List<String> before = harmless.get(index);
            List<String> after = hostile.get(index);
            if (before.size() != after.size()) {
                if (!sameBeforeOperands(before, after)) {
                    return false;
                }
                continue;
            }
            for (int word = 0; word < before.size(); word++) {
                if (!before.get(word).equals(after.get(word))
                        && !isInSlot(example, before, before.get(word), after.get(word))) {
                    return false;
                }
            }
        }
        return true;
    }

    /// A text that a tool takes as several words may give more or fewer operands: nothing before
    /// the `--` that ends the options is touched by it.
    private static boolean sameBeforeOperands(List<String> before, List<String> after) {
        int end = before.indexOf("--");
        return end >= 0
                && after.size() > end
                && before.subList(0, end + 1).equals(after.subList(0, end + 1));
    }

    private static boolean isInSlot(
            String example, List<String> command, String before, String after) {
        int at = before.indexOf(example);
        // A value that is escaped for its program does not stand there as it was given; it still
        // follows its option.
        String fixed =
                at >= 0 ? before.substring(0, at) : before.substring(0, before.indexOf('=') + 1);
        boolean option = fixed.isEmpty() && after.startsWith("-");
        // Whoever reads names as patterns or with a meaning of their own must be told the exact
        // name.
        boolean exact =
                !List.of("apt-get", "apt").contains(command.getFirst())
                        || before.contains("?exact-name(")
                        || after.matches("[a-z0-9][a-z0-9.+-]*[a-z0-9](=.*)?");
        return after.startsWith(fixed) && !option && exact;
    }

    /// Programs that start others at will, as GTFOBins has them under "shell" and "command".
    private static final Set<String> SHELLS =
            Set.of(
                    "ash",
                    "awk",
                    "bash",
                    "busybox",
                    "chroot",
                    "csh",
                    "dash",
                    "dmsetup",
                    "docker",
                    "ed",
                    "emacs",
                    "env",
                    "ex",
                    "expect",
                    "find",
                    "flock",
                    "ftp",
                    "gawk",
                    "gdb",
                    "git",
                    "ionice",
                    "irb",
                    "ksh",
                    "ld.so",
                    "less",
                    "lua",
                    "make",
                    "man",
                    "mawk",
                    "more",
                    "mysql",
                    "nano",
                    "nawk",
                    "nice",
                    "nmap",
                    "node",
                    "nohup",
                    "nsenter",
                    "perl",
                    "php",
                    "pico",
                    "python",
                    "python3",
                    "rlwrap",
                    "rpmquery",
                    "ruby",
                    "run-parts",
                    "rview",
                    "script",
                    "sed",
                    "setarch",
                    "sh",
                    "sqlite3",
                    "ssh",
                    "stdbuf",
                    "strace",
                    "su",
                    "sudo",
                    "tar",
                    "taskset",
                    "tclsh",
                    "tee",
                    "time",
                    "unshare",
                    "vi",
                    "view",
                    "vim",
                    "watch",
                    "xargs",
                    "zip",
                    "zsh");

    /// Where one of those is used, its next words are fixed: what it starts is not for an argument
    /// to say.
    private static final List<List<String>> REVIEWED =
            List.of(
                    List.of("sudo", "-n", "-l", "--"),
                    List.of("sudo", "-n", "-l", "-U"),
                    List.of("sed", "-n", "-s", "-e", "1F", "-e"),
                    List.of("awk", "-F:"),
                    List.of("awk", "-v"),
                    List.of("ionice", "-c3", "nice", "find"),
                    List.of("ionice", "-c3", "nice", "du"),
                    List.of("find"));

    @Test
    void noCommandOfTheCatalogueIsAProgramThatStartsOthersAtWill() throws Exception {
        List<List<String>> commands = new ArrayList<>();
        for (Baselines.Slot slot : Baselines.slots()) {
            commands.addAll(Baselines.rendered(slot.with(slot.example())));
        }
        int rendered = commands.size();
        try (var files = Files.walk(Path.of("recordings"))) {
            for (Path file : files.filter(f -> f.endsWith("case.json")).toList()) {
                for (JsonNode command :
                        Json.mapper().readTree(Files.readString(file)).path("commands")) {
                    List<String> words = new ArrayList<>();
                    command.path("argv").forEach(word -> words.add(word.asText()));
                    commands.add(words);
                }
            }
        }
        assertTrue(commands.size() - rendered >= 50, "looked at " + commands.size());
        TreeSet<String> reachable = new TreeSet<>();
        TreeSet<String> programs = new TreeSet<>();
        for (List<String> words : commands) {
            String program = words.getFirst().replaceAll(".*/", "");
            programs.add(program);
            boolean reviewed =
                    REVIEWED.stream()
                            .anyMatch(fixed ->
                                    words.size() > fixed.size()
                                            && words.subList(0, fixed.size()).equals(fixed));
            if (SHELLS.contains(program) && !reviewed) {
                reachable.add(String.join(" ", words));
            }
        }
        assertEquals(new TreeSet<>(), reachable);
        assertTrue(programs.size() >= 10, programs.toString());
        System.getLogger(SmugglingTest.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "{0} commands of {1} programs, none of {2} that start others at will",
                        commands.size(),
                        programs.size(),
                        SHELLS.size());
    }
}
