package parley.safety.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;

/// In which waves hosts are changed.
final class PaceTest {
    private static final List<String> FIVE = List.of("a", "b", "c", "d", "e");

    @Test
    void oneHostGoesFirstThenWavesOfAtMostSoMany() {
        Pace pace = new Pace(1, 2, 1);
        assertEquals(List.of(List.of("a"), List.of("b", "c"), List.of("d", "e")), pace.waves(FIVE));
        assertTrue(pace.isCanary(0, 5));
        assertFalse(pace.isCanary(1, 5));
    }

    @Test
    void severalFirstHostsKeepToTheSameNumberAtOnce() {
        Pace pace = new Pace(3, 2, 1);
        assertEquals(List.of(List.of("a", "b"), List.of("c"), List.of("d", "e")), pace.waves(FIVE));
        assertTrue(pace.isCanary(1, 5));
        assertFalse(pace.isCanary(2, 5));
    }

    @Test
    void aSingleHostNeedsNoFirst() {
        assertEquals(List.of(List.of("a")), Pace.CAREFUL.waves(List.of("a")));
        assertFalse(Pace.CAREFUL.isCanary(0, 1));
    }

    @Test
    void everyHostIsInExactlyOneWave() {
        for (int canary = 0; canary < 8; canary++) {
            for (int atOnce = 1; atOnce < 8; atOnce++) {
                List<String> all =
                        new Pace(canary, atOnce, 1)
                                .waves(FIVE).stream().flatMap(List::stream).toList();
                assertEquals(FIVE, all);
            }
        }
    }

    @Test
    void numbersThatMeanNothingAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Pace(-1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Pace(1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Pace(1, 1, 0));
    }
}
