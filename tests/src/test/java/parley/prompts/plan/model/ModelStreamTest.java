package parley.prompts.plan.model;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.http.Fault;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import parley.prompts.plan.Planned;
import parley.prompts.plan.PlannerFailed;
import parley.tools.Proposal;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What a network and a server may do to a reply. The seven traps of the library are among them.
@Timeout(60)
class ModelStreamTest {
    private static final String LOOK = "{\"hosts\":[\"web-1\"]}";

    private final Talk talk = new Talk();

    @AfterEach
    void stop() {
        talk.close();
    }

    private static void assertLooksAtWeb1(Planned planned) {
        Proposal.Item item = Proposal.Item.of("disk.usage", Talk.arguments("{}"), List.of("web-1"));
        assertEquals(
                new Proposal(List.of(item), List.of()),
                assertInstanceOf(Planned.Plan.class, planned).proposal());
    }

    private static PlannerFailed failure(ModelSettings settings) {
        return assertThrows(
                PlannerFailed.class,
                () -> Talk.planner(settings).next(Talk.asked("disk of web-1"), words -> {}));
    }

    /// Trap 1: the library calls a broken-off stream complete, with half a call in it.
    @ParameterizedTest
    @ValueSource(strings = {"{\"hosts\":[\"web", "{\"hosts\":[\"web-1\"]}"})
    void aCutStreamNeverBecomesAPlan(String half) throws Exception {
        String cut = Sse.reply().call(0, "a", "disk-usage", half).cut();
        talk.answers(cut, cut, cut);
        PlannerFailed failed = talk.failure(Talk.asked("disk of web-1"));
        assertTrue(failed.why().en().contains("in the middle of its reply"), failed.why().en());
        assertEquals(3, talk.requests());
        assertEquals(3, failed.exchanges().size());
        assertEquals(cut, failed.exchanges().getFirst().reply());
    }

    @Test
    void aServerThatDiesMidStreamGivesNoPlan() throws Exception {
        String half = Sse.reply().call(0, "a", "disk-usage", "{\"hosts\":[").cut();
        String chunked =
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n"
                        + Integer.toHexString(half.length())
                        + "\r\n"
                        + half
                        + "\r\n";
        try (RawServer server = RawServer.dying(chunked)) {
            PlannerFailed failed = failure(Talk.settings(server.url(), Talk.QUICK));
            assertTrue(failed.why().en().contains("the connection to"), failed.why().en());
            assertEquals(3, server.requests());
            assertEquals(half, failed.exchanges().getFirst().reply());
        }
    }

    /// Words that have reached the person cannot be taken back: no second beginning.
    @Test
    void aStreamCutAfterWordsIsNotTriedAgain() throws Exception {
        talk.answers(Sse.reply().text("The disk ").cut());
        talk.failure(Talk.asked("disk of web-1"));
        assertEquals(1, talk.requests());
    }

    @Test
    void anErrorWithinTheStreamGivesNoPlan() throws Exception {
        String broken =
                Sse.reply()
                        .call(0, "a", "disk-usage", LOOK)
                        .data("{\"error\":{\"message\":\"worker lost\",\"code\":500}}")
                        .end("tool_calls");
        talk.answers(broken, broken, broken);
        PlannerFailed failed = talk.failure(Talk.asked("disk of web-1"));
        assertTrue(failed.why().en().contains("worker lost"), failed.why().en());
    }

    @Test
    void aChunkThatIsNotJsonGivesNoPlan() throws Exception {
        String broken =
                Sse.reply().call(0, "a", "disk-usage", LOOK).data("{\"id\":").end("tool_calls");
        talk.answers(broken, broken, Sse.called("disk-usage", LOOK));
        assertLooksAtWeb1(talk.next("disk of web-1"));
        assertEquals(3, talk.requests());
    }

    /// Trap 4: the library runs on whatever thread it likes; words come on the caller's.
    @Test
    void wordsArriveOnTheCallersThread() throws Exception {
        talk.answers(Sse.reply().text("One. ").text("Two.").end("stop"));
        List<Thread> threads = new ArrayList<>();
        talk.planner().next(Talk.asked("hello"), words -> threads.add(Thread.currentThread()));
        assertEquals(List.of(Thread.currentThread(), Thread.currentThread()), threads);
    }

    /// Trap 5: an upgrade attempt in the clear makes servers drop the body.
    @Test
    void theRequestIsPlainHttp11() throws Exception {
        talk.answers(Sse.words("Hello."));
        talk.next("hello");
        var request = talk.server.getAllServeEvents().getFirst().getRequest();
        assertEquals("HTTP/1.1", request.getProtocol());
        assertFalse(request.containsHeader("Upgrade"), request.getHeaders().toString());
    }

    /// Trap 6: the library fails on pieces of parallel calls that take turns.
    @Test
    void interleavedPiecesArePutTogether() throws Exception {
        talk.answers(
                Sse.reply()
                        .call(0, "a", "disk-usage", "{\"hosts\":")
                        .call(1, "b", "disk-usage", "{\"hosts\":")
                        .call(0, "", "", "[\"web-1\"]}")
                        .call(1, "", "", "[\"db-1\"]}")
                        .end("tool_calls"));
        Planned.Plan plan =
                assertInstanceOf(Planned.Plan.class, talk.next("disks of web-1 and db-1"));
        assertEquals(
                List.of(List.of("web-1"), List.of("db-1")),
                plan.proposal().items().stream().map(Proposal.Item::hosts).toList());
    }

    /// Trap 7: identifiers and names repeated in every piece are added up by the library.
    @Test
    void repeatedIdentifiersAndNamesAreOne() throws Exception {
        talk.answers(
                Sse.reply()
                        .call(0, "call_a", "disk-usage", "{\"hosts\":")
                        .call(0, "call_a", "disk-usage", "[\"web-1\"]}")
                        .end("tool_calls"));
        assertLooksAtWeb1(talk.next("disk of web-1"));
    }

    @Test
    void severalCallsUnderOneIndexAreSeveral() throws Exception {
        talk.answers(
                Sse.reply()
                        .call(0, "a", "disk-usage", LOOK)
                        .call(0, "b", "disk-usage", "{\"hosts\":[\"db-1\"]}")
                        .end("stop"));
        Planned.Plan plan =
                assertInstanceOf(Planned.Plan.class, talk.next("disks of web-1 and db-1"));
        assertEquals(2, plan.proposal().items().size());
    }

    @ParameterizedTest
    @CsvSource({"429,1", "500,2", "503,1", "502,2"})
    void aServerInTroubleIsAskedAgain(int status, int times) throws Exception {
        for (int time = 0; time < times; time++) {
            talk.answers(Talk.status(status, "{\"error\":\"busy\"}"));
        }
        talk.answers(Sse.called("disk-usage", LOOK));
        Planned planned = talk.next("disk of web-1");
        assertLooksAtWeb1(planned);
        assertEquals(times + 1, planned.exchanges().size());
        assertEquals("{\"error\":\"busy\"}", planned.exchanges().getFirst().reply());
    }

    @Test
    void retryAfterIsKept() throws Exception {
        talk.answers(Talk.status(429, "").withHeader("Retry-After", "1"));
        talk.answers(Sse.called("disk-usage", LOOK));
        long start = System.nanoTime();
        assertLooksAtWeb1(talk.next("disk of web-1"));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(took.compareTo(Duration.ofSeconds(1)) >= 0, took.toString());
    }

    @Test
    void aRetryBeyondTheLimitIsNotWaitedFor() throws Exception {
        talk.answers(Talk.status(429, "").withHeader("Retry-After", "3600"));
        long start = System.nanoTime();
        PlannerFailed failed = talk.failure(Talk.asked("disk of web-1"));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(failed.why().en().contains("would be in 3600 s"), failed.why().en());
        assertTrue(took.compareTo(Duration.ofSeconds(5)) < 0, took.toString());
    }

    @Test
    void troubleThatStaysIsToldAfterThreeTries() throws Exception {
        talk.answers(Talk.status(500, ""), Talk.status(500, ""), Talk.status(500, "out of memory"));
        PlannerFailed failed = talk.failure(Talk.asked("disk of web-1"));
        assertEquals(3, talk.requests());
        assertTrue(failed.why().en().contains("failed (500): out of memory"), failed.why().en());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|does not take the request (400)|不接受该请求",
                "401|it wants a key: configure one|该服务需要密钥",
                "403|refuses the key (403)|拒绝了密钥",
                "404|knows no model \"tiny\"|没有模型“tiny”",
                "307|answers with a redirect (307)|返回了重定向",
                "418|answers with status 418|返回状态 418",
            })
    void whatCannotHelpIsNotTriedAgain(int status, String en, String zh) throws Exception {
        talk.answers(Talk.status(status, "{}").withHeader("Location", "https://elsewhere/"));
        PlannerFailed failed = talk.failure(Talk.asked("disk of web-1"));
        assertTrue(failed.why().en().contains(en), failed.why().en());
        assertTrue(failed.why().zh().contains(zh), failed.why().zh());
        assertEquals(1, talk.requests());
    }

    /// The newest hosted models refuse the older name of the token limit; most servers know only
    /// that one.
    @Test
    void anEndpointThatWantsTheNewTokenLimitGetsIt() throws Exception {
        talk.answers(
                Talk.status(
                        400,
                        "{\"error\":{\"message\":\"Unsupported parameter: 'max_tokens'. Use"
                                + " 'max_completion_tokens' instead.\"}}"));
        talk.answers(Sse.words("Hello."), Sse.words("Hello."));
        ModelPlanner planner = talk.planner();
        planner.next(Talk.asked("hello"), words -> {});
        planner.next(Talk.asked("hello"), words -> {});
        assertEquals(3, talk.requests());
        assertEquals(500, talk.request(0).path("max_tokens").asInt());
        for (int number : List.of(1, 2)) {
            assertTrue(talk.request(number).path("max_tokens").isMissingNode());
            assertEquals(500, talk.request(number).path("max_completion_tokens").asInt());
        }
    }

    @Test
    void aRefusedConnectionIsTold() throws Exception {
        URI gone = talk.url();
        talk.server.stop();
        PlannerFailed failed = failure(Talk.settings(gone, Talk.QUICK));
        assertTrue(failed.why().en().contains("cannot be reached"), failed.why().en());
        assertEquals(3, failed.exchanges().size());
        assertTrue(failed.exchanges().getFirst().prompt().contains("disk of web-1"));
    }

    @Test
    void aResetConnectionIsTriedAgain() throws Exception {
        talk.answers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        talk.answers(Sse.called("disk-usage", LOOK));
        assertLooksAtWeb1(talk.next("disk of web-1"));
    }

    @Test
    void anAnswerThatIsNoStreamIsTold() throws Exception {
        talk.answers(aResponse().withHeader("Content-Type", "text/html").withBody("<p>Log in</p>"));
        PlannerFailed failed = talk.failure(Talk.asked("disk of web-1"));
        assertTrue(failed.why().en().contains("answered with \"text/html\""), failed.why().en());
    }

    @Test
    void wordsOnTheirWayToAScreenObeyNothing() throws Exception {
        talk.answers(Sse.reply().text("\u001b").text("[2Jok\u202e").end("stop"));
        List<String> partial = new ArrayList<>();
        talk.planner().next(Talk.asked("hello"), partial::add);
        assertEquals("[2Jok", String.join("", partial));
    }

    @Test
    void whatAModelThinksAloudIsKeptBack() throws Exception {
        talk.answers(
                Sse.reply()
                        .text("<thi")
                        .text("nk>secret</th")
                        .text("ink>Hel")
                        .text("lo")
                        .end("stop"));
        List<String> partial = new ArrayList<>();
        Planned planned = talk.planner().next(Talk.asked("hello"), partial::add);
        assertEquals("Hello", String.join("", partial));
        assertEquals("Hello", assertInstanceOf(Planned.Answered.class, planned).words());
    }
}
