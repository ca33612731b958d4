package parley.prompts.plan.model;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;

import parley.prompts.plan.PlannerFailed;
import parley.prompts.plan.Usage;
import parley.tools.Bilingual;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/// Tries a model with one tiny request, for `parley doctor model`: whether it streams, whether it
/// calls functions, and how quick it is. Nothing about any host is sent.
public final class ModelTrial {
    private static final String FUNCTION = "report";

    private final ModelSettings settings;

    public ModelTrial(ModelSettings settings) {
        this.settings = settings;
    }

    /// Takes at most the settings' total limit; an interrupt ends it at once. A model that calls no
    /// functions cannot plan.
    public ModelProbe.Finding run() throws InterruptedException {
        long begun = System.nanoTime();
        AtomicLong first = new AtomicLong();
        try {
            Outcome.Replied reply =
                    new Endpoint(settings)
                            .ask(
                                    request(),
                                    words -> first.compareAndSet(0, System.nanoTime()),
                                    Deadline.in(settings.limits().total()),
                                    new ArrayList<>());
            boolean calls =
                    reply.message().toolExecutionRequests().stream()
                            .anyMatch(call -> call.name().equals(FUNCTION));
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            Duration word = Duration.ofNanos(Math.max(0, first.get() - begun));
            return finding(calls, took, first.get() == 0 ? Duration.ZERO : word, reply.usage());
        } catch (PlannerFailed failed) {
            return new ModelProbe.Finding(false, failed.why());
        }
    }

    private static ChatRequest request() {
        return ChatRequest.builder()
                .messages(
                        UserMessage.from(
                                "Write the word ok. Then call the function report with value 7."))
                .toolSpecifications(
                        ToolSpecification.builder()
                                .name(FUNCTION)
                                .description("Takes a number.")
                                .parameters(
                                        JsonObjectSchema.builder()
                                                .addIntegerProperty("value")
                                                .required("value")
                                                .build())
                                .build())
                .build();
    }

    private ModelProbe.Finding finding(boolean calls, Duration took, Duration word, Usage usage) {
        String who = "\"" + settings.model() + "\" (" + settings.provider().word() + ")";
        String seconds = seconds(took);
        String en =
                "the model "
                        + who
                        + " at "
                        + settings.baseUrl()
                        + " answered in "
                        + seconds
                        + (word.isZero() ? "" : ", first word after " + seconds(word))
                        + (usage.counted()
                                ? "; " + usage.tokens() + " tokens"
                                : "; it does not count tokens");
        String zh =
                "模型 "
                        + who
                        + "（"
                        + settings.baseUrl()
                        + "）用时 "
                        + seconds
                        + (word.isZero() ? "" : "，首字 " + seconds(word))
                        + (usage.counted() ? "；共 " + usage.tokens() + " 个 token" : "；不报告 token 数");
        return calls
                ? new ModelProbe.Finding(
                        true,
                        Bilingual.of(en + "; streaming and functions work", zh + "；流式输出和函数调用均可用"))
                : new ModelProbe.Finding(
                        false,
                        Bilingual.of(
                                "{0}; but it called no function, so it cannot plan: choose a model"
                                        + " that calls tools",
                                "{1}；但没有调用函数，因此无法规划：请选用支持工具调用的模型", en, zh));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
