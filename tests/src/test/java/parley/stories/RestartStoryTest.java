package parley.stories;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

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

        Programs.Ended ended = talk.ends().exits(0);
        long after = host.mainProcess("demo-web");
        assertNotEquals(before, after);
        ended.says("was restarted and is stable").says(before + " → " + after);
        assertEquals("approved", story.recorded("approval.decision").getFirst().outcome());
        story.thenOnlyChanged(host, WEB, DEPENDENT);
    }

    @Test
    void declinedByOtherWordsNothingRuns(Story story) throws Exception {
        TestbedHost host = story.given("web-1", Family.APT);

        Talk talk = story.whenTyped(100, "restart demo-web.service on web-1");
        talk.awaits("to go on:").types("yes");

        talk.ends().exits(4);
        assertEquals("declined", story.recorded("approval.decision").getFirst().outcome());
        assertEquals(List.of(), story.changesBegunOn(host));
    }

    @Test
    void declinedByControlDNothingRuns(Story story) throws Exception {
        TestbedHost host = story.given("db-1", Family.DNF);

        Talk talk = story.whenTyped(100, "重启 db-1 上的 demo-web.service");
        talk.awaits("以继续：").pressesControlD();

        talk.ends().exits(130);
        assertEquals("cancelled", story.recorded("approval.decision").getFirst().outcome());
        assertEquals(List.of(), story.changesBegunOn(host));
    }

    @Test
    void failingOnTheSecondOfThreeHostsItStopsThere(Story story) throws Exception {
        TestbedHost first = story.given("web-1", Family.APT);
        TestbedHost second = story.given("web-2", Family.APT, Faults.PORT_CONFLICT);
        TestbedHost third = story.given("web-3", Family.DNF);

        Talk talk = story.whenTyped(100, "restart demo-web.service on web-1, web-2 and web-3");
        talk.awaits("to go on:").types("restart demo-web.service on 3 hosts");

        talk.ends()
                .exits(7)
                .says("web-1: demo-web.service was restarted and is stable")
                .says("web-2: demo-web.service")
                .says("web-3: not begun");
        assertEquals(1, story.changesBegunOn(first).size());
        assertEquals(1, story.changesBegunOn(second).size());
        assertEquals(List.of(), story.changesBegunOn(third));
        story.thenOnlyChanged(first, WEB, DEPENDENT);
        story.thenOnlyChanged(second, WEB, DEPENDENT, "- socket tcp 0.0.0.0:8080");
    }

    @Test
    void withoutATerminalThereIsNoRestart(Story story) throws Exception {
        TestbedHost host = story.given("web-1", Family.APT);

        story.whenAsked("restart demo-web.service on web-1").exits(4);
        assertEquals(List.of(), story.changesBegunOn(host));
    }

    @Test
    void aUnitThatDoesNotExistIsNamedWithItsNeighboursAndNothingRuns(Story story) throws Exception {
        TestbedHost host = story.given("web-1", Family.APT);

        story.whenTyped(100, "restart demo-wbe.service on web-1")
                .ends()
                .exits(1)
                .says("there is no unit demo-wbe.service on this host; similar: demo-web.service");
        assertEquals(List.of(), story.changesBegunOn(host));
    }
}
