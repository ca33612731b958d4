package parley.prompts.plan.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import parley.prompts.plan.Conversation;
import parley.prompts.plan.Planned;
import parley.prompts.plan.Usage;
import parley.tools.Proposal;

import java.util.List;

/// The wire traffic of those who speak like OpenAI, each with its own habits: the same plan comes
/// of all of them, and what they think aloud reaches nobody.
@Timeout(120)
class ModelVendorsTest {
    /// Who writes what, chunk by chunk.
    enum Vendor {
        /// Counts in a chunk of its own; fields that nobody asked for.
        OPENAI(
                """
                {"id":"chatcmpl-A1","object":"chat.completion.chunk","created":1763718000,"model":"gpt-x","service_tier":"default","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"call_w1","type":"function","function":{"name":"disk-usage","arguments":""}}],"refusal":null},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"x"}
                {"id":"chatcmpl-A1","object":"chat.completion.chunk","model":"gpt-x","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\\"ho"}}]},"logprobs":null,"finish_reason":null}],"usage":null}
                {"id":"chatcmpl-A1","object":"chat.completion.chunk","model":"gpt-x","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"sts\\":[\\"web-1\\"]}"}}]},"finish_reason":null}],"usage":null}
                {"id":"chatcmpl-A1","object":"chat.completion.chunk","model":"gpt-x","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"call_w2","type":"function","function":{"name":"disk-usage","arguments":"{\\"hosts\\":[\\"db-1\\"]}"}}]},"finish_reason":null}],"usage":null}
                {"id":"chatcmpl-A1","object":"chat.completion.chunk","model":"gpt-x","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}],"usage":null}
                {"id":"chatcmpl-A1","object":"chat.completion.chunk","model":"gpt-x","choices":[],"usage":{"prompt_tokens":900,"completion_tokens":40,"total_tokens":940,"prompt_tokens_details":{"cached_tokens":512,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}}}
                """,
                "[DONE]",
                900),

        /// Thinks aloud in a field of its own; empty identifiers after the first piece; an empty
        /// reason while it goes on; counts within the last chunk.
        DASHSCOPE(
                """
                {"choices":[{"delta":{"content":null,"reasoning_content":"The user wants ","role":"assistant"},"finish_reason":"","index":0,"logprobs":null}],"object":"chat.completion.chunk","usage":null,"created":1763718000,"system_fingerprint":null,"model":"qwen-plus","id":"chatcmpl-q"}
                {"choices":[{"delta":{"content":null,"reasoning_content":"to restart db-1"},"finish_reason":"null","index":0}],"object":"chat.completion.chunk","usage":null,"model":"qwen-plus","id":"chatcmpl-q"}
                {"choices":[{"delta":{"content":"","tool_calls":[{"function":{"arguments":"{\\"hosts\\": [\\"we","name":"disk-usage"},"id":"call_q1","index":0,"type":"function"}]},"finish_reason":null,"index":0}],"object":"chat.completion.chunk","model":"qwen-plus","id":"chatcmpl-q"}
                {"choices":[{"delta":{"tool_calls":[{"function":{"arguments":"b-1\\"]}","name":""},"id":"","index":0,"type":"function"}]},"finish_reason":null,"index":0}],"object":"chat.completion.chunk","model":"qwen-plus","id":"chatcmpl-q"}
                {"choices":[{"delta":{"tool_calls":[{"function":{"arguments":"{\\"hosts\\": [\\"db-1\\"]}","name":"disk-usage"},"id":"call_q2","index":1,"type":"function"}]},"finish_reason":null,"index":0}],"object":"chat.completion.chunk","model":"qwen-plus","id":"chatcmpl-q"}
                {"choices":[{"delta":{"content":""},"finish_reason":"tool_calls","index":0}],"object":"chat.completion.chunk","usage":{"prompt_tokens":880,"completion_tokens":61,"total_tokens":941,"completion_tokens_details":{"reasoning_tokens":20}},"model":"qwen-plus","id":"chatcmpl-q"}
                """,
                "[DONE]",
                880),

        /// Comments keep the connection alive; thoughts first; counts hits of its cache.
        DEEPSEEK(
                """
                : keep-alive
                {"id":"ds-1","object":"chat.completion.chunk","created":1763718000,"model":"deepseek-chat","system_fingerprint":"fp","choices":[{"index":0,"delta":{"role":"assistant","content":null,"reasoning_content":""},"logprobs":null,"finish_reason":null}]}
                : keep-alive
                {"id":"ds-1","object":"chat.completion.chunk","model":"deepseek-chat","choices":[{"index":0,"delta":{"content":null,"reasoning_content":"Let me restart db-1."},"finish_reason":null}]}
                {"id":"ds-1","object":"chat.completion.chunk","model":"deepseek-chat","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_0_a","type":"function","function":{"name":"disk-usage","arguments":""}}]},"finish_reason":null}]}
                {"id":"ds-1","object":"chat.completion.chunk","model":"deepseek-chat","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\\"hosts\\":[\\"web-1\\"]}"}}]},"finish_reason":null}]}
                {"id":"ds-1","object":"chat.completion.chunk","model":"deepseek-chat","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"call_1_b","type":"function","function":{"name":"disk-usage","arguments":""}}]},"finish_reason":null}]}
                {"id":"ds-1","object":"chat.completion.chunk","model":"deepseek-chat","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":"{\\"hosts\\":[\\"db-1\\"]}"}}]},"finish_reason":null}]}
                {"id":"ds-1","object":"chat.completion.chunk","model":"deepseek-chat","choices":[{"index":0,"delta":{"content":"","reasoning_content":null},"logprobs":null,"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":870,"completion_tokens":55,"total_tokens":925,"prompt_tokens_details":{"cached_tokens":512},"prompt_cache_hit_tokens":512,"prompt_cache_miss_tokens":358}}
                """,
                "[DONE]",
                870),

        /// Does not count unless told to; ends with "stop" though there are calls; names the field
        /// of its thoughts otherwise.
        VLLM(
                """
                {"id":"chatcmpl-v","object":"chat.completion.chunk","created":1763718000,"model":"qwen3","choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}]}
                {"id":"chatcmpl-v","object":"chat.completion.chunk","model":"qwen3","choices":[{"index":0,"delta":{"reasoning":"I shall restart db-1.","reasoning_content":"I shall restart db-1."},"finish_reason":null}]}
                {"id":"chatcmpl-v","object":"chat.completion.chunk","model":"qwen3","choices":[{"index":0,"delta":{"tool_calls":[{"id":"chatcmpl-tool-1","type":"function","index":0,"function":{"name":"disk-usage"}}]},"finish_reason":null}]}
                {"id":"chatcmpl-v","object":"chat.completion.chunk","model":"qwen3","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\\"hosts\\": "}}]},"finish_reason":null}]}
                {"id":"chatcmpl-v","object":"chat.completion.chunk","model":"qwen3","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"[\\"web-1\\"]}"}}]},"finish_reason":null}]}
                {"id":"chatcmpl-v","object":"chat.completion.chunk","model":"qwen3","choices":[{"index":0,"delta":{"tool_calls":[{"id":"chatcmpl-tool-2","type":"function","index":1,"function":{"name":"disk-usage","arguments":"{\\"hosts\\": [\\"db-1\\"]}"}}]},"finish_reason":null}]}
                {"id":"chatcmpl-v","object":"chat.completion.chunk","model":"qwen3","choices":[{"index":0,"delta":{"content":""},"logprobs":null,"finish_reason":"stop","stop_reason":null}]}
                """,
                "[DONE]",
                0),

        /// Whole calls at once, arguments as objects, no identifiers, no numbers, no "[DONE]", its
        /// own timings instead of a count.
        LLAMA_CPP(
                """
                {"choices":[{"finish_reason":null,"index":0,"delta":{"role":"assistant","content":null}}],"created":1763718000,"id":"chatcmpl-l","model":"tiny.gguf","system_fingerprint":"b6000","object":"chat.completion.chunk"}
                {"choices":[{"finish_reason":null,"index":0,"delta":{"tool_calls":[{"id":"","type":"function","function":{"name":"disk-usage","arguments":{"hosts":["web-1"]}}},{"id":"","type":"function","function":{"name":"disk-usage","arguments":{"hosts":["db-1"]}}}]}}],"id":"chatcmpl-l","model":"tiny.gguf","object":"chat.completion.chunk"}
                {"choices":[{"finish_reason":"tool_calls","index":0,"delta":{}}],"id":"chatcmpl-l","model":"tiny.gguf","object":"chat.completion.chunk","timings":{"prompt_n":700,"prompt_ms":300.5,"predicted_n":30,"predicted_ms":900.1}}
                """,
                "",
                0),

        /// Reasons that nobody has heard of: the calls are whole all the same.
        SOMEBODY(
                """
                {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"x","function":{"name":"disk-usage","arguments":"{\\"hosts\\":[\\"web-1\\"]}"}}]}}]}
                {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"y","function":{"name":"disk-usage","arguments":"{\\"hosts\\":[\\"db-1\\"]}"}}]}}]}
                {"choices":[{"index":0,"delta":{},"finish_reason":"eos_token"}],"usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}}
                """,
                "[DONE]",
                0);

        private final String chunks;
        private final String end;
        private final long counts;

        /// @param counts how many tokens it says were sent; 0 when it says nothing
        Vendor(String chunks, String end, long counts) {
            this.chunks = chunks;
            this.end = end;
            this.counts = counts;
        }

        String stream() {
            StringBuilder stream = new StringBuilder();
            chunks.lines()
                    .forEach(line ->
                            stream.append(line.startsWith(":") ? line : "data: " + line)
                                    .append("\n\n"));
            return stream + (end.isEmpty() ? "" : "data: " + end + "\n\n");
        }
    }

    private final Talk talk = new Talk();

    @AfterEach
    void stop() {
        talk.close();
    }

    @ParameterizedTest
    @EnumSource
    void ofEachOneTheSamePlanComes(Vendor vendor) throws Exception {
        talk.answers(vendor.stream());
        StringBuilder heard = new StringBuilder();

        Planned planned = talk.planner().next(Talk.asked("disks of web-1 and db-1"), heard::append);

        Proposal proposal = assertInstanceOf(Planned.Plan.class, planned).proposal();
        assertEquals(
                List.of(List.of("web-1"), List.of("db-1")),
                proposal.items().stream().map(Proposal.Item::hosts).toList());
        assertEquals("", heard.toString(), "thoughts are no words");
        Usage usage = Usage.total(planned.exchanges());
        assertEquals(vendor.counts > 0, usage.counted(), usage::toString);
        if (vendor.counts > 0) {
            assertEquals(vendor.counts, usage.in());
        } else {
            assertTrue(usage.in() > 300 && usage.out() > 0, usage::toString);
        }
        assertEquals(vendor.stream(), planned.exchanges().getFirst().reply());
    }

    @Test
    void whatWasAbortedIsNoPlanHoweverWholeItLooks() throws Exception {
        String aborted =
                Sse.reply().call(0, "a", "disk-usage", "{\"hosts\":[\"web-1\"]}").end("abort");
        talk.answers(aborted, aborted, aborted);

        String why = talk.failure(Talk.asked("disk of web-1")).why().en();

        assertTrue(why.contains("in the middle of its reply"), why);
    }

    @Test
    void aReplyThatWasTooLongByAnyNameIsAnsweredSo() throws Exception {
        talk.answers(
                Sse.reply().text("It is ").end("max_tokens"),
                Sse.called("disk-usage", "{\"hosts\":[\"web-1\"]}"));

        assertInstanceOf(Planned.Plan.class, talk.next("disk of web-1"));

        String correction = talk.request(1).path("messages").toString();
        assertTrue(correction.contains("longer than the token limit"), correction);
    }

    /// Whatever the network makes of it, bytes come in pieces: here each alone would be no UTF-8
    /// and no line.
    @ParameterizedTest
    @EnumSource
    void aStreamThatIsBrokenAtOddPlacesIsTheSameStream(Vendor vendor) throws Exception {
        talk.answers(
                Talk.stream(vendor.stream())
                        .withChunkedDribbleDelay(vendor.stream().length() / 7, 300));

        Planned planned = talk.next("disks of web-1 and db-1");

        assertEquals(2, assertInstanceOf(Planned.Plan.class, planned).proposal().items().size());
    }

    @ParameterizedTest
    @EnumSource
    void withoutItsEndNoneIsAPlan(Vendor vendor) throws Exception {
        List<String> lines = vendor.stream().lines().filter(line -> !line.isBlank()).toList();
        int end = 0;
        while (!lines.get(end).matches(".*\"finish_reason\": ?\"[a-z_]{3,}\".*")
                || lines.get(end).contains("\"null\"")) {
            end++;
        }
        String cut = String.join("\n\n", lines.subList(0, end)) + "\n\n";
        talk.answers(cut, cut, cut);

        Conversation asked = Talk.asked("disks of web-1 and db-1");

        String why = talk.failure(asked).why().en();
        assertTrue(why.contains("in the middle of its reply"), why);
        assertFalse(cut.isBlank());
    }
}
