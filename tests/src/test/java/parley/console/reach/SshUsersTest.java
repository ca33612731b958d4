package parley.console.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.safety.gate.Permit;
import parley.safety.gate.Step;
import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Host;
import parley.tools.Hosts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Users with and without sudo, and with other shells. They exist only in the server's own mount
/// namespace, where copies of the user files and of sudoers lie over the machine's; nothing is left
/// behind.
class SshUsersTest {
    private static final String MAY = "parley-may";
    private static final String MAY_NOT = "parley-not";
    private static final String CSH = "parley-csh";
    private static final String NO_SHELL = "parley-none";

    @TempDir private static Path folder;
    private static Sshd sshd;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(Sshd.isRoot(), "SKIPPED: needs root to make users for a server");
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/sudo")), "SKIPPED: no sudo here; install it");
        Sshd.run("chmod", "0755", folder.toString());
        StringBuilder passwd = new StringBuilder(Files.readString(Path.of("/etc/passwd")));
        StringBuilder shadow = new StringBuilder(Files.readString(Path.of("/etc/shadow")));
        int id = 54321;
        for (String[] user :
                new String[][] {
                    {MAY, "/bin/bash"},
                    {MAY_NOT, "/bin/sh"},
                    {CSH, "/bin/csh"},
                    {NO_SHELL, "/usr/sbin/nologin"}
                }) {
            passwd.append("%s:x:%d:65534::/:%s\n".formatted(user[0], id++, user[1]));
            shadow.append("%s:*:19000:0:99999:7:::\n".formatted(user[0]));
        }
        Path users = Files.writeString(folder.resolve("passwd"), passwd);
        Path secrets = Files.writeString(folder.resolve("shadow"), shadow);
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
        sudoers(MAY + " ALL=(root) NOPASSWD: ALL\n");
        String mounts =
                "mount --bind "
                        + users
                        + " /etc/passwd && mount --bind "
                        + secrets
                        + " /etc/shadow && mount --bind "
                        + folder.resolve("sudoers")
                        + " /etc/sudoers && exec \"$@\"";
        sshd = Sshd.start(List.of("unshare", "--mount", "sh", "-c", mounts, "sh"));
    }

    /// What sudo reads in the server's surroundings from now on.
    private static void sudoers(String text) throws Exception {
        Path file = folder.resolve("sudoers");
        if (Files.notExists(file)) {
            Files.createFile(file);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (sshd != null) {
            sshd.close();
        }
    }

    private static Host as(String user) {
        return sshd.host("web-1", user, Optional.empty());
    }

    private static Reach reach(Host host) {
        return new Reach(
                new Hosts(List.of(host)),
                FirstContact.NOBODY,
                Passphrases.NOBODY,
                Optional.of(sshd.clientConfig()));
    }

    private static Capture sudo(String user, Argv argv) throws Exception {
        try (Reach reach = reach(as(user))) {
            return new Executor(reach)
                    .run(Commands.permit(as(user), argv.asRoot(), Step.Elevation.SUDO));
        }
    }

    @Test
    void sudoGivesRootAndSaysSo() throws Exception {
        Capture capture = sudo(MAY, Argv.of("id", "-u"));
        assertEquals("0\n", capture.stdout(), capture.stderr());
        assertTrue(capture.asRoot());
        try (Reach reach = reach(as(MAY))) {
            assertEquals(new Login(MAY, false), reach.login(as(MAY)));
            Capture plain = new Executor(reach).run(Commands.permit(as(MAY), Argv.of("id", "-un")));
            assertEquals(MAY + "\n", plain.stdout());
            assertFalse(plain.asRoot());
        }
    }

    @Test
    void aCommandThatFailsUnderSudoIsNoRefusal() throws Exception {
        Capture capture =
                sudo(MAY, Argv.of("sh", "-c", "echo 'cat: a password is required' >&2; exit 1"));
        assertEquals(1, capture.exit());
        assertEquals(1, sudo(MAY, Argv.of("no-such-program")).exit());
    }

    /// The line of sudoers in a refusal: it stands between two blanks on each side.
    private static String offered(String refusal) {
        int from = refusal.indexOf("  ");
        int to = refusal.lastIndexOf("  ");
        assertTrue(from >= 0 && to > from, refusal);
        return refusal.substring(from + 2, to);
    }

    @Test
    void aRefusalShowsTheLineThatAllowsExactlyThisCommand() throws Exception {
        Argv argv =
                Argv.of(
                        "printf", "%s\\n", "a,b:c=d", "x y", "*", "-n", "[q]?!", "#1", "\"(^)\"",
                        "b\\x2dc", "$x;|&");
        NotRun refused = assertThrows(NotRun.class, () -> sudo(MAY_NOT, argv));
        assertEquals(NotRun.Kind.SUDO_REFUSED, refused.kind(), refused.getMessage());
        String line = offered(refused.why().en());
        assertTrue(line.startsWith(MAY_NOT + " ALL=(root) NOPASSWD: /usr/bin/printf "), line);
        assertEquals(line, offered(refused.why().zh()));

        sudoers(MAY + " ALL=(root) NOPASSWD: ALL\n" + line + "\n");
        try {
            Capture allowed = sudo(MAY_NOT, argv);
            assertEquals(
                    "a,b:c=d\nx y\n*\n-n\n[q]?!\n#1\n\"(^)\"\nb\\x2dc\n$x;|&\n", allowed.stdout());
            NotRun other =
                    assertThrows(
                            NotRun.class,
                            () -> sudo(MAY_NOT, Argv.of("printf", "%s\\n", "a,b:c=d", "x y", "z")));
            assertEquals(NotRun.Kind.SUDO_REFUSED, other.kind());
            NotRun more = assertThrows(NotRun.class, () -> sudo(MAY_NOT, argv.plus("more")));
            assertEquals(NotRun.Kind.SUDO_REFUSED, more.kind());
        } finally {
            sudoers(MAY + " ALL=(root) NOPASSWD: ALL\n");
        }
    }

    @Test
    void aCommandWithoutArgumentsIsAllowedWithoutArgumentsOnly() throws Exception {
        NotRun refused = assertThrows(NotRun.class, () -> sudo(MAY_NOT, Argv.of("id")));
        String line = offered(refused.why().en());
        assertEquals(MAY_NOT + " ALL=(root) NOPASSWD: /usr/bin/id \"\"", line);
        sudoers(MAY + " ALL=(root) NOPASSWD: ALL\n" + line + "\n");
        try {
            assertTrue(sudo(MAY_NOT, Argv.of("id")).stdout().startsWith("uid=0"));
            assertThrows(NotRun.class, () -> sudo(MAY_NOT, Argv.of("id", "-u")));
        } finally {
            sudoers(MAY + " ALL=(root) NOPASSWD: ALL\n");
        }
    }

    @Test
    void cancelEndsACommandOfRootToo() throws Exception {
        String marker = "parley-root-" + System.nanoTime();
        Host host = as(MAY);
        Permit permit =
                Commands.permit(
                        host,
                        Commands.endless(marker).within(Duration.ofSeconds(60)),
                        Step.Elevation.SUDO);
        try (Reach reach = reach(host)) {
            AtomicReference<NotRun> thrown = new AtomicReference<>();
            Thread thread =
                    Thread.ofVirtual()
                            .start(() ->
                                    thrown.set(
                                            assertThrows(
                                                    NotRun.class,
                                                    () -> new Executor(reach).run(permit))));
            assertTrue(Commands.runs(marker), "never ran");
            thread.interrupt();
            assertTrue(thread.join(Duration.ofSeconds(20)), "cancel hangs");
            assertEquals(NotRun.Kind.CANCELLED, thrown.get().kind(), thrown.get().getMessage());
        }
        assertFalse(Commands.lives(marker), "still runs as root");
    }

    @Test
    void theTimeLimitEndsACommandOfRootToo() throws Exception {
        String marker = "parley-root-hung-" + System.nanoTime();
        assertEquals(124, sudo(MAY, Commands.endless(marker).within(Duration.ofSeconds(1))).exit());
        assertTrue(Commands.becomes(false, marker, 5), "still runs as root");
    }

    @Test
    void aShellThatIsNotPosixIsRefused() {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/bin/csh")), "SKIPPED: no csh here; install it");
        try (Reach reach = reach(as(CSH))) {
            NotRun refused = assertThrows(NotRun.class, () -> reach.login(as(CSH)));
            assertTrue(
                    refused.why().en().contains("the login shell is not POSIX"),
                    refused.why().en());
        }
    }

    @Test
    void aHostWhosePasswordWouldHaveToBeAskedForIsRefusedWithoutAsking() throws Exception {
        Host plain = as(MAY_NOT);
        Host host =
                new Host(
                        plain.name(),
                        plain.address(),
                        plain.port(),
                        plain.user(),
                        plain.via(),
                        Host.Become.ASK,
                        plain.environment(),
                        plain.groups(),
                        plain.aliases(),
                        plain.modelAllowed(),
                        plain.labels());
        try (Reach reach = reach(host)) {
            NotRun refused =
                    assertThrows(
                            NotRun.class,
                            () ->
                                    new Executor(reach)
                                            .run(
                                                    Commands.permit(
                                                            host,
                                                            Argv.of("id"),
                                                            Step.Elevation.SUDO)));
            assertEquals(NotRun.Kind.SUDO_REFUSED, refused.kind());
            assertTrue(refused.why().en().contains("asks for no sudo password yet"));
        }
    }

    @Test
    void aJumpHostNeedsNoShell() throws Exception {
        Host jump = as(NO_SHELL);
        Host inner = sshd.host("inner", MAY, Optional.of("web-1"));
        Host other =
                new Host(
                        inner.name(),
                        Optional.of("localhost"),
                        inner.port(),
                        inner.user(),
                        inner.via(),
                        inner.become(),
                        inner.environment(),
                        inner.groups(),
                        inner.aliases(),
                        inner.modelAllowed(),
                        inner.labels());
        Files.writeString(
                sshd.knownHosts(),
                Files.readString(sshd.knownHosts())
                        + "[localhost]:"
                        + sshd.port()
                        + " "
                        + sshd.hostKey()
                        + "\n");
        try (Reach reach =
                new Reach(
                        new Hosts(List.of(jump, other)),
                        FirstContact.NOBODY,
                        Passphrases.NOBODY,
                        Optional.of(sshd.clientConfig()))) {
            assertEquals(new Login(MAY, false), reach.login(other));
        }
    }

    @Test
    void anAccountWithoutShellIsRefusedWithItsOwnWords() {
        try (Reach reach = reach(as(NO_SHELL))) {
            NotRun refused = assertThrows(NotRun.class, () -> reach.login(as(NO_SHELL)));
            assertTrue(
                    refused.why().en().contains("This account is currently not available"),
                    refused.why().en());
        }
    }
}
