package parley.stories;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Package managers in trouble: scripts that fail, databases in disorder, locks, missing
/// signatures.
@ExtendWith(StoryTeller.class)
class PackageTroubleStoryTest {
    private static final Fault UNPACKED =
            new Fault.Scripted(
                    "tb-hold is unpacked and not configured",
                    "dpkg --unpack /srv/repo/main/tb-hold_1.0_all.deb",
                    "dpkg --purge tb-hold");
    private static final Fault NOTHING_BROKEN =
            new Fault.Scripted(
                    "tb-broken may be left behind",
                    "true",
                    "if command -v dpkg > /dev/null; then dpkg --purge --force-all tb-broken;"
                            + " else rpm -e --noscripts tb-broken; fi;"
                            + " rm -rf /var/lib/tb-broken");

    @ParameterizedTest
    @EnumSource
    void aScriptThatFailsIsAFailureWhateverTheManagerSays(Family family, Story story)
            throws Exception {
        TestbedHost host = Packages.host(story, family, NOTHING_BROKEN);

        Talk talk = story.whenTyped(100, "install tb-broken on " + host.name());
        talk.awaits("install: tb-broken 2.0").awaits("(yes/no)").types("yes");

        talk.ends().exits(1).says("not as planned: ").says("a package's script failed");
        story.thenOnlyChanged(host, "package tb-broken 2.0");
    }

    @Test
    void anUnpackedPackageIsConfiguredByARepair(Story story) throws Exception {
        TestbedHost host = Packages.host(story, Family.APT, UNPACKED);

        Talk talk = story.whenTyped(100, "repair the half-configured packages on web-1");
        talk.awaits("not fully installed: tb-hold").awaits("(yes/no)").types("yes");

        talk.ends().exits(0).says("no package needs repair any more");
        assertEquals("1.0", Packages.version(host, "tb-hold"));
        story.thenOnlyChanged(host, "package tb-hold ");
    }

    @Test
    void aDuplicatePackageIsReducedToItsNewestByARepair(Story story) throws Exception {
        TestbedHost host = Packages.host(story, Family.DNF, new Fault.Named("package-duplicate"));

        Talk talk = story.whenTyped(100, "repair the packages on db-1");
        talk.awaits("tb-hold").awaits("go on").types("yes");

        talk.ends().exits(0).says("no package needs repair any more");
        assertEquals("1.1", Packages.version(host, "tb-hold"));
        story.thenOnlyChanged(host, "- package tb-hold ");
    }

    @ParameterizedTest
    @EnumSource
    void whoHoldsTheLockIsNamedAndNothingRuns(Family family, Story story) throws Exception {
        TestbedHost host = Packages.host(story, family, new Fault.Named("package-manager-locked"));

        Talk talk = story.whenTyped(100, "install \"tb-tool\" on " + host.name());

        Programs.Ended ended = talk.ends().exits(1);
        switch (family) {
            case APT -> ended.says("is busy: ").says("nightly-update");
            // A dnf that is locked cannot even plan; who holds it is a question of its own.
            case DNF -> {
                ended.says("dnf is busy: another process holds its lock");
                story.whenAsked("is the package manager busy on " + host.name())
                        .exits(0)
                        .says("nightly-update");
            }
        }
        assertEquals("", Packages.version(host, "tb-tool"));
    }

    @ParameterizedTest
    @EnumSource
    void aPackageThatNobodySignedIsRefused(Family family, Story story) throws Exception {
        TestbedHost host = Packages.host(story, family, new Fault.Named("package-unsigned"));

        Talk talk = story.whenTyped(100, "install tb-unsigned on " + host.name());
        // apt does not even read what such a repository offers; dnf finds out when it has the file.
        switch (family) {
            case APT -> talk.ends().exits(1).says("no such package on this host or in its lists");
            case DNF -> {
                talk.awaits("(yes/no)").types("yes");
                talk.ends().exits(1).says("not as planned: ").says("GPG check FAILED");
            }
        }

        assertEquals("", Packages.version(host, "tb-unsigned"));
    }
}
