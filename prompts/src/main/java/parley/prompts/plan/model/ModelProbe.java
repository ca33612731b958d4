package parley.prompts.plan.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;

import parley.prompts.plan.PlannerFailed;
import parley.tools.Bilingual;
import parley.tools.schema.Json;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Finds out whether a model can be used, for `parley doctor`: asks the endpoint which models it
/// has and, where it does not say, the model itself for one word. Nothing about any host is sent.
public final class ModelProbe {
    private static final int MOST_BYTES = 2 * 1024 * 1024;

    private final ModelSettings settings;
    private final Trouble trouble;

    public ModelProbe(ModelSettings settings) {
        this.settings = settings;
        this.trouble = new Trouble(settings);
    }

    /// What was found.
    ///
    /// @param usable whether a request would very likely be answered
    /// @param statement says so, or what to mend
    public record Finding(boolean usable, Bilingual statement) {}

    /// Takes at most the settings' total limit; an interrupt ends it at once.
    public Finding check() throws InterruptedException {
        HttpClient client;
        try {
            client = new Transport(settings).client();
        } catch (Transport.BadCertificates bad) {
            return new Finding(false, bad.why());
        }
        try {
            return listed(client);
        } catch (IOException broken) {
            return new Finding(false, trouble.exception(broken).why());
        } finally {
            client.shutdownNow();
        }
    }

    private Finding listed(HttpClient client) throws IOException, InterruptedException {
        String base = settings.baseUrl().toString().replaceAll("/+$", "");
        Provider provider = settings.provider();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + provider.list()));
        provider.headers(settings.apiKey()).forEach(request::header);
        HttpResponse<String> answer =
                within(
                        client.sendAsync(
                                request.GET().build(),
                                BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES)));
        String body = answer.body();
        return switch (answer.statusCode()) {
            case 200 -> inList(body);
            case 404, 405, 501 -> spoken();
            default ->
                    new Finding(
                            false,
                            trouble.status(answer.statusCode(), answer.headers(), body).why());
        };
    }

    /// The client's own limit would cover the time to the headers only.
    private <T> T within(CompletableFuture<T> answer) throws IOException, InterruptedException {
        Duration limit = Deadline.least(settings.limits().idle(), settings.limits().total());
        try {
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException broken) {
            throw new IOException(broken.getCause());
        } catch (TimeoutException late) {
            throw new IOException("no whole answer within " + Trouble.seconds(limit), late);
        }
    }

    private Finding inList(String body) throws InterruptedException {
        List<String> names = new ArrayList<>();
        try {
            for (JsonNode model : Json.mapper().readTree(body).path(settings.provider().listed())) {
                names.add(model.path(settings.provider().nameField()).asText(""));
            }
        } catch (JsonProcessingException notAList) {
            return spoken();
        }
        if (names.isEmpty()) {
            return spoken();
        }
        if (names.contains(settings.model())) {
            return usable();
        }
        String some = Clean.line(String.join(", ", names), 400);
        return new Finding(
                false,
                Bilingual.of(
                        "{0} answers, but lists no model \"{1}\"; it lists: {2}; correct the"
                                + " model's name",
                        "{0} 可以访问，但其列表中没有模型“{1}”；列表为：{2}；请更正模型名",
                        settings.baseUrl(),
                        settings.model(),
                        some));
    }

    /// Asks the model itself, where there is no list.
    private Finding spoken() throws InterruptedException {
        ChatRequest request =
                ChatRequest.builder().messages(UserMessage.from("Reply with: ok")).build();
        try {
            new Endpoint(settings)
                    .ask(
                            request,
                            words -> {},
                            Deadline.in(settings.limits().total()),
                            new ArrayList<>());
            return usable();
        } catch (PlannerFailed failed) {
            return new Finding(false, failed.why());
        }
    }

    private Finding usable() {
        return new Finding(
                true,
                Bilingual.of(
                        "the model \"{0}\" at {1} answers",
                        "模型“{0}”（{1}）可以使用", settings.model(), settings.baseUrl()));
    }
}
