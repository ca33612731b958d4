package parley.stories;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A transaction is the host's, not the terminal's: a second Parley is told who holds it, whoever
/// stops watching finds it again, and it is not cut off half way.
@ExtendWith(StoryTeller.class)
class TransactionStoryTest {
    @ParameterizedTest
    @EnumSource
    void whoeverStopsWatchingFindsItAgainAndNobodyElseComesBetween(Family family, Story story)
            throws Exception {
        TestbedHost host = Packages.host(story, family);
        String name = host.name();

        Talk watching = story.whenTyped(100, "install tb-slow on " + name);
        watching.awaits("(yes/no)").types("yes");
        host.await("systemctl show -P ActiveState parley-tx.service | grep -q activating");
        Packages.holdScript(host);

        Programs.Ended second =
                story.whenTyped(100, "install \"tb-tool\" on " + name).ends().exits(1);
        second.says("package.install tb-slow");
        Programs.Ended cancel =
                story.whenTyped(100, "cancel the running transaction on " + name).ends().exits(1);
        cancel.says("it is past its download");

        watching.pressesControlC();
        watching.ends().exits(130).says("parley settle " + name);
        story.operator().runs("settle", name).exits(9).says("it still goes on");
        assertEquals("", Packages.version(host, "tb-tool"));

        Packages.releaseScript(host);
        host.await("! systemctl show -P ActiveState parley-tx.service | grep -q activating");
        story.operator().runs("settle", name).exits(0);
        assertEquals("1.1", Packages.version(host, "tb-slow"));
        assertEquals("", story.operator().runs("audit", "unknowns", "--output", "jsonl").out());
        assertEquals("took", story.recorded("exec.settled").getFirst().outcome());
        assertTrue(story.recorded("exec.ended").isEmpty(), "somebody saw its end");

        Packages.drop(host, "tb-slow");
        host.tryRoot("systemctl stop parley-tx.service; systemctl reset-failed parley-tx.service");
        story.thenOnlyChanged(host);
    }

    @ParameterizedTest
    @EnumSource
    void whatStillDownloadsIsCancelledAndNothingWasChanged(Family family, Story story)
            throws Exception {
        TestbedHost host = Packages.host(story, family, SlowDownload.on(family));
        String name = host.name();

        Talk installing = story.whenTyped(100, "install tb-trickle on " + name);
        installing.awaits("(yes/no)").types("yes");
        host.await("systemctl show -P ActiveState parley-tx.service | grep -q activating");
        installing.awaits("downloading");

        Talk cancel = story.whenTyped(100, "cancel the running transaction on " + name);
        cancel.awaits("downloading").awaits("to go on:").types("cancel on " + name);
        cancel.ends().exits(0).says("was stopped before its end").says("all packages are whole");
        installing.ends().exits(1).says("was stopped before its end");
        assertEquals("", Packages.version(host, SlowDownload.NAME));
    }
}
