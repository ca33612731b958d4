package parley.tools.catalogue.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Change.Impact;
import parley.tools.Observed;
import parley.tools.Platform;
import parley.tools.Preview;
import parley.tools.Reading;
import parley.tools.Risk;
import parley.tools.Unreadable;
import parley.tools.catalogue.services.ServiceDeps.Deps;
import parley.tools.catalogue.services.ServiceRestart.Arguments;
import parley.tools.catalogue.services.ServiceRestart.Mode;
import parley.tools.value.HostText;
import parley.tools.value.UnitName;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the card of a restart says, and when it must not be attempted.
class RestartImpactTest {
    private static final ServiceRestart RESTART = new ServiceRestart();
    private static final Deps ALONE = deps(List.of(), List.of(), 0);

    private static Deps deps(List<String> stops, List<String> listens, long clients) {
        return new Deps(
                new HostText("nginx.service"),
                UnitLoad.LOADED,
                UnitActive.ACTIVE,
                stops.stream().map(HostText::new).toList(),
                List.of(),
                List.of(),
                listens.stream().map(HostText::new).toList(),
                clients,
                1);
    }

    private static Arguments asked(String unit, Mode mode) {
        return new Arguments(new UnitName(unit), Optional.of(mode));
    }

    private static Preview preview(Arguments arguments, Record... readings) {
        List<Observed> preview = new ArrayList<>();
        List<Call<?>> calls = RESTART.preview(arguments);
        for (int index = 0; index < readings.length; index++) {
            preview.add(new Observed(calls.get(index), Reading.ok(readings[index])));
        }
        return new Preview(Platform.UNSEEN, "tester", preview);
    }

    private static Impact impact(Arguments arguments, Record... readings) {
        return RESTART.impact(arguments, preview(arguments, readings));
    }

    private static List<String> english(List<Bilingual> lines) {
        return lines.stream().map(Bilingual::en).toList();
    }

    @Test
    void aRestartHitsWhatStopsWithItAndWhoIsConnected() throws Unreadable {
        Impact impact =
                impact(
                        asked("nginx", Mode.RESTART),
                        Units.before(),
                        deps(List.of("php.service"), List.of("tcp 0.0.0.0:80"), 7));
        assertEquals(Risk.DISRUPTIVE, impact.risk());
        assertEquals(Set.of("nginx.service"), impact.objects());
        assertEquals(Set.of("php.service"), impact.alsoHit());
        assertEquals(
                List.of(
                        "nginx.service is active (running), main process 57",
                        "interrupted with it: php.service",
                        "not reachable meanwhile: tcp 0.0.0.0:80",
                        "7 open connections will be cut"),
                english(impact.lines()));
        assertEquals(List.of(), impact.obstacle());
    }

    @Test
    void aReloadInterruptsNobody() throws Unreadable {
        Impact impact =
                impact(
                        asked("nginx", Mode.RELOAD),
                        Units.before(),
                        deps(List.of("php.service"), List.of("tcp 0.0.0.0:80"), 7));
        assertEquals(Risk.CHANGE, impact.risk());
        assertEquals(Set.of(), impact.alsoHit());
        assertEquals(1, impact.lines().size());
    }

    @Test
    void policiesSeeTheUnitsOwnNameNotAnotherOne() throws Unreadable {
        Impact impact = impact(asked("sshd", Mode.RESTART), Units.before("Id=ssh.service"), ALONE);
        assertEquals(Set.of("ssh.service"), impact.objects());
        assertTrue(english(impact.lines()).getFirst().startsWith("ssh.service (sshd.service) is"));
    }

    @Test
    void otherNameOfAForbiddenUnitIsAnObstacle() throws Unreadable {
        Impact impact =
                impact(
                        asked("helper", Mode.RESTART),
                        Units.before("Id=debug-shell.service"),
                        ALONE);
        assertTrue(english(impact.obstacle()).getFirst().contains("debug-shell.service is never"));
    }

    @Test
    void whatCannotWorkIsNotAttempted() throws Unreadable {
        assertObstacle(Mode.RESTART, "there is no unit", "LoadState=not-found");
        assertObstacle(Mode.RESTART, "is masked", "LoadState=masked");
        assertObstacle(
                Mode.RESTART,
                "is broken: no ExecStart",
                "LoadState=bad-setting",
                "LoadError=org.freedesktop.systemd1.BadUnitSetting \"no ExecStart\"");
        assertObstacle(Mode.RESTART, "RefuseManualStop", "RefuseManualStop=yes");
        assertObstacle(Mode.RESTART, "RefuseManualStart", "RefuseManualStart=yes");
        assertObstacle(Mode.RELOAD, "cannot reload", "CanReload=no");
        assertObstacle(Mode.RELOAD, "nothing to reload", "ActiveState=inactive", "SubState=dead");
    }

    private static void assertObstacle(Mode mode, String words, String... changed)
            throws Unreadable {
        Impact impact = impact(asked("nginx", mode), Units.before(changed), ALONE);
        assertEquals(1, impact.obstacle().size(), () -> impact.toString());
        assertTrue(english(impact.obstacle()).getFirst().contains(words), () -> impact.toString());
    }

    @Test
    void whatIsUnusualIsSaid() throws Unreadable {
        assertSays("a daemon-reload", "NeedDaemonReload=yes");
        assertSays("this starts it", "ActiveState=inactive", "SubState=dead");
        assertSays("restarted it by itself 4 times already", "NRestarts=4");
        assertSays(
                "it failed before (it was killed because memory ran out)",
                "ActiveState=failed",
                "SubState=failed",
                "Result=oom-kill");
    }

    private static void assertSays(String words, String... changed) throws Unreadable {
        Impact impact = impact(asked("nginx", Mode.RESTART), Units.before(changed), ALONE);
        assertTrue(
                english(impact.lines()).stream().anyMatch(line -> line.contains(words)),
                () -> words + " is missing in " + english(impact.lines()));
    }

    @Test
    void withoutThePreviewItIsNotAttempted() throws Unreadable {
        assertEquals(1, impact(asked("nginx", Mode.RESTART)).obstacle().size());
        Impact half = impact(asked("nginx", Mode.RESTART), Units.before());
        assertTrue(english(half.lines()).getLast().contains("could not be read"));
    }

    @Test
    void undoIsHonest() throws Unreadable {
        Arguments arguments = asked("nginx", Mode.RESTART);
        assertTrue(
                RESTART.undo(arguments, preview(arguments, Units.before()))
                        .how()
                        .en()
                        .startsWith("a restart cannot be undone; the state before was active"));
        assertTrue(
                RESTART.undo(
                                arguments,
                                preview(
                                        arguments,
                                        Units.before("ActiveState=inactive", "SubState=dead")))
                        .how()
                        .en()
                        .contains("stop it again"));
    }
}
