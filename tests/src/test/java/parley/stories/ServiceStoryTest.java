package parley.stories;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Services beside restarts: stopped and started, switched on and off at boot, masked, limited.
@ExtendWith(StoryTeller.class)
class ServiceStoryTest {
    private static final String UNIT = "demo-dependent.service";

    private static TestbedHost host(Story story, Family family) throws Exception {
        return story.given(family == Family.APT ? "web-1" : "db-1", family);
    }

    private static String state(TestbedHost host, String property) throws Exception {
        return host.root("systemctl show -P " + property + " " + UNIT).strip();
    }

    @ParameterizedTest
    @EnumSource
    void stoppedAndStartedAgain(Family family, Story story) throws Exception {
        TestbedHost host = host(story, family);

        Talk stop = story.whenTyped(100, "stop " + UNIT + " on " + host.name());
        stop.awaits("to go on:").types("stop " + UNIT + " on " + host.name());
        stop.ends().exits(0);
        assertEquals("inactive", state(host, "ActiveState"));

        Talk start = story.whenTyped(100, "启动 " + host.name() + " 上的 " + UNIT);
        start.awaits("批准").types("是");
        start.ends().exits(0);
        assertEquals("active", state(host, "ActiveState"));
        story.thenOnlyChanged(host, "unit " + UNIT);
    }

    @ParameterizedTest
    @EnumSource
    void switchedOffAndOnAtBoot(Family family, Story story) throws Exception {
        TestbedHost host = host(story, family);
        String before = state(host, "UnitFileState");
        String first = before.equals("enabled") ? "disable" : "enable";
        String second = before.equals("enabled") ? "enable" : "disable";

        for (String verb : new String[] {first, second}) {
            Talk talk = story.whenTyped(100, verb + " " + UNIT + " at boot on " + host.name());
            talk.awaits("(yes/no)").types("yes");
            talk.ends().exits(0);
            assertEquals(verb + "d", state(host, "UnitFileState"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void limitedAndTheLimitTakenBack(Family family, Story story) throws Exception {
        TestbedHost host = host(story, family);

        Talk talk =
                story.whenTyped(100, "limit " + UNIT + " on " + host.name() + " to 256M of memory");
        talk.awaits("(yes/no)").types("yes");
        talk.ends().exits(0);
        assertEquals("268435456", state(host, "MemoryMax"));
        host.root("systemctl revert " + UNIT);
        assertEquals("infinity", state(host, "MemoryMax"));
    }
}
