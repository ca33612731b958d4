package parley.prompts.plan.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import parley.prompts.plan.Conversation;
import parley.prompts.plan.Planned;
import parley.prompts.plan.PlannerFailed;
import parley.prompts.plan.Request;
import parley.prompts.plan.Usage;
import parley.tools.Language;
import parley.tools.value.BadValue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What replies take is counted, paid for, and limited.
@Timeout(120)
class ModelUsageTest {
    private static final Prices PRICES =
            new Prices("USD", new BigDecimal("2.50"), new BigDecimal("0.25"), new BigDecimal("10"));
    private static final String CALL = "{\"hosts\":[\"web-1\"]}";

    private final Talk talk = new Talk();

    @AfterEach
    void stop() {
        talk.close();
    }

    private static ModelLimits limits(
            long session, Optional<BigDecimal> money, Optional<BigDecimal> sessionMoney) {
        return new ModelLimits(
                Talk.QUICK.connect(),
                Talk.QUICK.idle(),
                Talk.QUICK.total(),
                12,
                500,
                1_000,
                session,
                money,
                sessionMoney);
    }

    private ModelPlanner planner(ModelLimits limits) {
        ModelSettings plain = Talk.settings(talk.url(), Talk.QUICK);
        return Talk.planner(
                new ModelSettings(
                        plain.provider(),
                        plain.baseUrl(),
                        plain.model(),
                        plain.apiKey(),
                        plain.caCertificate(),
                        plain.proxy(),
                        limits,
                        Optional.of(PRICES)));
    }

    private static Conversation asked(String id) {
        return new Conversation(
                new Request(id, "ann", Language.EN, "disk of web-1"),
                Talk.hosts(),
                List.of(),
                List.of());
    }

    private static String called(String usage) {
        return Sse.reply()
                .call(0, "a", "disk-usage", CALL)
                .data("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}")
                .data(usage)
                .data("[DONE]")
                .cut();
    }

    private Usage once(String usage) throws Exception {
        talk.answers(called(usage));
        Planned planned =
                planner(limits(10_000, Optional.empty(), Optional.empty()))
                        .next(asked("r1"), words -> {});
        return Usage.total(planned.exchanges());
    }

    @Test
    void tokensFromACacheCostWhatTheyCost() throws Exception {
        Usage usage =
                once(
                        "{\"choices\":[],\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":100,"
                            + "\"total_tokens\":1100,\"prompt_tokens_details\":{\"cached_tokens\":600}}}");

        // 400 at 2.50, 600 at 0.25, 100 at 10, each for a million.
        assertEquals(
                new Usage(1, 1000, 600, 100, true, Map.of("USD", new BigDecimal("0.00215"))),
                usage);
    }

    @Test
    void anEndpointThatDoesNotCountIsCountedFor() throws Exception {
        Usage usage = once("{\"choices\":[]}");

        assertFalse(usage.counted());
        assertTrue(usage.in() > 300, () -> "the prompt is long: " + usage);
        assertTrue(usage.out() > 10, () -> "something came back: " + usage);
        assertTrue(usage.money().containsKey("USD"), usage::toString);
    }

    @Test
    void aReplyThatBreaksOffWasPaidForAsFarAsItCame() throws Exception {
        String half = Sse.reply().text("One file").cut();
        talk.answers(half);
        PlannerFailed failed =
                assertThrows(
                        PlannerFailed.class,
                        () ->
                                planner(limits(10_000, Optional.empty(), Optional.empty()))
                                        .next(asked("r1"), words -> {}));

        Usage usage = Usage.total(failed.exchanges());
        assertEquals(1, usage.replies());
        assertFalse(usage.counted());
    }

    @Test
    void whatARequestMayCostIsALimit() throws Exception {
        // Each reply costs 100 x 2.50 + 20 x 10 for a million: 0.00045.
        ModelPlanner planner =
                planner(limits(100_000, Optional.of(new BigDecimal("0.0009")), Optional.empty()));
        talk.answers(twice());

        planner.next(asked("r1"), words -> {});
        planner.next(asked("r1"), words -> {});
        PlannerFailed spent =
                assertThrows(PlannerFailed.class, () -> planner.next(asked("r1"), words -> {}));

        assertEquals(
                "the model used up the 0.0009 USD of this request; ask for less at once, or raise"
                        + " the limit (money)",
                spent.why().en());
        assertEquals(2, talk.requests());
        talk.answers(Sse.called("disk-usage", CALL));
        planner.next(asked("another"), words -> {});
        assertEquals(3, talk.requests());
    }

    @Test
    void whatASessionMayCostIsALimitOfAllItsRequests() throws Exception {
        ModelPlanner planner =
                planner(limits(100_000, Optional.empty(), Optional.of(new BigDecimal("0.0009"))));
        talk.answers(twice());

        planner.next(asked("r1"), words -> {});
        planner.next(asked("r2"), words -> {});
        PlannerFailed spent =
                assertThrows(PlannerFailed.class, () -> planner.next(asked("r3"), words -> {}));

        assertTrue(spent.why().en().contains("0.0009 USD of this session"), spent.why().en());
        assertTrue(spent.why().zh().contains("本次会话的 0.0009 USD"), spent.why().zh());
        assertEquals(2, talk.requests());
    }

    @Test
    void theTokensOfASessionAreALimitOfAllItsRequests() throws Exception {
        ModelPlanner planner = planner(limits(1_000, Optional.empty(), Optional.empty()));
        for (int request = 0; request < 9; request++) {
            talk.answers(Sse.called("disk-usage", CALL));
            planner.next(asked("r" + request), words -> {});
        }

        PlannerFailed spent =
                assertThrows(PlannerFailed.class, () -> planner.next(asked("last"), words -> {}));

        assertTrue(spent.why().en().contains("1000 tokens of this session"), spent.why().en());
        assertEquals(9, talk.requests());
    }

    @Test
    void aLimitInMoneyWithoutAPriceIsRefused() {
        BadValue refused =
                assertThrows(
                        BadValue.class,
                        () ->
                                Talk.settings(
                                        talk.url(),
                                        limits(
                                                10_000,
                                                Optional.of(BigDecimal.ONE),
                                                Optional.empty())));

        assertTrue(refused.why().en().contains("needs the model's price"), refused.why().en());
    }

    private static String[] twice() {
        return new String[] {Sse.called("disk-usage", CALL), Sse.called("disk-usage", CALL)};
    }
}
