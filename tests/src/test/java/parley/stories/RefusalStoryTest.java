package parley.stories;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

/// Hosts that cannot be trusted, or that refuse.
@ExtendWith(StoryTeller.class)
class RefusalStoryTest {
    @Test
    void aChangedHostKeyStopsEverythingForThatHost(Story story) throws Exception {
        TestbedHost changed = story.given("web-1", Family.APT, Faults.CHANGED_HOST_KEY);
        story.given("db-1", Family.DNF);
        String cursor = changed.root("journalctl -n 0 --show-cursor --quiet | sed 's/-- cursor: //'").strip();

        Talk talk = story.whenTyped(100, "is demo-web.service running on web-1 and db-1?");
        Programs.Ended ended = talk.ends();

        assertEquals(7, ended.exit(), ended.out());
        assertTrue(ended.out().contains("db-1: demo-web.service is active"), ended.out());
        assertTrue(ended.out().contains("web-1: no reading: "), ended.out());
        System.err.println(ended.out());
        assertEquals(List.of(), changed.asked(), "something was sent to a host with another key");
        String journal = changed.root("journalctl -u ssh -o cat --after-cursor='" + cursor + "'");
        assertTrue(!journal.contains("Accepted"), "it logged in all the same: " + journal);
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedSudoIsSaidWithWhoseMoveItIs(Family family, Story story) throws Exception {
        TestbedHost host =
                story.given(
                        family == Family.APT ? "web-1" : "db-1", family, Faults.SUDO_REFUSED);

        Talk talk = story.whenTyped(100, "restart demo-web.service on " + host.name());
        talk.awaits("to go on:").types("restart demo-web.service on " + host.name());
        Programs.Ended ended = talk.ends();

        System.err.println(ended.out());
        assertEquals(1, ended.exit(), ended.out());
        assertTrue(ended.out().contains("Whoever administers the host"), ended.out());
        assertTrue(ended.out().contains("Nothing ran"), ended.out());
    }

    @Test
    void inChineseOnANarrowTerminalNoLineIsTooLong(Story story) throws Exception {
        TestbedHost host = story.given("web-1", Family.APT);

        Talk talk = story.whenTyped(44, "重启 web-1 上的 demo-web.service");
        talk.awaits("以继续：");
        String card = talk.text();
        talk.types("不");
        Programs.Ended ended = talk.ends();

        assertEquals(4, ended.exit(), ended.out());
        System.err.println(ended.out());
        assertEquals(List.of(), story.changesBegunOn(host));
    }
}
