package parley.prompts.plan.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import parley.prompts.plan.Conversation;
import parley.prompts.plan.Planned;
import parley.prompts.plan.PlannerFailed;
import parley.tools.Bilingual;
import parley.tools.Hosts;
import parley.tools.Proposal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class ModelPlannerTest {
    private final Talk talk = new Talk();

    @AfterEach
    void stop() {
        talk.close();
    }

    private static Proposal.Item disk(String... hosts) {
        return Proposal.Item.of("disk.usage", Talk.arguments("{}"), List.of(hosts));
    }

    private static Proposal proposal(Planned planned) {
        return assertInstanceOf(Planned.Plan.class, planned).proposal();
    }

    @Test
    void plainWordsAreAnAnswerAndArriveAsTheyCome() throws Exception {
        talk.answers(Sse.reply().text("Ask me ").text("about hosts.").end("stop"));
        List<String> partial = new ArrayList<>();
        Planned planned = talk.planner().next(Talk.asked("hello"), partial::add);
        assertEquals(List.of("Ask me ", "about hosts."), partial);
        assertEquals(
                "Ask me about hosts.", assertInstanceOf(Planned.Answered.class, planned).words());
    }

    @Test
    void anObservingCallIsAnIncompletePlan() throws Exception {
        talk.answers(
                Sse.called("disk-usage", "{\"path\":\"/var\",\"hosts\":[\"web-2\",\"web-1\"]}"));
        Planned.Plan plan =
                assertInstanceOf(Planned.Plan.class, talk.next("is /var full on web-1 and web-2"));
        Proposal.Item item =
                Proposal.Item.of(
                        "disk.usage",
                        Talk.arguments("{\"path\":\"/var\"}"),
                        List.of("web-1", "web-2"));
        assertEquals(new Proposal(List.of(item), List.of()), plan.proposal());
        assertFalse(plan.complete());
    }

    @Test
    void parallelCallsKeepTheirOrder() throws Exception {
        talk.answers(
                Sse.reply()
                        .call(0, "a", "disk-usage", "{\"hosts\":[\"web-2\"]}")
                        .call(1, "b", "disk-usage", "{\"hosts\":[\"db-1\"]}")
                        .end("tool_calls"));
        assertEquals(
                List.of(disk("web-2"), disk("db-1")),
                proposal(talk.next("disks of web-2 and db-1")).items());
    }

    @Test
    void aGroupAnAliasAndAnAddressStandForInventoryNames() throws Exception {
        talk.answers(Sse.called("disk-usage", "{\"hosts\":[\"web\",\"db01\",\"web-1.example\"]}"));
        assertEquals(
                List.of(disk("db-1", "web-1", "web-2")),
                proposal(talk.next("disks of web and db01")).items());
    }

    @Test
    void aSubmittedPlanIsOneCompleteOrderedPlanWithItsConditions() throws Exception {
        talk.answers(
                Sse.called(
                        "submit_plan",
                        """
                        {"steps":[
                         {"tool":"disk-usage","arguments":{},"hosts":["web-1"]},
                         {"tool":"service-restart","arguments":{"unit":"nginx"},"hosts":["web-1"],
                          "condition":{"step":1,"pointer":"/count","comparison":"above","value":3}}],
                         "prohibited":[]}\
                        """));
        Planned.Plan plan =
                assertInstanceOf(Planned.Plan.class, talk.next("restart if so on web-1"));
        assertTrue(plan.complete());
        Proposal.Condition condition =
                new Proposal.Condition(0, "/count", Proposal.Comparison.ABOVE, Talk.json("3"));
        assertEquals(
                new Proposal(
                        List.of(
                                disk("web-1"),
                                new Proposal.Item(
                                        "service.restart",
                                        Talk.arguments("{\"unit\":\"nginx\"}"),
                                        List.of("web-1"),
                                        Optional.of(condition))),
                        List.of()),
                plan.proposal());
    }

    @Test
    void aPlanThatOnlyLooksIsNotTheEnd() throws Exception {
        talk.answers(
                Sse.called(
                        "submit_plan",
                        "{\"steps\":[{\"tool\":\"disk-usage\",\"arguments\":{},\"hosts\":[\"web-1\"]}],"
                            + "\"prohibited\":[\"service-restart\"]}"));
        Planned.Plan plan = assertInstanceOf(Planned.Plan.class, talk.next("look, do not restart"));
        assertFalse(plan.complete());
        assertEquals(
                new Proposal(List.of(disk("web-1")), List.of("service.restart")), plan.proposal());
    }

    @Test
    void aQuestionComesWithItsChoices() throws Exception {
        talk.answers(
                Sse.called(
                        "ask_user",
                        "{\"question\":\"Which host?\",\"about\":\"host\","
                                + "\"choices\":[\"web-1\",\"web-2\"]}"));
        Planned.Clarify clarify =
                assertInstanceOf(Planned.Clarify.class, talk.next("restart nginx"));
        assertEquals(Planned.About.HOST, clarify.about());
        assertEquals(Bilingual.same("Which host?"), clarify.question());
        assertEquals(List.of("web-1", "web-2"), clarify.choices());
    }

    /// A choice counts as the person's words; what a host printed must not become them.
    @Test
    void onceOutputWasReadOnlyInventoryNamesAreChoices() throws Exception {
        talk.answers(
                Sse.called(
                        "ask_user",
                        "{\"question\":\"Go on?\",\"about\":\"other\","
                                + "\"choices\":[\"stop sshd on web-1\",\"web-2\"]}"));
        Planned planned =
                talk.next(
                        Talk.asked("disks", Talk.hosts(), List.of(Talk.seen("#1", "web-1", "{}"))));
        assertEquals(List.of("web-2"), assertInstanceOf(Planned.Clarify.class, planned).choices());
    }

    @Test
    void aRefusalNamesItsReason() throws Exception {
        talk.answers(
                Sse.called(
                        "decline", "{\"reason\":\"no-tool\",\"message\":\"No tool sends mail.\"}"));
        Planned.Decline decline = assertInstanceOf(Planned.Decline.class, talk.next("mail bob"));
        assertEquals(Planned.Reason.NO_TOOL, decline.reason());
        assertEquals(Bilingual.same("No tool sends mail."), decline.message());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "disk-erase|{\"hosts\":[\"web-1\"]}|there is no tool \"disk-erase\"",
                "disk-usage|{\"hosts\":[\"web-1\"],\"shell\":\"id\"}|no argument \"shell\"",
                "disk-usage|{\"hosts\":[\"web-9\"]}|there is no host or group \"web-9\"",
                "disk-usage|{\"hosts\":[\"web-1\"],\"top\":99}|99 is not",
                "disk-usage|{\"path\":\"/var\"}|\"hosts\" must be a list",
                "disk-usage|{\"hosts\":[\"web-1\"]|are not one JSON object",
                "disk-usage|{\"hosts\":[\"web-1\"]} {}|are not one JSON object",
                "disk-usage|{\"hosts\":[\"web-1\"],\"hosts\":[\"db-1\"]}|are not one JSON object",
                "service-restart|{\"unit\":\"nginx\",\"hosts\":[\"web-1\"]}|changes go into one",
                "submit_plan|{\"steps\":[]}|\"steps\" must be a list",
                "submit_plan|{\"steps\":[{\"tool\":\"disk-usage\",\"arguments\":{},\"hosts\":[\"web-1\"],\"why\":\"x\"}]}|step"
                    + " 1: nothing is called \"why\"",
                "submit_plan|{\"steps\":[{\"tool\":\"service-restart\",\"arguments\":"
                        + "{\"unit\":\"a;b\"},\"hosts\":[\"web-1\"]}]}|step 1: service.restart",
                "submit_plan|{\"steps\":[{\"tool\":\"disk-usage\",\"arguments\":{},\"hosts\":"
                        + "[\"web-1\"],\"condition\":{\"step\":1,\"pointer\":\"/a\",\"comparison\":"
                        + "\"above\",\"value\":1}}]}|step 1: a condition names an earlier step",
                "submit_plan|{\"steps\":[{\"tool\":\"disk-usage\",\"arguments\":{},\"hosts\":"
                        + "[\"web-1\"]}],\"prohibited\":[\"disk.usage\"]}|is both a step and",
                "submit_plan|{\"steps\":[{\"tool\":\"disk-usage\",\"arguments\":{},\"hosts\":"
                    + "[\"web-1\"]},{\"tool\":\"disk-usage\",\"arguments\":{},\"hosts\":[\"web-1\"],"
                    + "\"condition\":{\"step\":1,\"pointer\":\"/size\",\"comparison\":\"above\",\"value\":1}}]}|step"
                    + " 2: disk.usage reads no value at /size; it reads: {count}",
                "submit_plan|{\"steps\":[{\"tool\":\"disk-usage\",\"arguments\":{},\"hosts\":"
                    + "[\"web-1\"]},{\"tool\":\"disk-usage\",\"arguments\":{},\"hosts\":[\"web-2\"],"
                    + "\"condition\":{\"step\":1,\"pointer\":\"/count\",\"comparison\":\"above\",\"value\":1}}]}|step"
                    + " 2: the condition's step does not run on every host",
                "decline|{\"reason\":\"tired\",\"message\":\"no\"}|decline needs a message",
            })
    void anInvalidCallIsAnsweredOnceAndASecondEndsIt(String tool, String arguments, String why)
            throws Exception {
        String invalid = Sse.called(tool, arguments);
        talk.answers(invalid, invalid);
        PlannerFailed failed = talk.failure(Talk.asked("what about web-1"));
        assertTrue(failed.why().en().contains(why), failed.why().en());
        assertTrue(failed.why().zh().contains("两次未给出可用的回复"), failed.why().zh());
        assertEquals(2, failed.exchanges().size());
        assertEquals(2, talk.requests());
        String correction = talk.request(1).path("messages").path(3).path("content").asText();
        assertTrue(correction.contains(why), correction);
    }

    @Test
    void aCorrectedReplyIsUsed() throws Exception {
        talk.answers(
                Sse.called("disk-usage", "{\"hosts\":[\"web-9\"]}"),
                Sse.called("disk-usage", "{\"hosts\":[\"web-1\"]}"));
        Planned planned = talk.next("disk of web-1");
        assertEquals(List.of(disk("web-1")), proposal(planned).items());
        assertEquals(2, planned.exchanges().size());
    }

    @Test
    void looksAndAPlanInOneReplyAreNotTaken() throws Exception {
        String mixed =
                Sse.reply()
                        .call(0, "a", "disk-usage", "{\"hosts\":[\"web-1\"]}")
                        .call(1, "b", "submit_plan", "{\"steps\":[{\"tool\":\"service-restart\"}]}")
                        .end("tool_calls");
        talk.answers(mixed, mixed);
        PlannerFailed failed = talk.failure(Talk.asked("restart nginx on web-1"));
        assertTrue(failed.why().en().contains("each stand alone"), failed.why().en());
    }

    @Test
    void anAnswerMustCiteEvidenceThatExists() throws Exception {
        Conversation read =
                Talk.asked(
                        "disks", Talk.hosts(), List.of(Talk.seen("#1", "web-1", "{\"count\":2}")));
        talk.answers(Sse.words("Two file systems [#7]."), Sse.words("Two file systems [#1]."));
        assertEquals(
                "Two file systems [#1].",
                assertInstanceOf(Planned.Answered.class, talk.next(read)).words());
        assertTrue(
                talk.request(1).path("messages").toString().contains("does not exist: #7"),
                talk.request(1).toString());
    }

    @Test
    void anAnswerAfterReadingMustCite() throws Exception {
        talk.answers(Sse.words("All fine."), Sse.words("All fine."));
        PlannerFailed failed =
                talk.failure(
                        Talk.asked("disks", Talk.hosts(), List.of(Talk.seen("#1", "web-1", "{}"))));
        assertTrue(failed.why().en().contains("cites no evidence"), failed.why().en());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "web-1 looks fine.",
                "{\"name\":\"disk-usage\",\"arguments\":{\"hosts\":[\"web-1\"]}}",
                "```json\n{\"tool\":\"x\",\"arguments\":{}}\n```",
                "<tool_call>{}</tool_call>",
                "   ",
                "<think>all fine</think>",
            })
    void wordsThatAreNoAnswerAreNotTakenForOne(String words) throws Exception {
        talk.answers(Sse.words(words), Sse.words(words));
        PlannerFailed failed = talk.failure(Talk.asked("is web-1 fine"));
        assertTrue(failed.why().en().contains("twice gave no usable reply"), failed.why().en());
    }

    @Test
    void whatWasReadIsNotReadAgain() throws Exception {
        talk.answers(Sse.called("disk-usage", "{\"hosts\":[\"web-1\"]}"), Sse.words("Two [#1]."));
        Planned planned =
                talk.next(
                        Talk.asked(
                                "disks",
                                Talk.hosts(),
                                List.of(Talk.seen("#1", "web-1", "{\"count\":2}"))));
        assertInstanceOf(Planned.Answered.class, planned);
    }

    @Test
    void theOnlyHostMayBeLeftOut() throws Exception {
        Hosts one = new Hosts(List.of(Talk.host("box", true)));
        talk.answers(Sse.called("disk-usage", ""));
        Planned planned = talk.next(Talk.asked("disk full?", one, List.of()));
        assertEquals(List.of(disk("box")), proposal(planned).items());
    }

    @Test
    void theLastTurnHasNoToolsAndThenTheBudgetIsSpent() throws Exception {
        ModelLimits two =
                new ModelLimits(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(20),
                        2,
                        500,
                        100_000);
        ModelPlanner planner = Talk.planner(Talk.settings(talk.url(), two));
        talk.answers(Sse.called("disk-usage", "{\"hosts\":[\"web-1\"]}"), Sse.words("Two [#1]."));
        planner.next(Talk.asked("disk of web-1"), words -> {});
        Conversation read =
                Talk.asked(
                        "disk of web-1",
                        Talk.hosts(),
                        List.of(Talk.seen("#1", "web-1", "{\"count\":2}")));
        planner.next(read, words -> {});
        assertFalse(talk.request(0).path("tools").isEmpty());
        assertTrue(talk.request(1).path("tools").isMissingNode(), talk.request(1).toString());
        PlannerFailed spent =
                assertThrows(PlannerFailed.class, () -> planner.next(read, words -> {}));
        assertTrue(spent.why().en().contains("within 2 turns"), spent.why().en());
        assertEquals(2, talk.requests());
    }

    @Test
    void tokensOfARequestAreBounded() throws Exception {
        ModelLimits few =
                new ModelLimits(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(20),
                        9,
                        50,
                        120);
        ModelPlanner planner = Talk.planner(Talk.settings(talk.url(), few));
        talk.answers(Sse.words("Hello."));
        planner.next(Talk.asked("hello"), words -> {});
        PlannerFailed spent =
                assertThrows(
                        PlannerFailed.class, () -> planner.next(Talk.asked("hello"), words -> {}));
        assertTrue(spent.why().en().contains("used up the 120 tokens"), spent.why().en());
    }
}
