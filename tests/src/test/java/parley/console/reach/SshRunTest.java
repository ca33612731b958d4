package parley.console.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import parley.safety.gate.Permit;
import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Host;
import parley.tools.Hosts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// What commands give over a real SSH server, and how they end.
class SshRunTest {
    private static Sshd sshd;
    private static Host host;
    private static Reach reach;
    private static Executor executor;

    @BeforeAll
    static void start() throws Exception {
        sshd = Sshd.start();
        host = sshd.host("web-1");
        reach = reach(sshd, host);
        executor = new Executor(reach);
    }

    @AfterAll
    static void stop() throws Exception {
        if (sshd != null) {
            reach.close();
            sshd.close();
        }
    }

    static Reach reach(Sshd sshd, Host... hosts) {
        return new Reach(
                new Hosts(List.of(hosts)),
                FirstContact.NOBODY,
                Passphrases.NOBODY,
                Optional.of(sshd.clientConfig()));
    }

    private static Capture run(String... words) throws Exception {
        return executor.run(Commands.permit(host, Argv.of(List.of(words))));
    }

    @Test
    void givesOutputErrorsAndExitCodeApart() throws Exception {
        Capture capture = run("sh", "-c", "echo out; echo err >&2; exit 3");
        assertEquals("out\n", capture.stdout());
        assertEquals("err\n", capture.stderr());
        assertEquals(3, capture.exit());
        assertEquals(4, capture.stdoutBytes());
        assertFalse(capture.truncated());
        assertEquals(Sshd.isRoot(), capture.asRoot());
    }

    @Test
    void outputThatBeginsWithEmptyLinesOrHasNoneKeepsThem() throws Exception {
        assertEquals("\n\nx", run("printf", "\\n\\nx").stdout());
        assertEquals("", run("true").stdout());
    }

    @Test
    void aMissingProgramIsAnExitCode() throws Exception {
        Capture capture = run("no-such-program-anywhere");
        assertEquals(127, capture.exit());
        assertTrue(capture.stderr().contains("No such file"), capture.stderr());
    }

    @Test
    void aSignalIsAnExitCodeToo() throws Exception {
        assertEquals(137, run("sh", "-c", "kill -KILL $$").exit());
    }

    @Test
    void everyWordArrivesAsItIs() throws Exception {
        List<String> hostile =
                List.of(
                        "'",
                        "\"",
                        "it's \"both\"",
                        "$(id)",
                        "`id`",
                        "$HOME ${PATH}",
                        "a;b|c&d>e<f",
                        "line\nbreak",
                        "-rf",
                        "--",
                        "\\ \\n \\\\",
                        "* ? [a-z] ~ {a,b} !!",
                        "",
                        "磁盘快满了吗 🦊",
                        "\t\r\u0001\u007f",
                        " ends with space ");
        List<String> words = new ArrayList<>(List.of("printf", "%s\\0"));
        words.addAll(hostile);
        Capture capture = executor.run(Commands.permit(host, Argv.of(words)));
        assertEquals(String.join("\0", hostile) + "\0", capture.stdout());
    }

    @Test
    void theEnvironmentIsTheFixedOne() throws Exception {
        assertEquals(
                "HOME=/\nLC_ALL=C\nPATH=/usr/sbin:/usr/bin:/sbin:/bin\nTERM=dumb\n",
                run("env").stdout().lines().sorted().reduce("", (a, b) -> a + b + "\n"));
    }

    @Test
    void nothingCanBeReadFromStandardInput() throws Exception {
        assertEquals("", run("cat").stdout());
    }

    @Test
    void aHundredMegabytesAreCountedAndCapped() throws Exception {
        Argv argv = Argv.of("head", "-c", "100000000", "/dev/zero").within(Duration.ofSeconds(60));
        Capture capture = executor.run(Commands.permit(host, argv));
        assertEquals(0, capture.exit());
        assertEquals(100_000_000, capture.stdoutBytes());
        assertEquals(Argv.DEFAULT_MOST_BYTES, capture.stdout().length());
        assertTrue(capture.truncated());
    }

    @Test
    void endlessOutputIsEndedOnTheHost() throws Exception {
        String marker = "parley-flood-" + System.nanoTime();
        Argv argv = Argv.of("sh", "-c", "yes", marker).within(Duration.ofSeconds(60));
        Capture capture = executor.run(Commands.permit(host, argv));
        assertEquals(141, capture.exit());
        assertTrue(capture.truncated());
        assertTrue(capture.took().toSeconds() < 50, "took " + capture.took());
        assertTrue(Commands.becomes(false, marker, 5), "still runs on the host");
    }

    @Test
    void binaryOutputIsReplacedNotRefused() throws Exception {
        Capture capture = run("printf", "\\377\\376ok\\000\\200");
        assertEquals("\uFFFD\uFFFDok\0\uFFFD", capture.stdout());
        assertEquals(6, capture.stdoutBytes());
    }

    @Test
    void aCharacterThatTheLimitCutsIsLeftOut() throws Exception {
        Capture capture = executor.run(Commands.permit(host, Argv.of("printf", "磁盘").keeping(4)));
        assertEquals("磁", capture.stdout());
        assertTrue(capture.truncated());
    }

    @Test
    void fiveMegabytesOfErrorsDoNotHoldUpOutput() throws Exception {
        Capture capture = run("sh", "-c", "head -c 5000000 /dev/zero | tr '\\0' e >&2; echo done");
        assertEquals("done\n", capture.stdout());
        assertEquals(16 * 1024, capture.stderr().length());
    }

    @Test
    void aChildThatKeepsTheOutputOpenDoesNotHoldUpTheAnswer() throws Exception {
        Capture capture = run("sh", "-c", "sleep 20 & echo started");
        assertEquals("started\n", capture.stdout());
        assertEquals(0, capture.exit());
        assertTrue(capture.took().toSeconds() < 10, "took " + capture.took());
    }

    @Test
    void theTimeLimitEndsAHungCommandOnTheHost() throws Exception {
        String marker = "parley-hung-" + System.nanoTime();
        Argv argv = Commands.endless(marker).within(Duration.ofSeconds(1));
        Capture capture = executor.run(Commands.permit(host, argv));
        assertEquals(124, capture.exit());
        assertTrue(Commands.becomes(false, marker, 5), "still runs on the host");
    }

    @Test
    void aCommandThatIgnoresTheTimeLimitIsKilled() throws Exception {
        String marker = "parley-deaf-" + System.nanoTime();
        Argv argv =
                Argv.of("sh", "-c", "trap '' TERM; while :; do sleep 0.2; done", marker)
                        .within(Duration.ofSeconds(1));
        Capture capture = executor.run(Commands.permit(host, argv));
        assertEquals(137, capture.exit());
        assertTrue(Commands.becomes(false, marker, 5), "still runs on the host");
    }

    @Test
    void anInterruptEndsTheCommandOnTheHost() throws Exception {
        String marker = "parley-cancel-" + System.nanoTime();
        Permit permit =
                Commands.permit(host, Commands.endless(marker).within(Duration.ofSeconds(60)));
        AtomicReference<NotRun> thrown = new AtomicReference<>();
        AtomicReference<Boolean> stillInterrupted = new AtomicReference<>();
        Thread thread =
                Thread.ofVirtual()
                        .start(() -> {
                            thrown.set(assertThrows(NotRun.class, () -> executor.run(permit)));
                            stillInterrupted.set(Thread.currentThread().isInterrupted());
                        });
        assertTrue(Commands.runs(marker), "never ran");
        thread.interrupt();
        assertTrue(thread.join(Duration.ofSeconds(15)), "cancel hangs");
        assertEquals(NotRun.Kind.CANCELLED, thrown.get().kind(), thrown.get().getMessage());
        assertFalse(stillInterrupted.get(), "the record could not be written after this");
        assertFalse(Commands.lives(marker), "still runs on the host");
        assertEquals("next\n", run("echo", "next").stdout());
    }

    @Test
    void aPermitThatWasUsedRunsNothing() throws Exception {
        Permit permit = Commands.permit(host, Argv.of("true"));
        executor.run(permit);
        assertThrows(IllegalStateException.class, () -> executor.run(permit));
    }

    @Test
    void manyCommandsShareOneConnection() throws Exception {
        long before = sshd.logins();
        try (Reach own = reach(sshd, host);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Executor runs = new Executor(own);
            List<Future<Capture>> futures = new ArrayList<>();
            for (int at = 0; at < 8; at++) {
                Permit permit = Commands.permit(host, Argv.of("printf", "%s", "number " + at));
                futures.add(threads.submit(() -> runs.run(permit)));
            }
            for (int at = 0; at < 8; at++) {
                assertEquals("number " + at, futures.get(at).get(20, TimeUnit.SECONDS).stdout());
            }
            assertEquals(1, own.connectionsMade(host));
            assertEquals(before + 1, sshd.logins());
        }
    }

    @Test
    void tellsWhoItIsLoggedInAs() throws Exception {
        assertEquals(new Login(System.getProperty("user.name"), Sshd.isRoot()), reach.login(host));
    }

    @Test
    void theConnectionSendsAtOnce() throws Exception {
        // Without it, each command takes 40 ms longer.
        SshHost machine = assertInstanceOf(SshHost.class, reach.machine(host));
        assertTrue(machine.client().getSocket().getTcpNoDelay());
    }
}
