package parley.prompts.plan.model;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;

import parley.tools.Bilingual;
import parley.tools.value.BadValue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Whose language an endpoint speaks.
public enum Provider {
    /// `POST …/chat/completions`: OpenAI and the many who speak like it (DashScope, DeepSeek, vLLM,
    /// llama.cpp).
    OPENAI("/models", "data", "id", "text/event-stream") {
        @Override
        StreamingChatModel model(ModelSettings settings, HttpClientBuilder wire, boolean modern) {
            int most = settings.limits().mostReplyTokens();
            return OpenAiStreamingChatModel.builder()
                    .httpClientBuilder(wire)
                    .baseUrl(settings.baseUrl().toString())
                    .apiKey(settings.apiKey().map(ApiKey::value).orElse(null))
                    .modelName(settings.model())
                    .maxTokens(modern ? null : most)
                    .maxCompletionTokens(modern ? most : null)
                    .build();
        }

        @Override
        Map<String, String> headers(Optional<ApiKey> key) {
            return key.map(one -> Map.of("Authorization", "Bearer " + one.value()))
                    .orElse(Map.of());
        }
    },

    /// `POST …/messages` of Anthropic's API, version 2023-06-01.
    ANTHROPIC("/models", "data", "id", "text/event-stream") {
        @Override
        StreamingChatModel model(ModelSettings settings, HttpClientBuilder wire, boolean modern) {
            return AnthropicStreamingChatModel.builder()
                    .httpClientBuilder(wire)
                    .baseUrl(settings.baseUrl().toString())
                    .apiKey(settings.apiKey().map(ApiKey::value).orElse(NO_KEY))
                    .version(ANTHROPIC_VERSION)
                    .modelName(settings.model())
                    .maxTokens(settings.limits().mostReplyTokens())
                    .build();
        }

        @Override
        Map<String, String> headers(Optional<ApiKey> key) {
            return key.map(one ->
                            Map.of(
                                    "x-api-key",
                                    one.value(),
                                    "anthropic-version",
                                    ANTHROPIC_VERSION))
                    .orElse(Map.of("anthropic-version", ANTHROPIC_VERSION));
        }
    },

    /// `POST …/api/chat` of Ollama: one JSON object a line.
    OLLAMA("/api/tags", "models", "name", "application/x-ndjson") {
        @Override
        StreamingChatModel model(ModelSettings settings, HttpClientBuilder wire, boolean modern) {
            return OllamaStreamingChatModel.builder()
                    .httpClientBuilder(wire)
                    .baseUrl(settings.baseUrl().toString())
                    .customHeaders(headers(settings.apiKey()))
                    .modelName(settings.model())
                    .numPredict(settings.limits().mostReplyTokens())
                    .numCtx(OLLAMA_CONTEXT)
                    .build();
        }

        @Override
        Map<String, String> headers(Optional<ApiKey> key) {
            return OPENAI.headers(key);
        }
    };

    private static final String ANTHROPIC_VERSION = "2023-06-01";

    /// The library insists on a key; a local stand-in for the service may want none.
    private static final String NO_KEY = "none";

    /// Without a number Ollama takes 4,096 tokens and silently drops the beginning of what is
    /// longer: the rules and the functions.
    private static final int OLLAMA_CONTEXT = 16_384;

    private final String list;
    private final String listed;
    private final String name;
    private final String stream;

    Provider(String list, String listed, String name, String stream) {
        this.list = list;
        this.listed = listed;
        this.name = name;
        this.stream = stream;
    }

    /// @throws BadValue naming those there are
    public static Provider of(String word) {
        return Arrays.stream(values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> {
                    String all =
                            Arrays.stream(values())
                                    .map(Provider::word)
                                    .collect(Collectors.joining(", "));
                    return new BadValue(
                            Bilingual.of(
                                    "a model's provider is one of {0}, not \"{1}\"",
                                    "模型的 provider 只能是 {0} 之一，不能是“{1}”", all, word));
                });
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @param modern whether the token limit is sent under its newer name, where there are two
    abstract StreamingChatModel model(
            ModelSettings settings, HttpClientBuilder wire, boolean modern);

    abstract Map<String, String> headers(Optional<ApiKey> key);

    /// Where the endpoint lists its models, below its base URL.
    String list() {
        return list;
    }

    /// The field of that list, and the field of each of its models.
    String listed() {
        return listed;
    }

    String nameField() {
        return name;
    }

    /// The type of a streamed answer.
    String stream() {
        return stream;
    }

    /// Whether a conversation that holds calls must name the functions although none may be called.
    boolean wantsFunctionsAlways() {
        return this == ANTHROPIC;
    }

    /// Whether pieces of calls must be put together before the library sees them.
    boolean sendsPieces() {
        return this == OPENAI;
    }
}
