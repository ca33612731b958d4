package parley.safety.record;

import static java.util.Objects.requireNonNull;

import jdk.net.ExtendedSocketOptions;

import parley.tools.Bilingual;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A process under its own user that owns the record and its key and appends for others, over a
/// Unix socket. Who they are it learns from the kernel.
///
/// Whoever may open the socket can add entries under their own name. Nobody but its user can
/// change, remove or sign any.
public final class Recorder implements AutoCloseable {
    /// Of one user, so that none keeps the others out.
    private static final int MOST_CONNECTIONS = 64;

    private final LocalLog log;
    private final Path socket;
    private final ServerSocketChannel server;
    private final Service service;
    private final Map<String, Integer> connections = new ConcurrentHashMap<>();
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    private Recorder(LocalLog log, Path socket, ServerSocketChannel server, Service service) {
        this.log = log;
        this.socket = socket;
        this.server = server;
        this.service = service;
    }

    /// Opens the record in `directory` and listens at `socket`, for the users of this process's
    /// group.
    ///
    /// The files but for the keys become readable for that group, so that people can list and
    /// verify what they cannot change.
    ///
    /// @param auditors who may read contents of other people's requests
    /// @throws RecordUnavailable when either is not possible
    public static Recorder open(
            Path directory, Path socket, String software, Predicate<String> auditors)
            throws RecordUnavailable {
        try {
            Durable.shared(directory);
            share(new Layout(directory));
        } catch (IOException failure) {
            throw Refusals.io(directory, failure);
        }
        LocalLog log =
                AuditLog.open(directory, software, InstantSource.system(), AuditLog.SEGMENT_LIMIT);
        try {
            ServerSocketChannel server = listen(socket);
            Durable.replace(
                    new Layout(log.directory()).recorder(),
                    (socket.toAbsolutePath() + "\n").getBytes(StandardCharsets.UTF_8));
            Recorder recorder = new Recorder(log, socket, server, new Service(log, auditors));
            recorder.say("recorder.start");
            return recorder;
        } catch (IOException failure) {
            log.close();
            throw Refusals.of(
                    "the recorder cannot listen at " + socket + ": " + failure.getMessage(),
                    "记录进程无法监听 " + socket + "：" + failure.getMessage(),
                    failure);
        }
    }

    /// A record that was begun for its owner alone becomes readable, once: `origin`, made last here
    /// as there, says whether that is done.
    private static void share(Layout layout) throws IOException {
        if (!Durable.isThere(layout.origin()) || Durable.groupReads(layout.origin())) {
            return;
        }
        for (Path part : List.of(layout.segments(), layout.bodies(), layout.checkpoints())) {
            try (Stream<Path> walked = Files.walk(part)) {
                for (Path path : walked.toList()) {
                    Durable.groupMayRead(path);
                }
            }
        }
        if (Durable.isThere(layout.pruned())) {
            Durable.groupMayRead(layout.pruned());
        }
        Durable.groupMayRead(layout.origin());
    }

    private static ServerSocketChannel listen(Path socket) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(socket);
        if (Files.exists(socket)) {
            try (SocketChannel other = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                other.connect(address);
                throw new IOException("another recorder listens there");
            } catch (java.net.ConnectException leftByADeadOne) {
                Files.delete(socket);
            }
        }
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(address);
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
        return server;
    }

    private void say(String type) throws RecordUnavailable {
        log.append(Entry.of(type, "", "parley"));
        log.checkpoint();
    }

    /// What a recorder says when it is ready.
    public Bilingual greeting() {
        return Bilingual.of(
                "recording into {0} for {1}; key {2}",
                "正在记录到 {0}，监听 {1}；公钥 {2}", log.directory(), socket, log.verifierKey());
    }

    /// Serves until it is closed.
    public void serve() throws IOException {
        while (server.isOpen()) {
            SocketChannel channel;
            try {
                channel = server.accept();
            } catch (ClosedChannelException closed) {
                return;
            }
            String user = user(channel);
            if (connections.merge(user, 1, Integer::sum) > MOST_CONNECTIONS) {
                connections.merge(user, -1, Integer::sum);
                channel.close();
                continue;
            }
            open.add(channel);
            Thread.ofVirtual()
                    .name("recorder-connection")
                    .start(() -> {
                        try (SocketChannel connection = requireNonNull(channel)) {
                            service.serve(connection, user);
                        } catch (IOException gone) {
                            // Whoever it was has nothing to be told any more.
                        } finally {
                            open.remove(channel);
                            connections.merge(user, -1, Integer::sum);
                        }
                    });
        }
    }

    /// Whose process is at the other end: the kernel's word.
    private static String user(SocketChannel channel) throws IOException {
        return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
    }

    /// Ends: signs what was recorded, and answers nobody any more.
    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(socket);
            for (SocketChannel channel : open) {
                channel.close();
            }
        } catch (IOException nothingLeftToDo) {
            // The next recorder takes the socket over.
        }
        try {
            say("recorder.stop");
        } catch (RecordUnavailable alreadyClosed) {
            // Closed before, or the disk refuses: there is nobody left to be told.
        }
        log.close();
    }
}
