package parley.stories;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

/// Restarts: approved, declined, and one that fails on the second of three hosts.
@ExtendWith(StoryTeller.class)
class RestartStoryTest {
    private static final String WEB = "unit demo-web.service ";
    private static final String DEPENDENT = "unit demo-dependent.service ";

    @ParameterizedTest
    @EnumSource
    void approvedByItsTypedWordsItRestartsAndIsProvenStable(Family family, Story story)
            throws Exception {
        TestbedHost host = story.given(family == Family.APT ? "web-1" : "db-1", family);
        long before = host.mainProcess("demo-web");

        Talk talk = story.whenTyped(100, "restart demo-web.service on " + host.name());
        talk.awaits("APPROVAL NEEDED: typed words").awaits("to go on:");
        assertEquals(before, host.mainProcess("demo-web"), "it ran before it was approved");
        talk.types("restart demo-web.service on " + host.name());
        Programs.Ended ended = talk.ends();

        assertEquals(0, ended.exit(), ended.out());
        long after = host.mainProcess("demo-web");
        assertNotEquals(before, after);
        assertTrue(
                ended.out().contains("was restarted and is stable")
                        && ended.out().contains(before + " → " + after),
                ended.out());
        assertEquals("approved", story.recorded("approval.decision").getFirst().outcome());
        story.thenOnlyChanged(host, WEB, DEPENDENT);
    }

    @Test
    void declinedByOtherWordsNothingRuns(Story story) throws Exception {
        TestbedHost host = story.given("web-1", Family.APT);

        Talk talk = story.whenTyped(100, "restart demo-web.service on web-1");
        talk.awaits("to go on:").types("yes");
        Programs.Ended ended = talk.ends();

        assertEquals(4, ended.exit(), ended.out());
        assertEquals("declined", story.recorded("approval.decision").getFirst().outcome());
        assertEquals(List.of(), story.changesBegunOn(host));
    }

    @Test
    void declinedByControlDNothingRuns(Story story) throws Exception {
        TestbedHost host = story.given("db-1", Family.DNF);

        Talk talk = story.whenTyped(100, "重启 db-1 上的 demo-web.service");
        talk.awaits("以继续：").pressesControlD();
        Programs.Ended ended = talk.ends();

        assertEquals(130, ended.exit(), ended.out());
        assertEquals("cancelled", story.recorded("approval.decision").getFirst().outcome());
        assertEquals(List.of(), story.changesBegunOn(host));
    }

    @Test
    void failingOnTheSecondOfThreeHostsItStopsThere(Story story) throws Exception {
        TestbedHost first = story.given("web-1", Family.APT);
        TestbedHost second = story.given("web-2", Family.APT, Faults.PORT_CONFLICT);
        TestbedHost third = story.given("web-3", Family.DNF);

        Talk talk =
                story.whenTyped(100, "restart demo-web.service on web-1, web-2 and web-3");
        talk.awaits("to go on:").types("restart demo-web.service on web-1, web-2, web-3");
        Programs.Ended ended = talk.ends();

        assertEquals(7, ended.exit(), ended.out());
        assertTrue(ended.out().contains("web-1: demo-web.service was restarted"), ended.out());
        assertEquals(1, story.changesBegunOn(first).size());
        assertEquals(1, story.changesBegunOn(second).size());
        assertEquals(List.of(), story.changesBegunOn(third));
        story.thenOnlyChanged(first, WEB, DEPENDENT);
        story.thenOnlyChanged(second, WEB, DEPENDENT, "- socket tcp 0.0.0.0:8080");
    }

    @Test
    void withoutATerminalThereIsNoRestart(Story story) throws Exception {
        TestbedHost host = story.given("web-1", Family.APT);

        Programs.Ended ended = story.whenAsked("restart demo-web.service on web-1");

        assertEquals(4, ended.exit(), ended.out() + ended.err());
        assertEquals(List.of(), story.changesBegunOn(host));
    }

    @Test
    void aUnitThatDoesNotExistIsNamedWithItsNeighboursAndNothingRuns(Story story)
            throws Exception {
        TestbedHost host = story.given("web-1", Family.APT);

        Talk talk = story.whenTyped(100, "restart demo-wbe.service on web-1");
        Programs.Ended ended = talk.ends();

        assertEquals(1, ended.exit(), ended.out());
        assertTrue(ended.out().contains("there is no unit demo-wbe.service"), ended.out());
        assertTrue(ended.out().contains("demo-web.service"), ended.out());
        assertEquals(List.of(), story.changesBegunOn(host));
    }
}
