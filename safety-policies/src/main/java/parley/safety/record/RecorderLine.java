package parley.safety.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import parley.tools.Bilingual;
import parley.tools.schema.Json;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/// Speaks to a recorder, over as many connections as there are questions at once.
final class RecorderLine implements AutoCloseable {
    /// Longer than a recorder waits for the folder's lock.
    private static final Duration LIMIT = Duration.ofSeconds(25);

    private final Path socket;
    private final String software;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
    private final ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean closed;

    RecorderLine(Path socket, String software) {
        this.socket = socket;
        this.software = software;
    }

    /// One connection.
    private record Connection(SocketChannel channel, DataInputStream in, DataOutputStream out) {
        static Connection open(Path socket, String software) throws IOException {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
                Connection connection =
                        new Connection(
                                channel,
                                new DataInputStream(
                                        new BufferedInputStream(Channels.newInputStream(channel))),
                                new DataOutputStream(
                                        new BufferedOutputStream(
                                                Channels.newOutputStream(channel))));
                ObjectNode hello = Json.mapper().createObjectNode().put("op", "hello");
                hello.put("pid", ProcessHandle.current().pid()).put("software", software);
                connection.exchange(Frame.of(hello));
                return connection;
            } catch (IOException | RuntimeException failure) {
                channel.close();
                throw failure;
            }
        }

        Frame exchange(Frame question) throws IOException {
            question.write(out);
            return Frame.read(in);
        }
    }

    /// Asks, and waits for the answer without being interruptible: whoever asked must learn whether
    /// it is on disk.
    ///
    /// @throws RecordUnavailable what the recorder said, or that it does not answer
    Frame ask(Frame question) throws RecordUnavailable {
        if (closed) {
            throw Refusals.of("the record is closed: Parley is ending", "审计记录已关闭：Parley 正在退出");
        }
        AtomicReference<@Nullable Connection> used = new AtomicReference<>();
        CompletableFuture<Frame> answer =
                CompletableFuture.supplyAsync(() -> exchange(question, used), asking);
        Frame said;
        try {
            said = answer.orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS).join();
        } catch (CompletionException failure) {
            close(used.get());
            throw away(failure.getCause());
        }
        JsonNode error = said.json().path("error");
        if (!error.isMissingNode()) {
            throw new RecordUnavailable(
                    Bilingual.of(error.path("en").asText(), error.path("zh").asText()), null);
        }
        return said;
    }

    private Frame exchange(Frame question, AtomicReference<@Nullable Connection> used) {
        try {
            Connection connection = idle.pollFirst();
            boolean waited = connection != null;
            while (true) {
                if (connection == null) {
                    connection = Connection.open(socket, software);
                }
                used.set(connection);
                try {
                    Frame answer = connection.exchange(question);
                    idle.addFirst(connection);
                    return answer;
                } catch (IOException broken) {
                    close(connection);
                    // A connection that lay idle may be of a recorder that was started anew since;
                    // asking for the same twice would record it twice, so only a question does.
                    if (!waited || question.json().path("op").asText().equals("append")) {
                        throw broken;
                    }
                    waited = false;
                    connection = null;
                }
            }
        } catch (IOException failure) {
            throw new CompletionException(failure);
        }
    }

    private RecordUnavailable away(@Nullable Throwable cause) {
        String why =
                cause instanceof TimeoutException
                        ? "no answer in " + LIMIT.toSeconds() + " s"
                        : cause == null ? "" : String.valueOf(cause.getMessage());
        idle.forEach(RecorderLine::close);
        idle.clear();
        return Refusals.of(
                "the recorder does not answer at "
                        + socket
                        + " ("
                        + why
                        + "): nothing runs without it; look with: systemctl status parley-recorder",
                "记录进程在 "
                        + socket
                        + " 没有应答（"
                        + why
                        + "）：没有它就不会执行任何操作；请查看：systemctl status parley-recorder",
                cause);
    }

    private static void close(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.channel().close();
            } catch (IOException nothingLeftToDo) {
                // It is gone either way.
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        idle.forEach(RecorderLine::close);
        idle.clear();
        asking.shutdown();
    }
}
