package parley.console.reach;

import static java.nio.charset.StandardCharsets.UTF_8;

import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.direct.Session;

import org.jspecify.annotations.Nullable;

import parley.safety.gate.Step;
import parley.tools.Capture;
import parley.tools.Host;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/// A host over SSH: one connection, shared by all commands, made when it is first needed and again
/// when it broke.
final class SshHost implements Machine {
    /// Commands at once; OpenSSH's own limit is 10 channels, and a host has other work to do.
    private static final int CHANNELS = 4;

    /// Runs in the login shell once per connection: tells who we are, and that the shell is POSIX
    /// and has what every command needs. In csh and fish it is an error.
    private static final String PROBE =
            "case 'a b' in a*) command -v timeout >/dev/null 2>&1 || echo 'parley lacks timeout';"
                    + " command -v env >/dev/null 2>&1 || echo 'parley lacks env';"
                    + " echo \"parley login $(id -u) $(id -un 2>/dev/null)\";; esac";

    private final Host host;
    private final Links links;
    private final Optional<SshHost> forcedThrough;
    private final ReentrantLock dialing = new ReentrantLock();
    private final Semaphore channels = new Semaphore(CHANNELS, true);
    private final AtomicInteger dialled = new AtomicInteger();
    private volatile @Nullable SSHClient current;
    private volatile @Nullable Login login;

    /// @param forcedThrough the jump host before this one in a ProxyJump list
    SshHost(Host host, Links links, Optional<SshHost> forcedThrough) {
        this.host = host;
        this.links = links;
        this.forcedThrough = forcedThrough;
    }

    /// How often a connection was made.
    int dialled() {
        return dialled.get();
    }

    @Override
    public Login login() throws NotRun, InterruptedException {
        SSHClient client = client();
        dialing.lockInterruptibly();
        try {
            Login known = login;
            if (known == null) {
                known = probe(client);
                login = known;
            }
            return known;
        } finally {
            dialing.unlock();
        }
    }

    @Override
    public Capture run(Step step) throws NotRun {
        String program = step.argv().program();
        try {
            channels.acquire();
        } catch (InterruptedException cancelled) {
            throw Failures.cancelled(host, program, false);
        }
        try {
            Login who = login();
            SSHClient client = client();
            return new SshRun(host, client, who, step, session(client)).run();
        } catch (InterruptedException cancelled) {
            throw Failures.cancelled(host, program, false);
        } finally {
            channels.release();
        }
    }

    /// The connection, made now when there is none. One attempt at a time. Nothing runs on the host
    /// by this alone: a jump host may have no shell.
    SSHClient client() throws NotRun, InterruptedException {
        links.trust().mustNotBeBlocked(host);
        SSHClient client = current;
        if (client != null && isAlive(client)) {
            return client;
        }
        if (dialing.isHeldByCurrentThread()) {
            throw Failures.tooManyJumps(host);
        }
        dialing.lockInterruptibly();
        try {
            client = current;
            if (client == null || !isAlive(client)) {
                client = dial();
                current = client;
                login = null;
                dialled.incrementAndGet();
            }
            return client;
        } finally {
            dialing.unlock();
        }
    }

    private static boolean isAlive(SSHClient client) {
        return client.getTransport().isRunning();
    }

    private SSHClient dial() throws NotRun, InterruptedException {
        links.trust().mustNotBeBlocked(host);
        SshTarget target = links.config().resolve(host);
        Optional<SshHost> through =
                forcedThrough.isPresent() ? forcedThrough : links.through(host, target.jumps());
        if (through.isEmpty() && target.proxyCommand().isPresent()) {
            throw Failures.proxyCommand(host, target.proxyCommand().get());
        }
        Optional<SSHClient> jump =
                through.isPresent() ? Optional.of(through.get().client()) : Optional.empty();
        return links.dial().dial(host, target, jump);
    }

    private Login probe(SSHClient client) throws NotRun, InterruptedException {
        Answer answer;
        try {
            answer = ask(client, PROBE, SshDial.LIMIT);
        } catch (IOException failure) {
            throw Failures.refusedToRun(host, failure);
        }
        for (String line : answer.out().lines().toList()) {
            List<String> words = List.of(line.strip().split(" "));
            if (line.startsWith("parley lacks ")) {
                throw Failures.unsuitable(
                        host, "it has no " + words.getLast(), "没有 " + words.getLast() + " 命令");
            }
            if (line.startsWith("parley login ") && words.size() >= 3) {
                return new Login(words.getLast(), words.get(2).equals("0"));
            }
        }
        String said = (answer.out() + " " + answer.err()).strip();
        String shortened = said.length() > 200 ? said.substring(0, 200) + "…" : said;
        throw Failures.unsuitable(
                host,
                "the login shell is not POSIX, or is none at all (it said: " + shortened + ")",
                "登录 shell 不是 POSIX shell，或根本不是 shell（输出：" + shortened + "）");
    }

    /// A channel; made over a new connection when the old one broke without anybody noticing.
    /// Nothing was sent yet, so that a second attempt repeats nothing.
    private Session session(SSHClient client) throws NotRun, InterruptedException {
        try {
            return open(client);
        } catch (IOException broken) {
            if (isRefusal(broken)) {
                throw Failures.refusedToRun(host, broken);
            }
            forget(client);
        }
        try {
            return open(client());
        } catch (IOException broken) {
            throw Failures.refusedToRun(host, broken);
        }
    }

    /// Whether the host answered, and said no.
    private static boolean isRefusal(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof OpenFailException) {
                return true;
            }
        }
        return false;
    }

    private void forget(SSHClient broken) throws InterruptedException {
        dialing.lockInterruptibly();
        try {
            if (broken.equals(current)) {
                current = null;
            }
        } finally {
            dialing.unlock();
        }
        SshDial.quit(broken);
    }

    /// @throws IOException before anything was sent to be run
    static Session open(SSHClient client) throws IOException, InterruptedException {
        try {
            return Limited.call(SshDial.LIMIT, client::startSession, () -> {});
        } catch (TimeoutException | ExecutionException failed) {
            throw new IOException(
                    Failures.words(failed.getCause() == null ? failed : failed.getCause()), failed);
        }
    }

    @Override
    public Optional<String> locate(String program) throws NotRun, InterruptedException {
        String name = Quoting.quote(List.of(program));
        // A file, not `command -v`: of what the shell does itself that only says the name.
        String line =
                "for d in /usr/sbin /usr/bin /sbin /bin; do if [ -x \"$d/\""
                        + name
                        + " ]; then echo \"$d/\""
                        + name
                        + "; break; fi; done </dev/null";
        try {
            Answer answer = ask(client(), line, SshDial.LIMIT);
            return answer.out().lines().filter(path -> path.startsWith("/")).findFirst();
        } catch (IOException failure) {
            return Optional.empty();
        }
    }

    /// What a fixed line of shell printed.
    record Answer(String out, String err) {}

    /// Runs one of this package's own fixed lines, which look at the host or end a command; never
    /// anything that was asked for.
    static Answer ask(SSHClient client, String line, Duration limit)
            throws IOException, InterruptedException {
        Session session = open(client);
        try {
            return Limited.call(
                    limit,
                    () -> {
                        Session.Command command = session.exec(line);
                        Drain out = Drain.start("out", command.getInputStream(), MOST_STDERR);
                        Drain err = Drain.start("err", command.getErrorStream(), MOST_STDERR);
                        out.await(limit);
                        err.await(limit);
                        return new Answer(out.text(UTF_8), err.text(UTF_8));
                    },
                    () -> {});
        } catch (TimeoutException | ExecutionException failed) {
            throw new IOException(
                    Failures.words(failed.getCause() == null ? failed : failed.getCause()), failed);
        } finally {
            closeBehind(session);
        }
    }

    /// Closes a channel on a thread of its own: closing waits for the other side.
    static void closeBehind(Session session) {
        Thread.ofVirtual()
                .name("close channel")
                .start(() -> {
                    try {
                        session.close();
                    } catch (IOException alreadyGone) {
                        // There is nothing left to close.
                    }
                });
    }

    /// Ends the connection and lets no more than what runs now fail.
    void close() {
        SSHClient client = current;
        if (client != null) {
            SshDial.quit(client);
        }
    }
}
