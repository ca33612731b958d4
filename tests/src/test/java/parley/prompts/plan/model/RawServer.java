package parley.prompts.plan.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A server that writes what it is told to, then either stays silent until the other side hangs up
/// or hangs up itself: what a real server does when it stalls or dies.
final class RawServer implements AutoCloseable {
    private final ServerSocket socket;
    private final String answer;
    private final boolean hangUp;
    private final AtomicInteger requests = new AtomicInteger();
    final CountDownLatch answered = new CountDownLatch(1);
    final CountDownLatch hungUpOn = new CountDownLatch(1);

    private RawServer(String answer, boolean hangUp) throws IOException {
        this.socket = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
        this.answer = answer;
        this.hangUp = hangUp;
        Thread.ofVirtual().start(this::serve);
    }

    /// Writes `answer`, then nothing more.
    static RawServer stalling(String answer) throws IOException {
        return new RawServer(answer, false);
    }

    /// Writes `answer`, then closes the connection.
    static RawServer dying(String answer) throws IOException {
        return new RawServer(answer, true);
    }

    /// The head of a stream without a length: its end is the end of the connection.
    static String head() {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/v1");
    }

    int requests() {
        return requests.get();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            readRequest(in);
            requests.incrementAndGet();
            OutputStream out = client.getOutputStream();
            out.write(answer.getBytes(UTF_8));
            out.flush();
            answered.countDown();
            while (!hangUp && in.read() >= 0) {
                // Nothing more is expected but the end.
            }
        } catch (IOException gone) {
            // The other side hung up hard.
        }
        hungUpOn.countDown();
    }

    private static void readRequest(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.append((char) next);
        }
        String length = head.toString().replaceAll("(?is).*content-length: *([0-9]+).*", "$1");
        in.readNBytes(Integer.parseInt(length));
    }

    boolean isHungUpOn() throws InterruptedException {
        return hungUpOn.await(3, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
