package parley.stories;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What an accident left behind on a host is found by looking, and mended.
@ExtendWith(StoryTeller.class)
class RepairStoryTest {
    private static final Fault DEPENDENCY_TAKEN_AWAY =
            new Fault.Scripted(
                    "tb-client is installed and tb-base, which it needs, is not",
                    """
                    DEBIAN_FRONTEND=noninteractive apt-get -q -y install tb-client
                    dpkg --purge --force-depends tb-base
                    """,
                    "dpkg --purge tb-client tb-lib tb-base");

    /// The end of an index is overwritten, as by a disk that lost a write. The directory is made
    /// anew before: on the testbed's overlay, one of the layer below cannot be renamed.
    private static final Fault DATABASE_DAMAGED =
            new Fault.Scripted(
                    "an index of rpm's database is damaged",
                    """
                    set -e
                    cp -a -T /var/lib/rpm /root/rpm.whole
                    rm -r /var/lib/rpm
                    cp -a -T /root/rpm.whole /var/lib/rpm
                    python3 - <<'END'
                    import sqlite3
                    path = '/var/lib/rpm/rpmdb.sqlite'
                    base = sqlite3.connect(path)
                    page = base.execute("select rootpage from sqlite_master where name='Requirename_key_idx'").fetchone()[0]
                    size = base.execute('pragma page_size').fetchone()[0]
                    base.close()
                    with open(path, 'r+b') as file:
                        file.seek(page * size - 64)
                        file.write(bytes([255]) * 64)
                    END
                    ! rpm --verifydb 2> /dev/null
                    """,
                    """
                    rm -rf /var/lib/rpm /var/lib/rpm.parley-* /var/lib/rpmrebuilddb.* /var/lib/rpmold.*
                    mv /root/rpm.whole /var/lib/rpm
                    systemctl stop parley-tx.service 2> /dev/null || :
                    rpm --verifydb
                    """);

    private static final Fault NOTHING_SLOW =
            new Fault.Scripted(
                    "tb-slow may be left behind",
                    "true",
                    """
                    systemctl stop parley-tx.service 2> /dev/null || :
                    if command -v dpkg > /dev/null; then dpkg --purge --force-all tb-slow
                    else ! rpm -q tb-slow || rpm -e --noscripts --allmatches tb-slow; fi
                    rm -rf /usr/share/tb-slow /usr/share/tb-slow-index
                    """);

    @Test
    void aDependencyThatIsGoneIsBroughtBackByARepair(Story story) throws Exception {
        TestbedHost host = Packages.host(story, Family.APT, DEPENDENCY_TAKEN_AWAY);

        Talk talk = story.whenTyped(100, "repair the packages on web-1");
        talk.awaits("apt would: ").awaits("tb-base").awaits("(yes/no)").types("yes");

        talk.ends().exits(0).says("no package needs repair any more");
        assertEquals("1.0", Packages.version(host, "tb-base"));
        story.thenOnlyChanged(host, "package tb-base ");
    }

    @Test
    void aDamagedDatabaseIsCopiedAndRebuilt(Story story) throws Exception {
        TestbedHost host = Packages.host(story, Family.DNF, DATABASE_DAMAGED);
        String packages = host.root("rpm -qa | sort");

        Talk talk = story.whenTyped(100, "repair the packages on db-1");
        talk.awaits("is copied to /var/lib/rpm.parley-").awaits("to go on:");
        talk.types("repair on db-1");

        talk.ends().exits(0).says("no package needs repair any more");
        assertEquals("", host.root("rpm --verifydb 2>&1"));
        assertEquals(packages, host.root("rpm -qa | sort"));
        assertEquals("1", host.root("ls -d /var/lib/rpm.parley-* | wc -l").strip());
        story.thenOnlyChanged(host);
    }

    @ParameterizedTest
    @EnumSource
    void aHostThatWentDownInATransactionSaysSoWhenItIsBack(Family family, Story story)
            throws Exception {
        TestbedHost host = Packages.host(story, family, NOTHING_SLOW);
        String name = host.name();

        Talk talk = story.whenTyped(100, "install tb-slow on " + name);
        talk.awaits("(yes/no)").types("yes");
        Packages.holdScript(host);
        host.crash();
        talk.ends().exits(1).says("was interrupted: the host went down while it ran");

        story.operator()
                .runs("run", "job.status", "--host", name)
                .exits(0)
                .says("“package.install tb-slow” was interrupted: the host went down while it ran");
        story.thenOnlyChanged(host, "package tb-slow ", "^[-+] (mount|unit) ");
    }
}
