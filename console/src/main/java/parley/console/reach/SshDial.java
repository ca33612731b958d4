package parley.console.reach;

import net.schmizz.keepalive.KeepAliveRunner;
import net.schmizz.sshj.SSHClient;

import parley.tools.Host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import javax.net.SocketFactory;

/// Makes one connection: socket, key exchange, host key, login.
final class SshDial {
    /// For connecting with key exchange, and for each key that is tried.
    static final Duration LIMIT = Duration.ofSeconds(10);

    private static final int KEEP_ALIVE_SECONDS = 5;
    private static final int KEEP_ALIVE_MISSED = 3;

    private final Trust trust;
    private final KeyFiles keys;

    SshDial(Trust trust, KeyFiles keys) {
        this.trust = trust;
        this.keys = keys;
    }

    /// @param through the jump host's connection
    SSHClient dial(Host host, SshTarget target, Optional<SSHClient> through)
            throws NotRun, InterruptedException {
        SSHClient client = connect(host, target, through);
        boolean done = false;
        try {
            new Authentication(host, target, keys).logIn(client);
            done = true;
            return client;
        } finally {
            if (!done) {
                quit(client);
            }
        }
    }

    /// Dials a second time when a person vouched for a key that was not on file.
    private SSHClient connect(Host host, SshTarget target, Optional<SSHClient> through)
            throws NotRun, InterruptedException {
        for (int dialled = 1; ; dialled++) {
            HostKeyCheck check = new HostKeyCheck(known(host, target), target.knownAs());
            SSHClient client = client(check);
            try {
                Limited.call(
                        LIMIT,
                        () -> {
                            open(client, target, through);
                            return true;
                        },
                        () -> quit(client));
                return client;
            } catch (TimeoutException late) {
                throw Failures.unreachable(host, target, late);
            } catch (ExecutionException failed) {
                quit(client);
                HostKeyCheck.Seen seen = check.seen();
                if (seen == null || seen.judgement() instanceof KnownHosts.Judgement.Trusted) {
                    Throwable cause = failed.getCause();
                    throw Failures.unreachable(host, target, cause == null ? failed : cause);
                }
                if (dialled > 1) {
                    HostKey key = seen.key();
                    throw Failures.keyUnknown(host, target, key.type(), key.fingerprint());
                }
                trust.decide(host, target, seen);
            }
        }
    }

    /// Of the keys on file for `target`.
    List<String> fingerprints(Host host, SshTarget target) throws NotRun {
        return known(host, target).fingerprints(target.knownAs());
    }

    private static KnownHosts known(Host host, SshTarget target) throws NotRun {
        List<Path> files = new ArrayList<>(target.knownHosts());
        files.addAll(target.globalKnownHosts());
        try {
            return KnownHosts.read(files);
        } catch (IOException unreadable) {
            throw Failures.unreachable(host, target, unreadable);
        }
    }

    private static SSHClient client(HostKeyCheck check) {
        SSHClient client = new SSHClient(new Algorithms());
        client.addHostKeyVerifier(check);
        client.setSocketFactory(new PromptSockets());
        int limit = Math.toIntExact(LIMIT.toMillis());
        client.setConnectTimeout(limit);
        client.getTransport().setTimeoutMs(limit);
        client.getConnection().setTimeoutMs(limit);
        // Only an interval that is set before connecting counts.
        if (client.getConnection().getKeepAlive() instanceof KeepAliveRunner keepAlive) {
            keepAlive.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
            keepAlive.setMaxAliveCount(KEEP_ALIVE_MISSED);
        }
        return client;
    }

    private static void open(SSHClient client, SshTarget target, Optional<SSHClient> through)
            throws IOException {
        if (through.isPresent()) {
            client.connectVia(through.get().newDirectConnection(target.hostName(), target.port()));
        } else {
            client.connect(target.hostName(), target.port());
        }
    }

    /// Ends a connection without waiting for the other side.
    static void quit(SSHClient client) {
        Thread.ofVirtual()
                .name("quit")
                .start(() -> {
                    try {
                        client.disconnect();
                    } catch (IOException alreadyGone) {
                        // There is nothing left to end.
                    }
                });
    }

    /// Sockets that send at once: waiting for more to send costs 40 ms a command.
    private static final class PromptSockets extends SocketFactory {
        @Override
        public Socket createSocket() throws IOException {
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            throw new IOException("not used");
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress from, int fromPort)
                throws IOException {
            throw new IOException("not used");
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            throw new IOException("not used");
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
                throws IOException {
            throw new IOException("not used");
        }
    }
}
