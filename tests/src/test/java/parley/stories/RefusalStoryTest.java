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
        String cursor =
                changed.root("journalctl -n 0 --show-cursor --quiet | sed 's/-- cursor: //'")
                        .strip();

        story.whenTyped(100, "is demo-web.service running on web-1 and db-1?")
                .ends()
                .exits(7)
                .says("db-1: demo-web.service is active (running)")
                .says("web-1: no reading: THE HOST KEY OF web-1 HAS CHANGED.")
                .says("Ask whoever runs the host");
        assertEquals(List.of(), changed.asked(), "something was sent to a host with another key");
        String journal = changed.root("journalctl -u ssh -o cat --after-cursor='" + cursor + "'");
        assertTrue(!journal.contains("Accepted"), "it logged in all the same: " + journal);
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedSudoIsSaidWithWhoseMoveItIs(Family family, Story story) throws Exception {
        TestbedHost host =
                story.given(family == Family.APT ? "web-1" : "db-1", family, Faults.SUDO_REFUSED);

        Talk talk = story.whenTyped(100, "restart demo-web.service on " + host.name());
        talk.awaits("to go on:").types("restart demo-web.service on " + host.name());

        talk.ends()
                .exits(1)
                .says(
                        "sudo on "
                                + host.name()
                                + " refused (sudo: a password is required). Nothing ran.")
                .says("Whoever administers the host can allow exactly this command")
                .says(
                        "ops ALL=(root) NOPASSWD: /usr/bin/systemctl --no-ask-password --no-pager"
                                + " restart -- demo-web.service");
    }

    /// Cells of a terminal: two for Chinese and full-width characters.
    private static int columns(String line) {
        return line.codePoints().map(point -> point >= 0x2e80 && point < 0xffe0 ? 2 : 1).sum();
    }

    @Test
    void inChineseOnANarrowTerminalNoLineIsTooLong(Story story) throws Exception {
        TestbedHost host = story.given("web-1", Family.APT);

        Talk talk = story.whenTyped(44, "重启 web-1 上的 demo-web.service");
        talk.awaits("以继续：");
        List<String> card = talk.text().lines().toList();
        talk.types("不");
        talk.awaits("为什么").types("现在是高峰期");
        talk.ends().exits(4).says("已拒绝；未执行任何操作：现在是高峰期");

        assertTrue(card.size() > 20, () -> "a short card: " + card);
        // The last line is the question, which the terminal itself breaks while it is answered.
        for (String line : card.subList(0, card.size() - 1)) {
            assertTrue(columns(line) <= 44, () -> columns(line) + " columns: " + line);
            assertTrue(!line.matches("\\s*[，。：；、）”].*"), () -> "begins with a mark: " + line);
        }
        assertEquals(List.of(), story.changesBegunOn(host));
    }
}
