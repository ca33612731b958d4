package parley.prompts.plan.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import parley.prompts.plan.Planned;
import parley.prompts.plan.PlannerFailed;
import parley.tools.Proposal;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// How long a reply is waited for, how much of it is taken, and how it is cancelled.
@Timeout(60)
class ModelPatienceTest {
    private static final String LOOK = "{\"hosts\":[\"web-1\"]}";

    private final Talk talk = new Talk();

    @AfterEach
    void stop() {
        talk.close();
    }

    private static ModelSettings within(URI url, Duration idle, Duration total) {
        return Talk.settings(
                url, new ModelLimits(Duration.ofSeconds(2), idle, total, 12, 500, 100_000));
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

    /// Trap 2: the library's limit ends with the headers.
    @Test
    void aStalledStreamIsGivenUp() throws Exception {
        String begun = RawServer.head() + Sse.reply().text("The disk ").cut();
        try (RawServer server = RawServer.stalling(begun)) {
            long start = System.nanoTime();
            PlannerFailed failed =
                    failure(within(server.url(), Duration.ofMillis(300), Duration.ofSeconds(20)));
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertTrue(failed.why().en().contains("sent nothing for 300 ms"), failed.why().en());
            assertTrue(took.compareTo(Duration.ofSeconds(4)) < 0, took.toString());
            assertTrue(server.isHungUpOn());
        }
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() throws Exception {
        try (RawServer server = RawServer.stalling("")) {
            PlannerFailed failed =
                    failure(within(server.url(), Duration.ofSeconds(9), Duration.ofMillis(500)));
            assertTrue(failed.why().en().contains("did not finish within"), failed.why().en());
            assertTrue(server.isHungUpOn());
        }
    }

    @Test
    void aSlowStreamIsWaitedFor() throws Exception {
        String body = Sse.called("disk-usage", LOOK);
        talk.answers(Talk.stream(body).withChunkedDribbleDelay(25, 2_500));
        ModelSettings patient =
                within(talk.url(), Duration.ofMillis(1_500), Duration.ofSeconds(20));
        assertLooksAtWeb1(Talk.planner(patient).next(Talk.asked("disk of web-1"), words -> {}));
    }

    @Test
    void aStreamThatDribblesForEverIsEndedByTheTotalLimit() throws Exception {
        talk.answers(
                Talk.stream(Sse.words("word ".repeat(400))).withChunkedDribbleDelay(400, 20_000));
        long start = System.nanoTime();
        PlannerFailed failed =
                failure(within(talk.url(), Duration.ofSeconds(1), Duration.ofMillis(1_200)));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(failed.why().en().contains("within 1200 ms"), failed.why().en());
        assertTrue(took.compareTo(Duration.ofSeconds(5)) < 0, took.toString());
    }

    /// Trap 3: before the first token the library has nothing to cancel by.
    @Test
    void cancelBeforeTheFirstTokenClosesTheConnection() throws Exception {
        try (RawServer server = RawServer.stalling("")) {
            assertCancelled(server);
        }
    }

    @Test
    void cancelInTheMiddleClosesTheConnection() throws Exception {
        try (RawServer server =
                RawServer.stalling(RawServer.head() + Sse.reply().text("The disk ").cut())) {
            assertCancelled(server);
        }
    }

    private static void assertCancelled(RawServer server) throws Exception {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        ModelPlanner planner = Talk.planner(Talk.settings(server.url(), Talk.QUICK));
        Thread asking =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                planner.next(Talk.asked("disk of web-1"), words -> {});
                                ended.complete(new AssertionError("it was planned"));
                            } catch (PlannerFailed | InterruptedException expected) {
                                ended.complete(expected);
                            }
                        });
        assertTrue(server.answered.await(5, TimeUnit.SECONDS));
        long start = System.nanoTime();
        asking.interrupt();
        assertInstanceOf(InterruptedException.class, ended.get(2, TimeUnit.SECONDS));
        assertTrue(server.isHungUpOn());
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(took.compareTo(Duration.ofSeconds(2)) < 0, took.toString());
        assertEquals(1, server.requests());
    }

    @Test
    void anEndlessReplyIsEnded() throws Exception {
        String huge = Sse.words("x".repeat(Wire.MOST_REPLY_BYTES));
        talk.answers(huge, huge, huge);
        PlannerFailed failed = talk.failure(Talk.asked("disk of web-1"));
        assertTrue(failed.why().en().contains("longer than 4194304 bytes"), failed.why().en());
    }

    @Test
    void aReplyCutAtTheTokenLimitIsNoPlan() throws Exception {
        String cut = Sse.reply().call(0, "a", "disk-usage", LOOK).end("length");
        talk.answers(cut, cut);
        PlannerFailed failed = talk.failure(Talk.asked("disk of web-1"));
        assertTrue(failed.why().en().contains("longer than the token limit"), failed.why().en());
    }
}
