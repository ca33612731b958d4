package parley.stories;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Services: stopped and started, kept from starting at boot, masked, and limited.
@ExtendWith(StoryTeller.class)
class ServiceChangeStoryTest {
    private static final Fault LIMITS_OF_THE_STORY =
            new Fault.Scripted(
                    "a limit may be left behind",
                    "true",
                    "systemctl revert demo-web.service; systemctl daemon-reload");

    private static String property(TestbedHost host, String unit, String name) throws Exception {
        return host.root("systemctl show -P " + name + " " + unit).strip();
    }

    @ParameterizedTest
    @EnumSource
    void aStoppedServiceIsStartedAgain(Family family, Story story) throws Exception {
        TestbedHost host = story.given(family == Family.APT ? "web-1" : "db-1", family);
        String name = host.name();

        Talk stop = story.whenTyped(100, "stop demo-dependent.service on " + name);
        stop.awaits("APPROVAL NEEDED: typed words").awaits("to go on:");
        stop.types("stop demo-dependent.service on " + name);
        stop.ends().exits(0).says("is stopped and stays so: inactive (dead)");
        assertEquals("inactive", property(host, "demo-dependent", "ActiveState"));

        Talk start = story.whenTyped(100, "start demo-dependent.service on " + name);
        start.awaits("is inactive (dead)").awaits("(yes/no)").types("yes");
        start.ends().exits(0).says("was started and is stable: active (running)");
        story.thenOnlyChanged(host, "unit demo-dependent.service ");
    }

    @ParameterizedTest
    @EnumSource
    void aServiceIsDisabledAndEnabledAndLeftRunning(Family family, Story story) throws Exception {
        TestbedHost host = story.given(family == Family.APT ? "web-1" : "db-1", family);
        String name = host.name();

        Talk disable = story.whenTyped(100, "disable demo-web.service on " + name);
        disable.awaits("is enabled at boot").awaits("(yes/no)").types("yes");
        disable.ends().exits(0).says("is disabled at boot and now active (running)");
        assertEquals("disabled", property(host, "demo-web", "UnitFileState"));

        Talk enable = story.whenTyped(100, "enable demo-web.service on " + name);
        enable.awaits("is disabled at boot").awaits("(yes/no)").types("yes");
        enable.ends().exits(0).says("is enabled at boot and now active (running)");
    }

    @ParameterizedTest
    @EnumSource
    void aServiceIsMaskedAndUnmasked(Family family, Story story) throws Exception {
        TestbedHost host = story.given(family == Family.APT ? "web-1" : "db-1", family);
        String name = host.name();

        Talk mask = story.whenTyped(100, "mask demo-flaky.service on " + name);
        mask.awaits("to go on:").types("set boot demo-flaky.service masked on " + name);
        mask.ends().exits(0).says("is masked at boot and now inactive (dead)");
        assertEquals("masked", property(host, "demo-flaky", "LoadState"));

        Talk unmask = story.whenTyped(100, "unmask demo-flaky.service on " + name);
        unmask.awaits("is masked at boot").awaits("(yes/no)").types("yes");
        unmask.ends().exits(0).says("is disabled at boot and now inactive (dead)");
    }

    @ParameterizedTest
    @EnumSource
    void aServiceIsLimitedWhileItRuns(Family family, Story story) throws Exception {
        TestbedHost host =
                story.given(family == Family.APT ? "web-1" : "db-1", family, LIMITS_OF_THE_STORY);
        long before = host.mainProcess("demo-web");

        Talk talk =
                story.whenTyped(100, "limit demo-web.service to 200M of memory on " + host.name());
        talk.awaits("it holds until the next boot").awaits("(yes/no)").types("yes");

        talk.ends().exits(0).says("MemoryMax=200 MiB");
        assertEquals("209715200", property(host, "demo-web", "MemoryMax"));
        assertEquals(before, host.mainProcess("demo-web"));
    }
}
