package parley.stories;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Packages: installed and taken back, upgraded and taken back, held, and those that must stay.
@ExtendWith(StoryTeller.class)
class PackageStoryTest {
    @ParameterizedTest
    @EnumSource
    void anInstallationWithItsDependenciesIsProvenAndTakenBackLeavingNothing(
            Family family, Story story) throws Exception {
        TestbedHost host = Packages.host(story, family);
        String name = host.name();

        Talk talk = story.whenTyped(100, "install \"tb-client\" on " + name);
        talk.awaits("install: tb-client 1.0").awaits("as a dependency (2): tb-base 1.0");
        talk.awaits("removes exactly tb-client 1.0").awaits("(yes/no)");
        assertEquals("", Packages.version(host, "tb-client"), "it ran before it was approved");
        talk.types("yes");
        talk.ends().exits(0).says("done as planned: install tb-client 1.0");
        assertEquals("1.0", Packages.version(host, "tb-base"));

        Talk undo = story.whenTyped(100, "undo the last package change on " + name);
        undo.awaits("takes back transaction").awaits("REMOVES   tb-client").awaits("to go on:");
        undo.types("undo on " + name);
        undo.ends().exits(0).says("done as planned: remove tb-").says("every package is whole");
        assertEquals("", Packages.version(host, "tb-base"));
    }

    @ParameterizedTest
    @EnumSource
    void anUpgradeThatFixesAHoleIsProvenAndTakenBack(Family family, Story story) throws Exception {
        TestbedHost host = Packages.host(story, family);
        String name = host.name();

        Talk talk = story.whenTyped(100, "upgrade tb-demo on " + name);
        talk.awaits("upgrade: tb-demo 1.0").awaits("demo-web.service").awaits("to go on:");
        talk.types("upgrade tb-demo on " + name);
        talk.ends().exits(0).says("done as planned: upgrade tb-demo 1.0");
        assertEquals("1.1", Packages.version(host, "tb-demo"));

        Talk undo = story.whenTyped(100, "undo the last package change on " + name);
        undo.awaits("downgrade: tb-demo 1.1").awaits("to go on:").types("undo on " + name);
        undo.ends().exits(0).says("done as planned: downgrade tb-demo 1.1");
        assertEquals("1.0", Packages.version(host, "tb-demo"));
        story.thenOnlyChanged(host, "unit demo-web.service ", "unit demo-dependent.service ");
    }

    @ParameterizedTest
    @EnumSource
    void aHeldPackageIsHeldUntilItIsReleased(Family family, Story story) throws Exception {
        TestbedHost host = Packages.host(story, family);
        String name = host.name();

        Talk hold = story.whenTyped(100, "hold tb-demo on " + name);
        hold.awaits("held packages get no security updates").awaits("(yes/no)").types("yes");
        hold.ends().exits(0);
        assertEquals(true, Packages.isHeld(host, "tb-demo"));

        Talk release = story.whenTyped(100, "unhold tb-demo on " + name);
        release.awaits("(yes/no)").types("yes");
        release.ends().exits(0);
        assertEquals(false, Packages.isHeld(host, "tb-demo"));
    }

    @ParameterizedTest
    @EnumSource
    void aPackageThatTheHostNeedsStays(Family family, Story story) throws Exception {
        TestbedHost host = Packages.host(story, family);

        Talk talk = story.whenTyped(100, "remove sudo from " + host.name());

        talk.ends().exits(3).says("A host without sudo cannot be used or reached any more");
        // The planner refused; the gate does, too, when nobody plans.
        story.operator()
                .runs("run", "package.remove", "names=sudo", "--host", host.name())
                .exits(3)
                .says("vital-packages-stay");
        assertEquals(true, !Packages.version(host, "sudo").isEmpty());
    }
}
