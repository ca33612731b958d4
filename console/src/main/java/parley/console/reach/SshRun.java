package parley.console.reach;

import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.channel.direct.Session;

import parley.safety.gate.Step;
import parley.tools.Capture;
import parley.tools.Host;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One command on one channel, without a terminal.
///
/// The exact words of the step stand behind a line that tells the shell's process id and then
/// becomes the command (`exec`), so that the whole process group can be ended from a second
/// channel: neither closing a channel nor OpenSSH's signal request does that.
final class SshRun {
    /// On top of the step's own time limit, which the host keeps: `timeout -k 5` and the network.
    private static final Duration GRACE = Duration.ofSeconds(12);

    /// How long output may stay open and silent after the command's end: a child it left behind
    /// holds it. Long enough for what is still on a slow way.
    private static final Duration LEFT_OPEN = Duration.ofSeconds(3);

    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration ENDING = Duration.ofSeconds(20);
    private static final SecureRandom RANDOM = new SecureRandom();

    private enum End {
        FINISHED,
        LOST,
        TOO_MUCH,
        TOO_LATE
    }

    private final SSHClient client;
    private final Login login;
    private final Host host;
    private final Step step;
    private final Session session;
    private final String program;
    private final Instant started = Instant.now();

    SshRun(Host host, SSHClient client, Login login, Step step, Session session) {
        this.host = host;
        this.client = client;
        this.login = login;
        this.step = step;
        this.session = session;
        this.program = step.argv().program();
    }

    Capture run() throws NotRun {
        try {
            String mark = "parley-" + new BigInteger(128, RANDOM).toString(16);
            Session.Command command = send(mark);
            PidStream stdout = new PidStream(command.getInputStream(), mark);
            Drain out = Drain.start("stdout", stdout, step.argv().mostBytes());
            PidStream stderr = new PidStream(command.getErrorStream(), mark);
            Drain err = Drain.start("stderr", stderr, Machine.MOST_STDERR);
            return finish(command, stdout, out, err);
        } finally {
            SshHost.closeBehind(session);
        }
    }

    /// From here on it may run, whatever happens: an interrupt waits until it is known to run, so
    /// that it can be ended.
    private Session.Command send(String mark) throws NotRun {
        if (Thread.currentThread().isInterrupted()) {
            Thread.interrupted();
            throw Failures.cancelled(host, program, false);
        }
        String line =
                "m='"
                        + mark
                        + "'; printf '\\n%s %s\\n' \"$m\" \"$$\";"
                        + " printf '\\n%s %s\\n' \"$m\" \"$$\" >&2; exec "
                        + Quoting.quote(step.words())
                        + " </dev/null";
        try {
            return Limited.callThrough(SshDial.LIMIT, () -> session.exec(line), () -> {});
        } catch (TimeoutException late) {
            throw Failures.unknownOutcome(host, program, late);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            // What the library says when the host answered that it will not.
            if (Failures.words(cause).contains("Request failed")) {
                throw Failures.refusedToRun(host, cause);
            }
            throw Failures.unknownOutcome(host, program, cause);
        }
    }

    private Capture finish(Session.Command command, PidStream stdout, Drain out, Drain err)
            throws NotRun {
        End end;
        try {
            end = await(command, out, err);
        } catch (InterruptedException cancelled) {
            if (endRemotely(command, stdout)) {
                throw Failures.cancelled(host, program, true);
            }
            throw Failures.stillRunning(host, program, Duration.between(started, Instant.now()));
        }
        return switch (end) {
            case FINISHED -> {
                if (ran(stdout)) {
                    yield capture(exit(command), out, err);
                }
                String said = stdout.before();
                throw Failures.unsuitable(host, "its shell said: " + said, "其 shell 的输出是：" + said);
            }
            case LOST -> throw Failures.unknownOutcome(host, program, out.broken());
            case TOO_MUCH -> {
                endRemotely(command, stdout);
                yield capture(Captures.ENDED_BY_CLOSED_PIPE, out, err);
            }
            case TOO_LATE -> {
                if (!endRemotely(command, stdout)) {
                    throw Failures.stillRunning(host, program, limit());
                }
                yield capture(Captures.ENDED_BY_TIME, out, err);
            }
        };
    }

    private static boolean ran(PidStream stdout) {
        try {
            return stdout.pid(Duration.ZERO).isPresent();
        } catch (InterruptedException later) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private Capture capture(int exit, Drain out, Drain err) {
        boolean asRoot = login.root() || step.elevation() == Step.Elevation.SUDO;
        return Captures.of(step, exit, out, err, asRoot, started);
    }

    private Duration limit() {
        return step.argv().timeLimit().plus(GRACE);
    }

    private End await(Session.Command command, Drain out, Drain err) throws InterruptedException {
        Instant deadline = started.plus(limit());
        while (true) {
            boolean bothEnded = out.hasEnded() && err.hasEnded();
            if (hasExit(command) && (bothEnded || (isSilent(out) && isSilent(err)))) {
                return End.FINISHED;
            }
            if (bothEnded && (out.broken() != null || !command.isOpen())) {
                return hasExit(command) ? End.FINISHED : End.LOST;
            }
            if (out.total() > Machine.MOST_READ) {
                return End.TOO_MUCH;
            }
            if (Instant.now().isAfter(deadline)) {
                return End.TOO_LATE;
            }
            if (bothEnded) {
                awaitClose(command);
            } else {
                (out.hasEnded() ? err : out).await(POLL);
            }
        }
    }

    private static void awaitClose(Session.Command command) throws InterruptedException {
        try {
            command.join(POLL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (SSHException notYet) {
            if (Thread.interrupted() || notYet.getCause() instanceof InterruptedException) {
                throw new InterruptedException();
            }
        }
    }

    private static boolean isSilent(Drain drain) {
        return drain.idle().compareTo(LEFT_OPEN) > 0;
    }

    private static boolean hasExit(Session.Command command) {
        return command.getExitStatus() != null || command.getExitSignal() != null;
    }

    private static int exit(Session.Command command) {
        Integer status = command.getExitStatus();
        return status != null
                ? status
                : Captures.exitAfter(String.valueOf(command.getExitSignal()));
    }

    /// Ends the command's process group on the host: asks, waits, then kills.
    ///
    /// @return whether the host said that it ended
    private boolean endRemotely(Session.Command command, PidStream stdout) {
        try {
            return Limited.callThrough(ENDING, () -> endGroup(command, stdout), () -> {});
        } catch (TimeoutException | ExecutionException failed) {
            return false;
        } finally {
            // The interrupt that led here is answered by what the caller throws.
            boolean ignored = Thread.interrupted();
        }
    }

    private boolean endGroup(Session.Command command, PidStream stdout)
            throws IOException, InterruptedException {
        Optional<Long> pid = stdout.pid(Duration.ofSeconds(2));
        if (pid.isEmpty()) {
            return hasExit(command);
        }
        String line =
                ("p=%d; kill -TERM -$p 2>/dev/null || kill -TERM $p 2>/dev/null; i=0;"
                                + " while kill -0 $p 2>/dev/null && [ $i -lt 70 ]; do"
                                + " sleep 0.1 2>/dev/null || sleep 1; i=$((i+1)); done;"
                                + " kill -KILL -$p 2>/dev/null")
                        .formatted(pid.get());
        SshHost.ask(client, line, ENDING);
        Instant deadline = Instant.now().plusSeconds(3);
        while (!hasExit(command) && command.isOpen() && Instant.now().isBefore(deadline)) {
            awaitClose(command);
        }
        return hasExit(command);
    }
}
