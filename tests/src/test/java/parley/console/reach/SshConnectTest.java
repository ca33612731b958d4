package parley.console.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.safety.gate.Permit;
import parley.tools.Argv;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/// How connections to real SSH servers fail and break.
class SshConnectTest extends WithSshd {
    @Test
    void aRefusedPortIsUnreachable() throws Exception {
        sshd.stop();
        try (Reach reach = reach(false, host)) {
            String why = fails(reach, NotRun.Kind.UNREACHABLE).why().en();
            assertTrue(why.contains("the connection was refused"), why);
            assertTrue(why.contains("127.0.0.1:" + sshd.port()), why);
        }
    }

    @Test
    void aServerThatNeverSpeaksIsUnreachableAfterTheLimit() throws Exception {
        sshd.stop();
        try (ServerSocket silent =
                        new ServerSocket(sshd.port(), 5, InetAddress.getLoopbackAddress());
                Reach reach = reach(false, host)) {
            assertEquals(sshd.port(), silent.getLocalPort());
            long start = System.nanoTime();
            String why = fails(reach, NotRun.Kind.UNREACHABLE).why().en();
            assertTrue(why.contains("no answer within 10 s"), why);
            assertTrue(System.nanoTime() - start < 20_000_000_000L);
        }
    }

    @Test
    void aConnectionThatBreaksMidCommandLeavesTheOutcomeUnknown() throws Exception {
        String marker = "parley-break-" + System.nanoTime();
        Permit permit =
                Commands.permit(host, Commands.endless(marker).within(Duration.ofSeconds(8)));
        try (Reach reach = reach(false, host)) {
            AtomicReference<NotRun> thrown = new AtomicReference<>();
            Thread thread =
                    Thread.ofVirtual()
                            .start(() ->
                                    thrown.set(
                                            assertThrows(
                                                    NotRun.class,
                                                    () -> new Executor(reach).run(permit))));
            assertTrue(Commands.runs(marker), "never ran");
            assertTrue(sshd.breakSessions() > 0, "no session found");
            assertTrue(thread.join(Duration.ofSeconds(15)), "hangs");
            assertEquals(
                    NotRun.Kind.OUTCOME_UNKNOWN, thrown.get().kind(), thrown.get().getMessage());
            assertEquals("hello\n", echo(reach, host), "connects again by itself");
            assertEquals(2, reach.connectionsMade(host));
        }
        assertTrue(Commands.becomes(false, marker, 30), "the host's own limit ends it");
    }

    @Test
    void aConnectionThatGoesSilentMidCommandLeavesTheOutcomeUnknown() throws Exception {
        String marker = "parley-silent-" + System.nanoTime();
        Permit permit =
                Commands.permit(host, Commands.endless(marker).within(Duration.ofSeconds(90)));
        try (Reach reach = reach(false, host)) {
            AtomicReference<NotRun> thrown = new AtomicReference<>();
            Thread thread = runs(reach, permit, thrown);
            assertTrue(Commands.runs(marker), "never ran");
            sshd.freezeSessions(true);
            assertTrue(thread.join(Duration.ofSeconds(45)), "nobody noticed");
            assertEquals(
                    NotRun.Kind.OUTCOME_UNKNOWN, thrown.get().kind(), thrown.get().getMessage());
        } finally {
            sshd.freezeSessions(false);
        }
    }

    @Test
    void aCancelThatTheHostDoesNotAnswerLeavesTheOutcomeUnknown() throws Exception {
        String marker = "parley-stuck-" + System.nanoTime();
        Permit permit =
                Commands.permit(host, Commands.endless(marker).within(Duration.ofSeconds(90)));
        try (Reach reach = reach(false, host)) {
            AtomicReference<NotRun> thrown = new AtomicReference<>();
            Thread thread = runs(reach, permit, thrown);
            assertTrue(Commands.runs(marker), "never ran");
            sshd.freezeSessions(true);
            thread.interrupt();
            assertTrue(thread.join(Duration.ofSeconds(40)), "cancel hangs");
            assertEquals(
                    NotRun.Kind.OUTCOME_UNKNOWN, thrown.get().kind(), thrown.get().getMessage());
        } finally {
            sshd.freezeSessions(false);
        }
    }

    @Test
    void aCancelWhileConnectingEndsTheAttemptAtOnce() throws Exception {
        sshd.stop();
        try (ServerSocket silent =
                        new ServerSocket(sshd.port(), 5, InetAddress.getLoopbackAddress());
                Reach reach = reach(false, host)) {
            AtomicReference<NotRun> thrown = new AtomicReference<>();
            Thread thread = runs(reach, Commands.permit(host, Argv.of("true")), thrown);
            silent.accept();
            thread.interrupt();
            assertTrue(thread.join(Duration.ofSeconds(5)), "cancel hangs");
            assertEquals(NotRun.Kind.CANCELLED, thrown.get().kind());
            assertTrue(thrown.get().why().en().contains("Nothing ran"), thrown.get().getMessage());
        }
    }

    @Test
    void aConnectionThatBrokeBetweenCommandsIsMadeAgain() throws Exception {
        try (Reach reach = reach(false, host)) {
            assertEquals("hello\n", echo(reach, host));
            assertTrue(sshd.breakSessions() > 0, "no session found");
            assertEquals("hello\n", echo(reach, host));
        }
    }

    @Test
    void aHostThatIsNotInTheInventoryIsNotReached() throws Exception {
        try (Reach reach = reach(false, plain("other", "127.0.0.2"))) {
            assertThrows(IllegalArgumentException.class, () -> echo(reach, host));
        }
    }

    @Test
    void weakAlgorithmsAreNotSpoken() throws Exception {
        sshd.close();
        sshd = Sshd.start("KexAlgorithms diffie-hellman-group14-sha1");
        host = sshd.host("web-1");
        try (Reach reach = reach(false, host)) {
            String why = fails(reach, NotRun.Kind.UNREACHABLE).why().en();
            assertTrue(why.contains("too weak"), why);
        }
    }
}
