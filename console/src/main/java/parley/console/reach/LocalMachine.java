package parley.console.reach;

import parley.safety.gate.Step;
import parley.tools.Capture;
import parley.tools.Host;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/// This machine: the step's words run as they are, without a shell and with the same limits as over
/// SSH.
final class LocalMachine implements Machine {
    private static final List<String> FOLDERS = List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin");
    private static final Duration GRACE = Duration.ofSeconds(7);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration LEFT_OPEN = Duration.ofMillis(800);
    private static final int ENDING_SECONDS = 7;

    @Override
    public Login login() {
        return new Login(System.getProperty("user.name"), isRoot());
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException noProc) {
            return false;
        }
    }

    @Override
    public Optional<String> locate(String program) {
        return FOLDERS.stream()
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    @Override
    public Capture run(Step step) throws NotRun {
        Host host = step.host();
        String program = step.argv().program();
        if (Thread.interrupted()) {
            throw Failures.cancelled(host, program, false);
        }
        Instant started = Instant.now();
        Process process = start(step);
        Drain out = Drain.start("stdout", process.getInputStream(), step.argv().mostBytes());
        Drain err = Drain.start("stderr", process.getErrorStream(), MOST_STDERR);
        boolean asRoot = isRoot() || step.elevation() == Step.Elevation.SUDO;
        try {
            int exit = await(step, process, out, err, started.plus(step.argv().timeLimit()));
            return Captures.of(step, exit, out, err, asRoot, started);
        } catch (InterruptedException cancelled) {
            if (end(process)) {
                throw Failures.cancelled(host, program, true);
            }
            throw Failures.stillRunning(host, program, Duration.between(started, Instant.now()));
        }
    }

    private static Process start(Step step) throws NotRun {
        ProcessBuilder builder =
                new ProcessBuilder(step.words())
                        .directory(new File("/"))
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().clear();
        builder.environment().put("PATH", String.join(":", FOLDERS));
        try {
            return builder.start();
        } catch (IOException failure) {
            throw Failures.noLocal(step.host(), step.argv().program(), failure);
        }
    }

    private static int await(Step step, Process process, Drain out, Drain err, Instant limit)
            throws InterruptedException, NotRun {
        Instant deadline = limit.plus(GRACE);
        while (true) {
            boolean bothEnded = out.hasEnded() && err.hasEnded();
            if (bothEnded && process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
            // A child that was left behind holds the output open.
            if (!process.isAlive() && out.idle().compareTo(LEFT_OPEN) > 0) {
                return process.exitValue();
            }
            if (out.total() > MOST_READ) {
                end(process);
                return Captures.ENDED_BY_CLOSED_PIPE;
            }
            if (Instant.now().isAfter(deadline)) {
                if (end(process)) {
                    return Captures.ENDED_BY_TIME;
                }
                throw Failures.stillRunning(
                        step.host(), step.argv().program(), step.argv().timeLimit());
            }
            if (!bothEnded) {
                (out.hasEnded() ? err : out).await(POLL);
            }
        }
    }

    /// Ends a command: `timeout` passes the signal on to its whole process group, and kills after
    /// five seconds; what is left then is killed one by one.
    ///
    /// @return whether it ended
    private static boolean end(Process process) {
        List<ProcessHandle> below = process.descendants().toList();
        process.destroy();
        boolean stays = false;
        try {
            Limited.callThrough(Duration.ofSeconds(ENDING_SECONDS), process::waitFor, () -> {});
        } catch (TimeoutException | ExecutionException late) {
            stays = true;
        }
        // A further interrupt is answered by what the caller throws.
        boolean ignored = Thread.interrupted();
        below.forEach(ProcessHandle::destroyForcibly);
        if (stays) {
            process.destroyForcibly();
        }
        return below.stream().noneMatch(LocalMachine::lives) && !process.isAlive();
    }

    /// Whether it still runs; a dead process that nobody collected does not.
    private static boolean lives(ProcessHandle handle) {
        Instant end = Instant.now().plusSeconds(1);
        while (runs(handle.pid())) {
            if (Instant.now().isAfter(end)) {
                return true;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return false;
    }

    private static boolean runs(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // The state stands behind the name, which may hold anything, in parentheses.
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return state != 'Z' && state != 'X';
        } catch (IOException gone) {
            return false;
        }
    }
}
