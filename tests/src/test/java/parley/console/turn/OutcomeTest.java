package parley.console.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import parley.tools.Bilingual;

import java.util.List;

class OutcomeTest {
    private static Outcome of(Outcome.Kind kind) {
        return Outcome.of(kind, Bilingual.of("why", "为何"));
    }

    private static String word(Outcome... parts) {
        return Outcome.of(List.of(parts)).word();
    }

    @Test
    void allDoneIsDoneAndNothingIsDone() {
        assertEquals("done", word());
        assertEquals("done", word(Outcome.done(), Outcome.done()));
    }

    @Test
    void someDoneAndSomeNotIsPartly() {
        assertEquals("partly", word(Outcome.done(), of(Outcome.Kind.UNREACHABLE)));
        assertEquals(7, Outcome.of(List.of(Outcome.done(), of(Outcome.Kind.FAILED))).exitCode());
    }

    @Test
    void anUnknownOrUnrecordedOrCancelledPartIsNeverHidden() {
        assertEquals("unknown", word(Outcome.done(), of(Outcome.Kind.UNKNOWN)));
        assertEquals(
                "record-unavailable", word(Outcome.done(), of(Outcome.Kind.RECORD_UNAVAILABLE)));
        assertEquals("cancelled", word(Outcome.done(), of(Outcome.Kind.CANCELLED)));
    }

    @Test
    void whenNothingIsDoneTheGravestSpeaks() {
        assertEquals(
                "unreachable", word(of(Outcome.Kind.UNREADABLE), of(Outcome.Kind.UNREACHABLE)));
        assertEquals("denied", word(of(Outcome.Kind.DECLINED), of(Outcome.Kind.DENIED)));
    }

    @Test
    void aSkippedPartIsDone() {
        assertEquals("skipped", word(of(Outcome.Kind.SKIPPED)));
        assertEquals(0, Outcome.of(List.of(Outcome.done(), of(Outcome.Kind.SKIPPED))).exitCode());
    }

    @Test
    void everyExitCodeIsOneOfTheDocumentedOnes() {
        for (Outcome.Kind kind : Outcome.Kind.values()) {
            int code = of(kind).exitCode();
            assertEquals(
                    true, (code >= 0 && code <= 10) || code == 130, kind + " ends with " + code);
        }
    }
}
