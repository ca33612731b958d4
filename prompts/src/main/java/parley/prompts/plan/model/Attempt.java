package parley.prompts.plan.model;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;

import org.jspecify.annotations.Nullable;

import parley.prompts.plan.Planned;
import parley.prompts.plan.Usage;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One request to a model over one connection of its own, watched from the thread that wants it.
///
/// The library runs on a virtual thread and only puts what happens into a queue. The watching
/// thread takes it out, and ends the connection when it is interrupted, when nothing comes for too
/// long, or when the time is over; the library's own limit covers the time to the headers only.
final class Attempt {
    private static final Duration GLANCE = Duration.ofMillis(250);

    /// What the library's thread tells the watching one.
    private sealed interface Event {
        record Words(String words) implements Event {}

        record Whole(ChatResponse response) implements Event {}

        record Broken(Throwable failure) implements Event {}
    }

    private final ModelSettings settings;
    private final Trouble trouble;
    private final Wire wire;
    private final Counting counting;
    private Optional<Usage> usage = Optional.empty();
    private final HttpClient client;
    private final boolean modern;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    /// @param modern whether the token limit is sent under its newer name
    Attempt(ModelSettings settings, HttpClient client, boolean modern) {
        this.modern = modern;
        this.settings = settings;
        this.trouble = new Trouble(settings);
        this.client = client;
        this.counting = new Counting(settings.prices());
        this.wire = new Wire(client, settings);
    }

    /// What was sent and what came back so far.
    Planned.Exchange exchange() {
        return new Planned.Exchange(
                settings.model(), wire.sent(), wire.received(), usage.orElseGet(this::begun));
    }

    /// What a reply took that never came to its end: it was paid for as far as it came.
    private Usage begun() {
        boolean taken =
                wire.response().filter(answer -> answer.statusCode() / 100 == 2).isPresent();
        return taken ? counting.estimated(wire.sent(), wire.received()) : Usage.NONE;
    }

    /// Whether the endpoint refuses the token limit under its older name: the newest hosted models
    /// do, while most other servers know only that one.
    boolean wantsNewLimit() {
        return wire.response().filter(answer -> answer.statusCode() == 400).isPresent()
                && wire.received().contains("max_completion_tokens");
    }

    /// Asks, and hands words on as they come.
    ///
    /// @throws InterruptedException when interrupted; the connection is then already closed
    Outcome run(ChatRequest request, Consumer<String> words, Deadline deadline)
            throws InterruptedException {
        Thread worker = Thread.ofVirtual().name("model").start(() -> ask(request));
        try {
            return watch(words, deadline);
        } finally {
            client.shutdownNow();
            worker.interrupt();
        }
    }

    private void ask(ChatRequest request) {
        try {
            settings.provider().model(settings, wire.builder(), modern).chat(request, new Teller());
            events.add(new Event.Broken(new NeverEnded()));
        } catch (RuntimeException failure) {
            events.add(new Event.Broken(failure));
        }
    }

    private Outcome watch(Consumer<String> words, Deadline deadline) throws InterruptedException {
        Duration idle = settings.limits().idle();
        while (true) {
            Duration quiet = idle.minus(wire.silence());
            Duration wait = Deadline.least(GLANCE, Deadline.least(quiet, deadline.left()));
            @Nullable Event event = events.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
            switch (event) {
                case Event.Words(String more) -> words.accept(more);
                case Event.Whole(ChatResponse response) -> {
                    return whole(response);
                }
                case Event.Broken(Throwable failure) -> {
                    return broken(failure);
                }
                case null -> {
                    if (deadline.isOver()) {
                        return trouble.total(settings.limits().total());
                    }
                    if (wire.silence().compareTo(idle) >= 0) {
                        return trouble.idle(idle);
                    }
                }
            }
        }
    }

    private Outcome whole(ChatResponse response) {
        @Nullable FinishReason ended = response.finishReason();
        if (ended == null) {
            return unended();
        }
        @Nullable TokenUsage counted = response.tokenUsage();
        Usage took = counting.of(counted, wire.sent(), wire.received());
        usage = Optional.of(took);
        return new Outcome.Replied(response.aiMessage(), ended, took);
    }

    /// The answer came to its end, but the reply in it did not.
    private Outcome unended() {
        String expected = settings.provider().stream();
        String type =
                wire.response()
                        .flatMap(answer -> answer.headers().firstValue("Content-Type"))
                        .orElse(expected);
        return type.contains(expected) ? trouble.cut() : trouble.notStreamed(type);
    }

    private Outcome broken(Throwable failure) {
        if (failure instanceof NeverEnded) {
            return unended();
        }
        return wire.response()
                .filter(answer -> answer.statusCode() / 100 != 2)
                .map(answer ->
                        trouble.status(answer.statusCode(), answer.headers(), wire.received()))
                .orElseGet(() -> trouble.exception(failure));
    }

    /// The library fell silent without an end.
    private static final class NeverEnded extends RuntimeException {}

    private final class Teller implements StreamingChatResponseHandler {
        @Override
        public void onPartialResponse(String words) {
            events.add(new Event.Words(words));
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            events.add(new Event.Whole(response));
        }

        @Override
        public void onError(Throwable failure) {
            events.add(new Event.Broken(failure));
        }
    }
}
