package parley.prompts.plan.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A small HTTP proxy that opens tunnels and remembers where to.
final class ConnectProxy implements AutoCloseable {
    private final ServerSocket socket;
    final List<String> asked = new CopyOnWriteArrayList<>();

    ConnectProxy() throws IOException {
        socket = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> tunnel(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void tunnel(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            asked.add(head.toString());
            String[] target = head.toString().split(" ")[1].split(":");
            try (Socket server = new Socket(target[0], Integer.parseInt(target[1]))) {
                client.getOutputStream()
                        .write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(ISO_8859_1));
                Thread back = Thread.ofVirtual().start(() -> copy(server, client));
                copy(client, server);
                back.join();
            }
        } catch (IOException gone) {
            // One side hung up.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            from.getInputStream().transferTo(out);
            to.shutdownOutput();
        } catch (IOException gone) {
            // One side hung up.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
