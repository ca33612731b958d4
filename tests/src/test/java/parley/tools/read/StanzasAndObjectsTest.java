package parley.tools.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Captured;
import parley.tools.Unreadable;

import java.util.List;
import java.util.Map;

class StanzasAndObjectsTest {
    private static Capture printed(String text) {
        return Captured.of(Argv.of("program"), text);
    }

    @Test
    void stanzasKeepTheirContinuations() throws Unreadable {
        assertEquals(
                List.of(
                        Map.of("Package", "a", "Description", "one\ntwo\n.\nthree"),
                        Map.of("Package", "b")),
                Deb822.stanzas(
                        printed(
                                "Package: a\n"
                                        + "Description: one\n"
                                        + " two\n"
                                        + " .\n"
                                        + " three\n\n\n"
                                        + "Package: b\n")));
    }

    @Test
    void aContinuationOfNothingIsRefused() {
        assertThrows(Unreadable.class, () -> Deb822.stanzas(printed(" lost\n")));
        assertThrows(Unreadable.class, () -> Deb822.stanzas(printed("Package: a\nno field\n")));
        assertThrows(Unreadable.class, () -> Deb822.stanzas(printed("Package: a\nPackage: b\n")));
    }

    @Test
    void aLineThatIsNoObjectIsRefusedByItsNumber() {
        Unreadable refused =
                assertThrows(
                        Unreadable.class, () -> JsonLines.objects(printed("{\"a\":1}\n[1]\n")));
        assertTrue(refused.why().en().startsWith("line 2 "), refused.why().en());
        assertThrows(Unreadable.class, () -> JsonLines.objects(printed("{\"a\":1\n")));
        assertThrows(Unreadable.class, () -> JsonLines.objects(printed("{} {}\n")));
    }

    @Test
    void halfALineAtACutIsDroppedAndAWholeOneKept() throws Unreadable {
        assertEquals(1, JsonLines.objects(Captured.cut(printed("{\"a\":1}\n{\"a\":"))).size());
        assertEquals(2, JsonLines.objects(Captured.cut(printed("{\"a\":1}\n{\"a\":2}\n"))).size());
    }
}
