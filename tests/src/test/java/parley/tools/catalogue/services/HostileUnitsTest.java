package parley.tools.catalogue.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Captured;
import parley.tools.Family;
import parley.tools.Hostile;
import parley.tools.Next;
import parley.tools.Platform;
import parley.tools.Preview;
import parley.tools.Unreadable;
import parley.tools.schema.Json;
import parley.tools.value.BadValue;
import parley.tools.value.NamePart;
import parley.tools.value.UnitName;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A unit name stays one word behind `--`, whatever it is.
class HostileUnitsTest {
    private static final Platform DEBIAN = new Platform(Family.APT, 252, "debian", "12");

    @Test
    void noServiceToolTakesWhatIsNoUnitName() {
        for (String value : Hostile.NAMES) {
            for (String tool :
                    List.of("service.status", "service.deps", "service.restart", "log.journal")) {
                assertEquals(
                        Optional.empty(),
                        Hostile.call(tool, "unit", value),
                        () -> tool + " takes " + value);
            }
        }
    }

    @Test
    void aPartOfANameNeverReachesTheHost() {
        ServiceList.Arguments all =
                new ServiceList.Arguments(Optional.empty(), Optional.empty(), Optional.empty());
        ServiceList.Arguments some =
                new ServiceList.Arguments(
                        Optional.empty(), Optional.empty(), Optional.of(new NamePart("help")));
        assertEquals(
                new ServiceList().next(all, DEBIAN, List.of()),
                new ServiceList().next(some, DEBIAN, List.of()));
    }

    @Test
    void unitsThatOpenAShellOrEndTheHostAreNeverRestarted() {
        for (String unit :
                List.of(
                        "debug-shell",
                        "debug-shell.service",
                        "emergency",
                        "emergency.target",
                        "rescue",
                        "rescue.target",
                        "reboot.target",
                        "poweroff.target",
                        "halt.target",
                        "kexec.target",
                        "systemd-reboot",
                        "systemd-poweroff",
                        "systemd-kexec.service",
                        "systemd-soft-reboot",
                        "ctrl-alt-del.target",
                        "runlevel1.target",
                        "runlevel6.target",
                        "default.target",
                        "multi-user.target",
                        "exit.target",
                        "system.slice",
                        "-.mount",
                        "home.mount",
                        "swap.swap",
                        "dev-sda1.device",
                        "session-1.scope",
                        "initrd-cleanup")) {
            assertEquals(Optional.empty(), Hostile.call("service.restart", "unit", unit), unit);
        }
        assertTrue(Hostile.call("service.restart", "unit", "debug-shell-helper").isPresent());
    }

    @Test
    void theOnlyWordThatVariesIsTheLast() {
        for (String unit :
                List.of(
                        "nginx",
                        "getty@tty1",
                        "a",
                        "sshd.socket",
                        "dev-disk\\x2dby.service",
                        "restart",
                        "show",
                        "x--now",
                        "nginx.service.d",
                        "5")) {
            UnitName name = new UnitName(unit);
            List<Argv> commands =
                    new ServiceRestart()
                            .commands(
                                    new ServiceRestart.Arguments(name, Optional.empty()),
                                    Preview.unseen(DEBIAN, "tester"));
            assertEquals(1, commands.size());
            assertEquals(
                    List.of(
                            "systemctl",
                            "--no-ask-password",
                            "--no-pager",
                            "restart",
                            "--",
                            name.full()),
                    commands.getFirst().words());
            assertEquals(Argv.Privilege.ROOT, commands.getFirst().privilege());
            assertEquals(Duration.ofMinutes(2), commands.getFirst().timeLimit());
            Argv status = first(ServiceStatus.Arguments.of(name));
            assertEquals(List.of("--", name.full()), status.words().subList(6, 8));
            assertEquals(8, status.words().size());
        }
    }

    private static Argv first(ServiceStatus.Arguments arguments) {
        return ((Next.Run) new ServiceStatus().next(arguments, DEBIAN, List.of())).argv();
    }

    @Test
    void aFileThatIsNotSystemdsOwnIsNotHandedToTheVerifier() throws Unreadable {
        for (String path :
                List.of(
                        "/etc/shadow",
                        "/tmp/x.service",
                        "-H",
                        "/etc/systemd/../shadow",
                        "/lib/systemd\u0007/x",
                        "relative.service")) {
            assertFalse(extras(path).contains("systemd-analyze"), path);
        }
        assertTrue(extras("/etc/systemd/system/nginx.service").contains("systemd-analyze"));
    }

    /// The programs after the first sample, when the host states `path` as the unit's file.
    private static List<String> extras(String path) {
        ServiceStatus.Arguments arguments =
                new ServiceStatus.Arguments(
                        new UnitName("nginx"),
                        Optional.of(List.of(ServiceStatus.Include.VERIFY)),
                        Optional.empty());
        List<Capture> captures = new ArrayList<>();
        captures.add(
                Captured.of(
                        first(arguments),
                        "Id=nginx.service\nLoadState=loaded\nFragmentPath=" + path + "\n"));
        while (new ServiceStatus().next(arguments, DEBIAN, captures) instanceof Next.Run run) {
            captures.add(Captured.of(run.argv(), ""));
        }
        return captures.stream().map(one -> one.argv().program()).toList();
    }

    @Test
    void theJournalIsAskedByANameThatCouldHaveBeenTyped() throws Unreadable {
        for (String id : List.of("-H", "*.service", "a b.service", "--vacuum-size=1", "")) {
            ServiceStatus.Arguments arguments =
                    new ServiceStatus.Arguments(
                            new UnitName("nginx"),
                            Optional.of(List.of(ServiceStatus.Include.LOGS)),
                            Optional.empty());
            Capture shown = Captured.of(first(arguments), "Id=" + id + "\nLoadState=loaded\n");
            Next.Run run = (Next.Run) new ServiceStatus().next(arguments, DEBIAN, List.of(shown));
            assertEquals("--unit=nginx.service", run.argv().words().getLast());
        }
    }

    @Test
    void modesAndPartsAreClosedLists() {
        assertEquals(
                Optional.empty(),
                Hostile.call(
                        "service.restart",
                        Json.mapper().createObjectNode().put("unit", "a").put("mode", "kill")));
        assertThrows(BadValue.class, () -> new UnitName("-x"));
    }

    @Test
    void withoutSystemdNothingRuns() {
        Platform alpine = new Platform(Family.APK, 0, "alpine", "3.20");
        assertTrue(
                new ServiceStatus()
                                .next(
                                        ServiceStatus.Arguments.of(new UnitName("nginx")),
                                        alpine,
                                        List.of())
                        instanceof Next.NotSupported);
    }
}
