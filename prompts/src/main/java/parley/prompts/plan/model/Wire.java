package parley.prompts.plan.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/// One HTTP exchange with a model: keeps what was sent and what came back, byte for byte, and when
/// the last byte came.
///
/// It runs wholly on the thread that calls it, unlike the library's own client, so that an
/// interrupt or the end of the client ends it; and it keeps the answer's status and headers, which
/// the library's exceptions lose.
final class Wire implements HttpClient {
    /// A reply that is longer is not a plan.
    static final int MOST_REPLY_BYTES = 4 * 1024 * 1024;

    private static final int MOST_ERROR_BYTES = 64 * 1024;

    private final java.net.http.HttpClient client;
    private final ModelSettings settings;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private volatile String sent = "";
    private volatile long lastByte = System.nanoTime();
    private volatile Optional<HttpResponse<InputStream>> response = Optional.empty();

    Wire(java.net.http.HttpClient client, ModelSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /// The exact body of the request.
    String sent() {
        return sent;
    }

    /// The exact body of the answer, as far as it came; the key is taken out should it stand there.
    String received() {
        synchronized (kept) {
            return settings.hideKeyIn(kept.toString(UTF_8));
        }
    }

    Optional<HttpResponse<InputStream>> response() {
        return response;
    }

    /// How long nothing has come.
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastByte);
    }

    HttpClientBuilder builder() {
        return new Ready(this);
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        throw new UnsupportedOperationException("a planner's model always streams");
    }

    @Override
    public void execute(
            HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        sent = settings.hideKeyIn(request.body());
        java.net.http.HttpRequest.Builder plain =
                java.net.http.HttpRequest.newBuilder(URI.create(request.url()));
        request.headers()
                .forEach((name, values) -> values.forEach(value -> plain.header(name, value)));
        try {
            HttpResponse<InputStream> answer =
                    client.send(
                            plain.POST(BodyPublishers.ofString(sent)).build(),
                            BodyHandlers.ofInputStream());
            lastByte = System.nanoTime();
            response = Optional.of(answer);
            try (InputStream body = new Kept(answer.body())) {
                if (answer.statusCode() / 100 == 2) {
                    stream(answer, body, parser, new ReplyEvents(listener, settings));
                } else {
                    body.readNBytes(MOST_ERROR_BYTES);
                    listener.onError(new HttpException(answer.statusCode(), received()));
                }
            }
        } catch (IOException broken) {
            listener.onError(broken);
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            listener.onError(cancelled);
        }
    }

    private static void stream(
            HttpResponse<InputStream> answer,
            InputStream body,
            ServerSentEventParser parser,
            ReplyEvents events) {
        events.onOpen(
                SuccessfulHttpResponse.builder()
                        .statusCode(answer.statusCode())
                        .headers(answer.headers().map())
                        .build());
        parser.parse(body, events);
        events.onClose();
    }

    /// Keeps what is read through it.
    private final class Kept extends FilterInputStream {
        Kept(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int count = super.read(bytes, from, length);
            lastByte = System.nanoTime();
            if (count > 0) {
                synchronized (kept) {
                    if (kept.size() + count > MOST_REPLY_BYTES) {
                        throw new IOException("longer than " + MOST_REPLY_BYTES + " bytes");
                    }
                    kept.write(bytes, from, count);
                }
            }
            return count;
        }
    }

    /// Hands the library a wire that is already made. Its time limits are not the library's: they
    /// would cover the time to the headers only.
    private record Ready(Wire wire) implements HttpClientBuilder {
        @Override
        public Duration connectTimeout() {
            return wire.settings.limits().connect();
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration ignored) {
            return this;
        }

        @Override
        public Duration readTimeout() {
            return wire.settings.limits().idle();
        }

        @Override
        public HttpClientBuilder readTimeout(Duration ignored) {
            return this;
        }

        @Override
        public HttpClient build() {
            return wire;
        }
    }
}
