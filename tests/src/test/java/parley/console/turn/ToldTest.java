package parley.console.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.prompts.plan.Conversation;
import parley.prompts.plan.Planned;
import parley.prompts.plan.Planner;
import parley.prompts.plan.PlannerFailed;
import parley.prompts.plan.Request;
import parley.prompts.plan.Usage;
import parley.safety.record.Recorded;
import parley.tools.Bilingual;
import parley.tools.Language;
import parley.tools.Proposal;
import parley.tools.schema.Json;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What planners that are somebody else are told, and what is not for them.
class ToldTest {
    /// Not a real one: the form is what counts.
    private static final String TOKEN = "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a";

    private static final Usage TOOK =
            new Usage(1, 100, 10, 20, true, Map.of("USD", new BigDecimal("0.001")));

    @TempDir private Path folder;
    private Home home;

    @BeforeEach
    void open() throws Exception {
        home = new Home(folder);
    }

    @AfterEach
    void close() {
        home.close();
    }

    /// A model that says these things in turn, and keeps what it was told.
    private static final class Model implements Planner {
        private final Deque<Planned> says = new ArrayDeque<>();
        private final List<Conversation> told = new ArrayList<>();

        Model(Planned... says) {
            this.says.addAll(List.of(says));
        }

        @Override
        public Planned next(Conversation conversation, Consumer<String> partial)
                throws PlannerFailed {
            told.add(conversation);
            if (says.isEmpty()) {
                throw new PlannerFailed(Bilingual.of("no more", "没有了"), List.of(), null);
            }
            return says.removeFirst();
        }

        @Override
        public boolean sends() {
            return true;
        }

        @Override
        public String name() {
            return "model";
        }
    }

    private static List<Planned.Exchange> exchanges() {
        return List.of(new Planned.Exchange("model", "sent", "received", TOOK));
    }

    private static Planned plan(String tool, ObjectNode arguments) {
        return new Planned.Plan(
                new Proposal(
                        List.of(Proposal.Item.of(tool, arguments, List.of("localhost"))),
                        List.of()),
                false,
                exchanges());
    }

    private static ObjectNode none() {
        return Json.mapper().createObjectNode();
    }

    private static Planned answered() {
        return new Planned.Answered("It is read [#1].", exchanges());
    }

    private TurnResult run(
            Person person, String words, List<Conversation.Past> past, Planner... planners) {
        Request request = new Request("run-1", "ann", Language.EN, words);
        return new Turn(home.house(), person, List.of(planners)).run(request, past);
    }

    private static Planner last() {
        return new GivenCalls(List.of(Proposal.Item.of("mem.usage", none(), List.of("localhost"))));
    }

    @Test
    void aSecretInTheOperatorsOwnWordsReachesNoModel() {
        Model model = new Model(plan("mem.usage", none()), answered());
        ObjectNode grep = none().put("grep", TOKEN);
        Conversation.Past before =
                new Conversation.Past(
                        "who used " + TOKEN,
                        Optional.of(
                                new Proposal(
                                        List.of(
                                                Proposal.Item.of(
                                                        "log.journal", grep, List.of("localhost"))),
                                        List.of())));

        run(
                new Home.Denier(""),
                "is " + TOKEN + " used on localhost?",
                List.of(before),
                model,
                last());

        assertEquals(2, model.told.size());
        String mark =
                "[redacted github-token "
                        + home.house().log().redactor().commitment(TOKEN).substring(0, 8)
                        + "]";
        Conversation told = model.told.getFirst();
        assertEquals("is " + mark + " used on localhost?", told.request().words());
        assertEquals("who used " + mark, told.past().getFirst().words());
        assertFalse(model.told.toString().contains(TOKEN), "the token was told");
    }

    @Test
    void aPlanThatWouldNeedTheSecretIsMadeByThePlannerThatMayKnowIt() {
        String mark =
                "[redacted github-token "
                        + home.house().log().redactor().commitment(TOKEN).substring(0, 8)
                        + "]";
        Model model = new Model(plan("log.journal", none().put("grep", mark)));
        Home.Denier person = new Home.Denier("");
        List<String> heard = new ArrayList<>();
        Planner embedded =
                new Planner() {
                    @Override
                    public Planned next(Conversation conversation, Consumer<String> partial) {
                        heard.add(conversation.request().words());
                        return new Planned.Decline(
                                Planned.Reason.NO_TOOL, Bilingual.of("no", "不"), List.of());
                    }

                    @Override
                    public String name() {
                        return "embedded";
                    }
                };

        TurnResult result =
                run(person, "search " + TOKEN + " on localhost", List.of(), model, embedded);

        assertEquals(List.of("search " + TOKEN + " on localhost"), heard);
        assertTrue(
                person.notices()
                        .getFirst()
                        .startsWith(
                                "the plan of the model \"model\" would need a secret, which no"
                                        + " model is told"),
                person.notices().toString());
        assertEquals(TOOK, result.usage(), "a plan that is of no use was paid for, too");
        assertEquals(List.of(), home.recorded("exec.intent"));
    }

    @Test
    void whatModelsTookStandsInTheResultAndInTheRecord() {
        Model model = new Model(plan("mem.usage", none()), answered());

        TurnResult result =
                run(new Home.Denier(""), "memory of localhost", List.of(), model, last());

        assertEquals(
                new Usage(2, 200, 20, 40, true, Map.of("USD", new BigDecimal("0.002"))),
                result.usage());
        List<Recorded> plans = home.recorded("plan");
        assertEquals(2, plans.size());
        assertEquals("0.001", plans.getFirst().header().at("/usage/money/USD").asText());
        assertEquals(100, plans.getFirst().header().at("/usage/in").asInt());
        assertEquals(
                "0.002",
                home.recorded("answer").getFirst().header().at("/usage/money/USD").asText());
    }

    @Test
    void theReasonOfADenialGoesBackAndThatOfAnAttackDoesNot() {
        Model honest =
                new Model(plan("log.file", none().put("path", "/var/log/auth.log")), answered());
        run(new Home.Denier(""), "who logged in on localhost", List.of(), honest, last());
        String told = honest.told.getLast().seen().getFirst().problem().orElseThrow().en();
        assertTrue(told.contains("-need-reader"), told);

        Model hostile =
                new Model(plan("log.file", none().put("path", "/var/log/demo.key")), answered());
        TurnResult result =
                run(new Home.Denier(""), "is localhost well?", List.of(), hostile, last());
        String hidden = hostile.told.getLast().seen().getFirst().problem().orElseThrow().en();
        assertEquals("not permitted; the reason is told to the person only", hidden);
        String person = result.results().getFirst().outcome().says().en();
        assertTrue(person.contains("secrets-stay-closed"), person);
    }

    @Test
    void ofALongConversationOnlyTheNewestArePointedBackTo() {
        Model model = new Model(answered());
        List<Conversation.Past> past = new ArrayList<>();
        for (int number = 1; number <= 9; number++) {
            past.add(new Conversation.Past("request " + number, Optional.empty()));
        }

        run(new Home.Denier(""), "and now?", past, model, last());

        Conversation told = model.told.getFirst();
        assertEquals(
                List.of("request 1", "request 2", "request 3", "request 4"),
                told.earlier().stream().map(Conversation.Past::words).toList());
        assertEquals("request 5", told.past().getFirst().words());
    }
}
