package parley.tools.catalogue.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Captured;
import parley.tools.Family;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Unreadable;
import parley.tools.read.KeyValues;
import parley.tools.value.Count;
import parley.tools.value.UnitName;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class UnitWatchTest {
    private static List<KeyValues> samples(String[]... changed) throws Unreadable {
        List<KeyValues> samples = new ArrayList<>();
        for (String[] one : changed) {
            samples.add(Units.block(one));
        }
        return samples;
    }

    private static String[] of(String... changed) {
        return changed;
    }

    @Test
    void aUnitThatStaysIsStable() throws Unreadable {
        UnitWatch watch = UnitWatch.of(samples(of(), of(), of()), 3);
        assertTrue(watch.stable());
        assertEquals(4, watch.steadySeconds());
    }

    @Test
    void aUnitThatSettlesIsWatchedAfresh() throws Unreadable {
        String[] starting = of("ActiveState=activating", "SubState=start");
        assertFalse(UnitWatch.isEnough(samples(starting, of(), of()), 3));
        assertTrue(UnitWatch.isEnough(samples(starting, of(), of(), of()), 3));
        UnitWatch watch = UnitWatch.of(samples(starting, of(), of(), of()), 3);
        assertTrue(watch.stable());
        assertEquals("activating/start", watch.states().getFirst().value());
    }

    @Test
    void anotherProcessOrRunOrRestartIsNotStable() throws Unreadable {
        for (String change : List.of("MainPID=58", "InvocationID=bb", "NRestarts=1")) {
            assertFalse(UnitWatch.of(samples(of(), of(), of(change)), 3).stable(), change);
        }
    }

    @Test
    void waitingForTheNextRestartIsNotStableHoweverLong() throws Unreadable {
        String[] waiting = of("ActiveState=activating", "SubState=auto-restart");
        assertFalse(UnitWatch.of(samples(waiting, waiting, waiting), 3).stable());
    }

    @Test
    void aUnitThatNeverSettlesIsLeftAfterThirtySecondsAndWithinTheLimitOfCommands() {
        ServiceStatus tool = new ServiceStatus();
        ServiceStatus.Arguments arguments =
                new ServiceStatus.Arguments(
                        new UnitName("loop"),
                        Optional.of(List.of(ServiceStatus.Include.values())),
                        Optional.of(new Count(30)));
        List<Capture> captures = new ArrayList<>();
        Duration waited = Duration.ZERO;
        Platform platform = new Platform(Family.APT, 252, "debian", "12");
        while (tool.next(arguments, platform, captures) instanceof Next.Run run) {
            waited = waited.plus(run.after());
            String printed =
                    "Id=loop.service\nLoadState=loaded\nActiveState=active\nSubState=running\n"
                            + "FragmentPath=/etc/systemd/system/loop.service\nMainPID="
                            + (100 + captures.size())
                            + "\n";
            boolean shows = run.argv().words().contains("show");
            captures.add(Captured.withoutRoot(Captured.of(run.argv(), shows ? printed : "")));
            assertTrue(captures.size() <= Observation.MOST_COMMANDS);
        }
        assertEquals(Duration.ofSeconds(30), waited);
        assertEquals(
                List.of("systemctl", "systemd-analyze", "journalctl", "id", "systemctl"),
                captures.stream().map(Capture::argv).skip(16).map(Argv::program).toList());
    }

    @Test
    void withoutWatchingOneLookIsEnough() {
        assertEquals(1, UnitWatch.samples(0));
        assertEquals(2, UnitWatch.samples(1));
        assertEquals(6, UnitWatch.samples(10));
        assertEquals(16, UnitWatch.samples(30));
    }
}
