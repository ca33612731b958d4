package parley.console.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Assumptions;

import parley.tools.schema.Json;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A real headless browser (Chromium), spoken to over its DevTools protocol. Nothing is resolved:
/// whatever a page asks the network for fails and is seen.
final class Browser implements AutoCloseable {
    private static final List<String> NAMES =
            List.of(
                    "chromium-headless-shell",
                    "chromium",
                    "chromium-browser",
                    "google-chrome",
                    "google-chrome-stable",
                    "chrome-headless-shell");
    private static final int MOST_SECONDS = 60;

    private final Process process;
    private final WebSocket socket;
    private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
    private final AtomicInteger number = new AtomicInteger();

    private Browser(Process process, URI page) throws Exception {
        this.process = process;
        this.socket =
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .buildAsync(page, new Listener())
                        .get(MOST_SECONDS, TimeUnit.SECONDS);
        for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
            call(domain + ".enable", Json.mapper().createObjectNode());
        }
    }

    private static Optional<Path> program() {
        return NAMES.stream()
                .flatMap(name ->
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                                .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// Starts it. Where there is none, the test is not run, and says so.
    static Browser start(Path profile) throws Exception {
        Optional<Path> program = program();
        Assumptions.assumeTrue(
                program.isPresent(),
                "NO BROWSER: the audit report was not looked at; apt-get install"
                        + " chromium-headless-shell (or have chromium or google-chrome)");
        Process process =
                new ProcessBuilder(
                                program.get().toString(),
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--hide-scrollbars",
                                "--host-resolver-rules=MAP * ~NOTFOUND",
                                "--remote-debugging-port=0",
                                "--remote-allow-origins=*",
                                "--user-data-dir=" + profile,
                                "about:blank")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            return new Browser(process, page(devTools(process)));
        } catch (Exception failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    private static URI devTools(Process process) throws IOException {
        BufferedReader said =
                new BufferedReader(
                        new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        String mark = "DevTools listening on ";
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(mark)) {
                // What it says later must not fill the pipe.
                Thread.ofVirtual().start(() -> said.lines().forEach(ignored -> {}));
                return URI.create(line.substring(mark.length()).strip());
            }
        }
        throw new IOException("the browser ended without saying where it listens");
    }

    private static URI page(URI devTools) throws Exception {
        URI list = URI.create("http://127.0.0.1:" + devTools.getPort() + "/json/list");
        HttpResponse<String> pages =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(list).build(),
                                HttpResponse.BodyHandlers.ofString());
        for (JsonNode page : Json.mapper().readTree(pages.body())) {
            if (page.path("type").asText().equals("page")) {
                return URI.create(page.path("webSocketDebuggerUrl").asText());
            }
        }
        throw new IOException("the browser has no page: " + pages.body());
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                try {
                    JsonNode message = Json.mapper().readTree(text.toString());
                    (message.has("id") ? answers : events).add(message);
                } catch (IOException broken) {
                    throw new IllegalStateException(broken);
                }
                text.setLength(0);
            }
            from.request(1);
            return java.util.concurrent.CompletableFuture.completedStage(null);
        }
    }

    JsonNode call(String method, ObjectNode parameters) throws Exception {
        int id = number.incrementAndGet();
        ObjectNode message = Json.mapper().createObjectNode().put("id", id).put("method", method);
        message.set("params", parameters);
        socket.sendText(message.toString(), true).get(MOST_SECONDS, TimeUnit.SECONDS);
        while (true) {
            JsonNode answer = answers.poll(MOST_SECONDS, TimeUnit.SECONDS);
            if (answer == null) {
                throw new IOException("no answer to " + method);
            }
            if (answer.path("id").asInt() == id) {
                if (answer.has("error")) {
                    throw new IOException(method + ": " + answer.path("error"));
                }
                return answer.path("result");
            }
        }
    }

    /// Sets the size of the window, and `print` or an empty medium.
    void window(int width, int height, String medium) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                Json.mapper()
                        .createObjectNode()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", false));
        call("Emulation.setEmulatedMedia", Json.mapper().createObjectNode().put("media", medium));
    }

    /// Whether the page's own script may run.
    void scripts(boolean run) throws Exception {
        call(
                "Emulation.setScriptExecutionDisabled",
                Json.mapper().createObjectNode().put("value", !run));
    }

    /// Opens a page and waits until it is there.
    void open(String address) throws Exception {
        events.clear();
        call("Page.navigate", Json.mapper().createObjectNode().put("url", "about:blank"));
        event("Page.loadEventFired");
        call("Page.navigate", Json.mapper().createObjectNode().put("url", address));
        event("Page.loadEventFired");
    }

    private void event(String method) throws Exception {
        List<JsonNode> others = new java.util.ArrayList<>();
        while (true) {
            JsonNode event = events.poll(MOST_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new IOException("no " + method);
            }
            if (event.path("method").asText().equals(method)) {
                events.addAll(others);
                return;
            }
            others.add(event);
        }
    }

    /// What happened so far that a quiet page does not do: errors, refused resources, requests
    /// beside the page itself, dialogs.
    List<String> complaints() {
        return events.stream()
                .filter(event ->
                        switch (event.path("method").asText()) {
                            case "Log.entryAdded",
                                    "Runtime.exceptionThrown",
                                    "Runtime.consoleAPICalled",
                                    "Page.javascriptDialogOpening" ->
                                    true;
                            case "Network.requestWillBeSent" ->
                                    !event.path("params").path("type").asText().equals("Document");
                            default -> false;
                        })
                .map(JsonNode::toString)
                .toList();
    }

    /// The value of an expression in the page.
    String value(String expression) throws Exception {
        JsonNode result =
                call(
                        "Runtime.evaluate",
                        Json.mapper()
                                .createObjectNode()
                                .put("expression", expression)
                                .put("returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new IOException(expression + ": " + result.path("exceptionDetails"));
        }
        return result.path("result").path("value").asText();
    }

    /// A picture of the whole page.
    byte[] picture() throws Exception {
        JsonNode shot =
                call(
                        "Page.captureScreenshot",
                        Json.mapper()
                                .createObjectNode()
                                .put("format", "png")
                                .put("captureBeyondViewport", true));
        return Base64.getDecoder().decode(shot.path("data").asText());
    }

    /// The page as it is printed.
    byte[] print() throws Exception {
        return Base64.getDecoder()
                .decode(
                        call("Page.printToPDF", Json.mapper().createObjectNode())
                                .path("data")
                                .asText());
    }

    @Override
    public void close() {
        socket.abort();
        process.destroy();
        process.onExit()
                .orTimeout(10, TimeUnit.SECONDS)
                .exceptionally(late -> {
                    process.destroyForcibly();
                    return process;
                })
                .join();
    }
}
