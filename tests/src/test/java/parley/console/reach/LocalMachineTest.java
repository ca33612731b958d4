package parley.console.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.safety.gate.Permit;
import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Host;
import parley.tools.Hosts;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// Commands on this machine itself: the same meanings as over SSH.
class LocalMachineTest {
    private final Host host = Host.local(Host.Become.SUDO);
    private final Reach reach =
            new Reach(new Hosts(List.of(host)), FirstContact.NOBODY, Passphrases.NOBODY);
    private final Executor executor = new Executor(reach);

    private Capture run(Argv argv) throws Exception {
        return executor.run(Commands.permit(host, argv));
    }

    @Test
    void givesOutputErrorsAndExitCodeApart() throws Exception {
        Capture capture = run(Argv.of("sh", "-c", "echo out; echo err >&2; exit 3"));
        assertEquals("out\n", capture.stdout());
        assertEquals("err\n", capture.stderr());
        assertEquals(3, capture.exit());
        assertEquals(Sshd.isRoot(), capture.asRoot());
    }

    @Test
    void everyWordArrivesAsItIs() throws Exception {
        List<String> words = List.of("$(id)", "it's", "line\nbreak", "-rf", "", "磁盘 🦊", "*");
        assertEquals(
                String.join("\0", words) + "\0",
                run(Argv.of("printf", "%s\\0").plus(words.toArray(String[]::new))).stdout());
    }

    @Test
    void theEnvironmentIsTheFixedOne() throws Exception {
        assertEquals(
                List.of("HOME=/", "LC_ALL=C", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "TERM=dumb"),
                run(Argv.of("env")).stdout().lines().sorted().toList());
    }

    @Test
    void aMissingProgramIsAnExitCode() throws Exception {
        assertEquals(127, run(Argv.of("no-such-program-anywhere")).exit());
    }

    @Test
    void aHundredMegabytesAreCountedAndCapped() throws Exception {
        Capture capture =
                run(Argv.of("head", "-c", "100000000", "/dev/zero").within(Duration.ofSeconds(60)));
        assertEquals(100_000_000, capture.stdoutBytes());
        assertEquals(Argv.DEFAULT_MOST_BYTES, capture.stdout().length());
        assertTrue(capture.truncated());
    }

    @Test
    void endlessOutputIsEnded() throws Exception {
        String marker = "parley-local-flood-" + System.nanoTime();
        Capture capture = run(Argv.of("sh", "-c", "yes", marker).within(Duration.ofSeconds(60)));
        assertEquals(141, capture.exit());
        assertFalse(Commands.lives(marker));
    }

    @Test
    void theTimeLimitEndsAHungCommand() throws Exception {
        String marker = "parley-local-hung-" + System.nanoTime();
        Capture capture = run(Commands.endless(marker).within(Duration.ofSeconds(1)));
        assertEquals(124, capture.exit());
        assertTrue(Commands.becomes(false, marker, 5));
    }

    @Test
    void aChildThatKeepsTheOutputOpenDoesNotHoldUpTheAnswer() throws Exception {
        Capture capture = run(Argv.of("sh", "-c", "sleep 20 & echo started"));
        assertEquals("started\n", capture.stdout());
        assertTrue(capture.took().toSeconds() < 10, "took " + capture.took());
    }

    @Test
    void anInterruptEndsTheCommandAndItsChildren() throws Exception {
        String marker = "parley-local-cancel-" + System.nanoTime();
        Argv argv =
                Argv.of("sh", "-c", "sh -c 'while :; do sleep 0.2; done' " + marker + "; :", "top");
        Permit permit = Commands.permit(host, argv.within(Duration.ofSeconds(60)));
        AtomicReference<NotRun> thrown = new AtomicReference<>();
        Thread thread =
                Thread.ofVirtual()
                        .start(() ->
                                thrown.set(assertThrows(NotRun.class, () -> executor.run(permit))));
        assertTrue(Commands.runs(marker), "never ran");
        thread.interrupt();
        assertTrue(thread.join(Duration.ofSeconds(15)), "cancel hangs");
        assertEquals(NotRun.Kind.CANCELLED, thrown.get().kind(), thrown.get().getMessage());
        assertFalse(Commands.lives(marker), "still runs");
    }

    @Test
    void tellsWhoWeAre() throws Exception {
        assertEquals(new Login(System.getProperty("user.name"), Sshd.isRoot()), reach.login(host));
    }
}
