package parley.stories;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What was planned is what runs: fixes of security holes alone, a removal with all that goes, and
/// nothing at all when the host is no longer as it was planned for.
@ExtendWith(StoryTeller.class)
class PackagePlanStoryTest {
    @ParameterizedTest
    @EnumSource
    void ofAllUpdatesOnlyTheFixesOfSecurityHolesAreInstalled(Family family, Story story)
            throws Exception {
        TestbedHost host = Packages.host(story, family);
        String name = host.name();
        Packages.put(host, "tb-conf", "1.0");

        Talk talk = story.whenTyped(100, "install security updates on " + name);
        talk.awaits("upgrade: tb-demo 1.0").awaits("to go on:");
        talk.types("upgrade security on " + name);
        talk.ends().exits(0).says("done as planned: upgrade tb-demo 1.0");
        assertEquals("1.1", Packages.version(host, "tb-demo"));
        assertEquals("1.0", Packages.version(host, "tb-conf"), "1.1 fixes no hole");

        Packages.put(host, "tb-demo", "1.0");
        Packages.drop(host, "tb-conf");
        story.thenOnlyChanged(
                host, "unit demo-web.service ", "unit demo-dependent.service ", "tb-conf");
    }

    @ParameterizedTest
    @EnumSource
    void aRemovalTakesAlongWhatNeedsItAndSaysSoBefore(Family family, Story story) throws Exception {
        TestbedHost host = Packages.host(story, family);
        String name = host.name();
        Packages.put(host, "tb-client", "1.0");

        Talk talk = story.whenTyped(100, "卸载 " + name + " 上的 tb-lib");
        talk.awaits("tb-lib").awaits("tb-client").awaits("以继续：");
        talk.types("remove tb-lib on " + name);
        talk.ends().exits(0);
        assertEquals("", Packages.version(host, "tb-lib"));
        assertEquals("", Packages.version(host, "tb-client"));

        Packages.drop(host, "tb-base");
        story.thenOnlyChanged(host, "- package tb-lib ", "- package tb-client ", "package tb-base");
    }

    @ParameterizedTest
    @EnumSource
    void whenTheHostIsNoLongerAsItWasApprovedNothingRuns(Family family, Story story)
            throws Exception {
        TestbedHost host = Packages.host(story, family);

        Talk talk = story.whenTyped(100, "install \"tb-client\" on " + host.name());
        talk.awaits("as a dependency (2): tb-base 1.0").awaits("(yes/no)");
        Packages.put(host, "tb-base", "1.0");
        talk.types("yes");
        talk.ends()
                .exits(1)
                .says("nothing was run, because what was approved is no longer so")
                .says("tb-base");
        assertEquals("", Packages.version(host, "tb-client"));

        Packages.drop(host, "tb-base");
        story.thenOnlyChanged(host);
    }
}
