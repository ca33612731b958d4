package parley.tools.catalogue.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Captured;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Hostile;
import parley.tools.Next;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.schema.Json;
import parley.tools.value.HostText;
import parley.tools.value.PackageName;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class PackageToolsTest {
    private static final Platform DEBIAN = new Platform(Family.APT, 252, "debian", "12");
    private static final Platform ANOLIS = new Platform(Family.DNF, 239, "anolis", "8.8");
    private static final PackageUpdates UPDATES = new PackageUpdates();

    @Test
    void noPackageToolTakesWhatIsNoName() {
        for (String value : Hostile.NAMES) {
            assertEquals(Optional.empty(), Hostile.call("package.info", "name", value), value);
        }
        for (String value : List.of("nginx-", "htop-", "nginx:amd64", "opens.*")) {
            assertEquals(Optional.empty(), Hostile.call("package.info", "name", value), value);
        }
    }

    @Test
    void aPathIsOneFile() {
        for (String value :
                List.of(
                        "/etc/*",
                        "/etc/pass?d",
                        "/etc/[a]",
                        "/etc/a\\*",
                        "etc/passwd",
                        "/etc/..",
                        "/etc//x",
                        "-f",
                        "/a\nb")) {
            assertEquals(Optional.empty(), Hostile.call("package.info", "path", value), value);
        }
        assertTrue(Hostile.call("package.info", "path", "/etc/with blank").isPresent());
    }

    @Test
    void exactlyOneOfNameAndPathIsTaken() {
        assertEquals(
                Optional.empty(), Hostile.call("package.info", Json.mapper().createObjectNode()));
        assertEquals(
                Optional.empty(),
                Hostile.call(
                        "package.info",
                        Json.mapper().createObjectNode().put("name", "a1").put("path", "/a")));
    }

    @Test
    void theNameStandsAloneAtTheEndBehindTwoDashes() {
        for (Platform platform : List.of(DEBIAN, ANOLIS)) {
            PackageInfo.Arguments arguments =
                    new PackageInfo.Arguments(
                            Optional.of(new PackageName("g++")), Optional.empty());
            List<Capture> captures = new ArrayList<>();
            while (new PackageInfo().next(arguments, platform, captures) instanceof Next.Run run) {
                captures.add(Captured.of(run.argv(), ""));
                List<String> words = run.argv().words();
                boolean sources = words.equals(List.of("apt-cache", "policy"));
                if (!sources) {
                    assertEquals("g++", words.getLast());
                    assertEquals("--", words.get(words.size() - 2));
                    assertEquals(words.indexOf("g++"), words.size() - 1);
                }
            }
            assertTrue(captures.size() >= 2, () -> "it looked at too little: " + captures);
        }
    }

    @Test
    void otherFamiliesAreToldSoInOneLine() {
        for (Family family :
                List.of(Family.DNF5, Family.YUM3, Family.ZYPPER, Family.APK, Family.UNKNOWN)) {
            Platform platform = new Platform(family, 252, "other", "1");
            Next next =
                    UPDATES.next(
                            new PackageUpdates.Arguments(Optional.empty(), Optional.empty()),
                            platform,
                            List.of());
            assertTrue(next instanceof Next.NotSupported, () -> family + " is " + next);
        }
    }

    private static Reading<PendingUpdates> simulated(String apt, String holds) throws Unreadable {
        List<Capture> captures = new ArrayList<>();
        List<String> printed =
                List.of(
                        "1795271000\n",
                        "1795270000|/var/lib/apt/lists\n",
                        apt,
                        holds,
                        "Package files:\n");
        PackageUpdates.Arguments arguments =
                new PackageUpdates.Arguments(Optional.empty(), Optional.empty());
        while (UPDATES.next(arguments, DEBIAN, captures) instanceof Next.Run run) {
            captures.add(Captured.of(run.argv(), printed.get(captures.size())));
        }
        return UPDATES.read(arguments, DEBIAN, captures);
    }

    @Test
    void ubuntusProseIsPassedOverAndItsKeptBackAreNot() throws Unreadable {
        PendingUpdates value =
                simulated(
                                """
                                Reading package lists...
                                The following upgrades have been deferred due to phasing:
                                  apparmor
                                The following packages have been kept back:
                                  linux-generic linux-headers-generic
                                  mdadm
                                The following security updates require Ubuntu Pro with 'esm-apps' enabled:
                                  libzmq5
                                The following packages will be upgraded:
                                  curl
                                1 upgraded, 0 newly installed, 0 to remove and 3 not upgraded.
                                Inst curl [7.81.0-1ubuntu1.14] (7.81.0-1ubuntu1.16 Ubuntu:22.04/jammy-updates, Ubuntu:22.04/jammy-security [amd64])
                                Conf curl (7.81.0-1ubuntu1.16 Ubuntu:22.04/jammy-updates, Ubuntu:22.04/jammy-security [amd64])
                                """,
                                "mdadm\n")
                        .value();
        assertEquals(
                List.of("linux-generic", "linux-headers-generic", "mdadm"),
                value.keptBack().stream().map(HostText::value).toList());
        assertEquals(1, value.updates().size());
        assertTrue(value.updates().getFirst().isSecurity());
        assertEquals("amd64", value.updates().getFirst().architecture().value());
        assertEquals(1000, value.age().orElseThrow().toSeconds());
    }

    @Test
    void aLineThatIsNoneOfAptsIsRefused() {
        String counted = "1 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n";
        assertThrows(Unreadable.class, () -> simulated(counted + "surprise\n", ""));
        assertThrows(Unreadable.class, () -> simulated(counted + "Inst curl 7.81\n", ""));
        assertThrows(Unreadable.class, () -> simulated(counted, ""));
        assertThrows(Unreadable.class, () -> simulated("Reading package lists...\n", ""));
    }

    @Test
    void whatIsKeptBackIsNotCalledUpToDate() throws Unreadable {
        Reading<PendingUpdates> reading =
                simulated(
                        """
                        The following packages have been kept back:
                          linux-image-amd64
                        0 upgraded, 0 newly installed, 0 to remove and 1 not upgraded.
                        """,
                        "");
        assertEquals(Reading.Status.PARTIAL, reading.status());
        List<Finding> findings =
                UPDATES.findings(
                        new PackageUpdates.Arguments(Optional.empty(), Optional.empty()), reading);
        assertTrue(
                findings.stream().noneMatch(one -> one.severity() == Finding.Severity.HEALTHY),
                findings::toString);
    }

    @Test
    void aRepositoryWithoutAdvisoriesLeavesSecurityUnknown() throws Unreadable {
        List<Capture> captures = new ArrayList<>();
        List<String> printed =
                List.of(
                        "1795271000\n",
                        "1795270000|repo-0123456789abcdef/repodata/repomd.xml\n",
                        "foo|0|2.2|1|noarch|repo\nfoo|0|2.10|1|noarch|repo\n",
                        "foo|0|1.0|1|noarch|\ngpg-pubkey|0|1|2|(none)|\n",
                        "",
                        "",
                        "",
                        "repo id  repo name\nrepo  Some\n",
                        "");
        PackageUpdates.Arguments arguments =
                new PackageUpdates.Arguments(Optional.of(true), Optional.empty());
        while (UPDATES.next(arguments, ANOLIS, captures) instanceof Next.Run run) {
            captures.add(Captured.of(run.argv(), printed.get(captures.size())));
        }
        Reading<PendingUpdates> reading = UPDATES.read(arguments, ANOLIS, captures);
        assertEquals(9, captures.size());
        assertEquals(1, reading.gaps().size(), reading.gaps()::toString);
        assertEquals(Reading.Status.PARTIAL, reading.status());
        assertEquals(List.of(), UPDATES.findings(arguments, reading));
        PackageUpdates.Arguments all =
                new PackageUpdates.Arguments(Optional.empty(), Optional.empty());
        PendingUpdates.Update update =
                UPDATES.read(all, ANOLIS, captures).value().updates().getFirst();
        assertEquals("2.10-1", update.to().value());
        assertEquals(Optional.empty(), update.security());
    }

    @Test
    void whatIsAskedNeverChangesTheHost() {
        List<Argv> commands = new ArrayList<>();
        commands.addAll(PackageUpdatesApt.commands(List.of()));
        commands.addAll(PackageUpdatesDnf.commands(List.of()));
        for (Argv argv : commands) {
            List<String> words = argv.words();
            boolean simulates = !argv.program().equals("apt-get") || words.get(1).equals("-s");
            boolean cached = !argv.program().equals("dnf") || words.contains("-C");
            assertTrue(simulates && cached, words::toString);
        }
        assertTrue(commands.size() >= 10);
    }
}
