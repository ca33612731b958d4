package parley.stories;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import parley.safety.record.Recorded;

import java.util.List;

/// One request for several hosts of both families: one card, the canary first, the others in waves,
/// and an ending for each.
@ExtendWith(StoryTeller.class)
class FleetStoryTest {
    private static final String THREE = "web-1, web-2 and db-1";

    @Test
    void theCanaryGoesFirstAndTheOthersFollowTogether(Story story) throws Exception {
        List<TestbedHost> hosts = given(story);

        Talk talk =
                story.operator()
                        .at(
                                100,
                                "ask",
                                "--canary",
                                "1",
                                "--at-once",
                                "2",
                                "install \"tb-tool\" on " + THREE);
        talk.awaits("tb-tool 1.0").awaits("(yes/no)").types("yes");
        Programs.Ended ended = talk.ends().exits(0);
        // What is the same on several hosts is said once.
        ended.says("db-1: done as planned: install tb-tool 1.0");
        ended.says("web-1, web-2: done as planned: install tb-tool 1.0");
        for (TestbedHost host : hosts) {
            assertEquals("1.0", Packages.version(host, "tb-tool"));
        }
        assertEquals(1, story.recorded("approval.request").size(), "one card");
        List<String> begun = begun(story);
        assertEquals(3, begun.size());
        String canary = begun.getFirst();
        long end = firstEnd(story, canary);
        assertTrue(
                story.recorded("exec.intent").stream()
                        .filter(FleetStoryTest::isChange)
                        .filter(one -> !one.header().path("host").asText().equals(canary))
                        .allMatch(one -> one.sequence() > end),
                "another host was begun before the canary was proven");

        for (TestbedHost host : hosts) {
            Packages.drop(host, "tb-tool");
            story.thenOnlyChanged(host);
        }
    }

    @Test
    void aCanaryThatFailsKeepsTheOthersAsTheyAre(Story story) throws Exception {
        List<TestbedHost> hosts = given(story);

        Talk talk =
                story.operator().at(100, "ask", "--canary", "1", "install tb-broken on " + THREE);
        talk.awaits("tb-broken 2.0").awaits("(yes/no)").types("yes");
        talk.ends().exits(7).says("not begun");
        List<String> begun = begun(story);
        assertEquals(1, begun.size(), "only the canary: " + begun);
        for (TestbedHost host : hosts) {
            if (begun.contains(host.name())) {
                Packages.drop(host, "tb-broken");
            }
            assertEquals("", Packages.version(host, "tb-broken"));
            story.thenOnlyChanged(host);
        }
    }

    private static List<TestbedHost> given(Story story) throws Exception {
        return List.of(
                Packages.host(story, Family.APT),
                story.given("web-2", Family.APT),
                Packages.host(story, Family.DNF));
    }

    private static boolean isChange(Recorded intent) {
        return intent.header().path("purpose").asText().equals("CALL")
                && intent.header().path("tool").asText().equals("package.install");
    }

    /// The hosts on which the change was begun, in that order.
    private static List<String> begun(Story story) throws Exception {
        return story.recorded("exec.intent").stream()
                .filter(FleetStoryTest::isChange)
                .map(one -> one.header().path("host").asText())
                .distinct()
                .toList();
    }

    /// Where the record says what came of the work on `host`.
    private static long firstEnd(Story story, String host) throws Exception {
        return story.recorded("exec.ended").stream()
                .filter(one -> one.header().path("host").asText().equals(host))
                .mapToLong(Recorded::sequence)
                .findFirst()
                .orElseThrow();
    }
}
