package parley.stories;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What was begun and did not end as planned: nobody pretends to know what nobody knows.
@ExtendWith(StoryTeller.class)
class InterruptedStoryTest {
    private static final String STOPPING =
            "test \"$(systemctl show -P ActiveState demo-web)\" = deactivating";

    @Test
    void aHostThatCrashesInTheMiddleLeavesAnUnknownOutcomeUntilSomebodyLooks(Story story)
            throws Exception {
        TestbedHost host = story.given("web-2", Family.APT, Faults.SLOW_STOP);

        Talk talk = story.whenTyped(100, "restart demo-web.service on web-2");
        talk.awaits("to go on:").types("restart demo-web.service on web-2");
        host.await(STOPPING);
        host.crash();

        talk.ends()
                .exits(9)
                .says("web-2: the connection broke while it ran")
                .says("look again with: parley settle web-2");
        assertEquals(1, story.recorded("exec.unknown").size());
        story.whenAsked("is demo-web.service running on web-2?")
                .exits(0)
                .says("web-2: demo-web.service is active (running)");
        Programs.Ended settled = story.operator().runs("settle", "web-2");
        assertEquals(
                1,
                story.recorded("exec.settled").size(),
                () -> "it stays open: " + settled.out() + settled.err());
        story.thenOnlyChanged(host, "unit .* process [0-9]+ restarts", "^[-+] (mount|unit) ");
    }

    @Test
    void aHostThatIsSwitchedOffInTheMiddleIsNotSaidToHaveFailed(Story story) throws Exception {
        TestbedHost host = story.given("db-2", Family.DNF, Faults.SLOW_STOP);

        Talk talk = story.whenTyped(100, "restart demo-web.service on db-2");
        talk.awaits("to go on:").types("restart demo-web.service on db-2");
        host.await(STOPPING);
        host.powerOff();

        talk.ends().exits(9).says("db-2: ");
        story.thenIsGone(host);
    }

    @Test
    void controlCInTheMiddleEndsTheCommandOnTheHostAndSaysWhatMayGoOn(Story story)
            throws Exception {
        TestbedHost host = story.given("web-1", Family.APT, Faults.SLOW_STOP);

        Talk talk = story.whenTyped(100, "restart demo-web.service on web-1");
        talk.awaits("to go on:").types("restart demo-web.service on web-1");
        host.await(STOPPING);
        talk.pressesControlC();
        talk.awaits("what was begun is finished first").pressesControlC();

        talk.ends().exits(130).says("cancelled while the change was begun on web-1");
        assertEquals("", host.tryRoot("pgrep -x systemctl").out());
        story.thenOnlyChanged(host, "unit demo-");
    }
}
