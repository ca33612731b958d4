package parley.console.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.safety.gate.Pace;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A change over several hosts: in waves, in the order of names, until too many failed.
class RolloutTest {
    private static final List<String> FIVE = List.of("e-5", "b-2", "a-1", "d-4", "c-3");

    @TempDir Path folder;
    private OwnMachine machine;

    @BeforeEach
    void open() throws Exception {
        machine = new OwnMachine(folder);
    }

    @AfterEach
    void close() {
        machine.close();
    }

    /// What became of each host, in order: `a-1 done`.
    private List<String> run(Pace pace, Set<String> failing) {
        Commands commands = machine.commands(pace);
        EvidenceIds evidence = new EvidenceIds();
        Changer changer = new Changer(commands, machine.observer(), machine.told(), evidence);
        List<Prepared<?>> prepared =
                FIVE.stream()
                        .<Prepared<?>>map(name ->
                                PretendedChange.on(name, failing.contains(name)))
                        .toList();
        return new Rollout(changer, machine.told(), pace, evidence)
                .run(prepared, Optional.empty()).stream()
                .map(one -> one.host() + " " + one.outcome().word())
                .toList();
    }

    @Test
    void allHostsAreChangedInTheOrderOfTheirNames() {
        assertEquals(
                List.of("a-1 done", "b-2 done", "c-3 done", "d-4 done", "e-5 done"),
                run(Pace.CAREFUL, Set.of()));
    }

    @Test
    void whereTheFirstOneFailsNoOtherIsBegun() {
        List<String> ends = run(new Pace(1, 4, 3), Set.of("a-1"));

        assertEquals("a-1 failed", ends.getFirst());
        assertEquals(5, ends.size());
        assertTrue(
                ends.subList(1, 5).stream().allMatch(end -> end.endsWith("not-begun")),
                ends::toString);
    }

    @Test
    void asManyMayFailAsWereAllowedAndTheirWaveIsFinished() {
        List<String> ends = run(new Pace(0, 2, 2), Set.of("b-2", "c-3"));

        assertEquals(
                List.of("a-1 done", "b-2 failed", "c-3 failed", "d-4 done", "e-5 not-begun"),
                ends);
    }

    @Test
    void whoeverCancelsBeforeItBeginsBeginsNothing() {
        Thread.currentThread().interrupt();
        List<String> ends = run(Pace.CAREFUL, Set.of());

        assertTrue(Thread.interrupted(), "nobody can notice any more that it was cancelled");
        assertTrue(ends.stream().allMatch(end -> end.endsWith("cancelled")), ends::toString);
    }
}
