package parley.stories;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What was begun and did not end as planned: nobody pretends to know what nobody knows.
@ExtendWith(StoryTeller.class)
class InterruptedStoryTest {
    private static final String STOPPING =
            "test \"$(systemctl show -P ActiveState demo-web)\" = deactivating";

    @Test
    void aHostThatDiesInTheMiddleLeavesAnUnknownOutcomeThatALaterLookEnds(Story story)
            throws Exception {
        TestbedHost host = story.given("web-2", Family.APT, Faults.SLOW_STOP);

        Talk talk = story.whenTyped(100, "restart demo-web.service on web-2");
        talk.awaits("to go on:").types("restart demo-web.service on web-2");
        host.await(STOPPING);
        host.crash();
        Programs.Ended ended = talk.ends();

        System.err.println(ended.out());
        assertEquals(9, ended.exit(), ended.out());
        assertEquals(1, story.recorded("exec.unknown").size());

        host.await("systemctl is-active --quiet demo-web ssh");
        Programs.Ended look = story.whenAsked("is demo-web.service running on web-2?");
        System.err.println(look.out() + look.err());
        assertEquals(0, look.exit(), look.out() + look.err());
        assertTrue(look.out().contains("web-2: demo-web.service is active"), look.out());
        story.thenOnlyChanged(host, ".");
    }

    @Test
    void controlCInTheMiddleEndsTheCommandOnTheHostAndSaysWhatIsOpen(Story story)
            throws Exception {
        TestbedHost host = story.given("web-1", Family.APT, Faults.SLOW_STOP);

        Talk talk = story.whenTyped(100, "restart demo-web.service on web-1");
        talk.awaits("to go on:").types("restart demo-web.service on web-1");
        host.await(STOPPING);
        talk.pressesControlC();
        Programs.Ended ended = talk.ends();

        System.err.println(ended.out());
        assertEquals(130, ended.exit(), ended.out());
        host.await("! pgrep -x systemctl");
        story.thenOnlyChanged(host, "unit demo-");
    }
}
