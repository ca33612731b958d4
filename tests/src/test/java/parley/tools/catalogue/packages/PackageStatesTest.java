package parley.tools.catalogue.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.tools.Argv;
import parley.tools.Unreadable;
import parley.tools.read.Line;

import java.util.List;

class PackageStatesTest {
    private static Line line(String text) {
        return new Line(Argv.of("dpkg-query"), 1, 1, text);
    }

    private static DpkgState state(String abbreviation) throws Unreadable {
        return DpkgState.of(line(abbreviation), abbreviation);
    }

    @Test
    void onlyWhatIsThereInFullIsWhole() throws Unreadable {
        for (String whole : List.of("ii ", "hi ", "ri ", "ii")) {
            assertTrue(state(whole).isWhole(), whole);
        }
        for (String broken : List.of("iF ", "iU ", "iH ", "iW ", "it ", "iiR", "rc ", "un ")) {
            assertFalse(state(broken).isWhole(), broken);
        }
    }

    @Test
    void aHeldPackageIsInstalled() throws Unreadable {
        assertTrue(state("hi ").isHeld());
        assertFalse(state("ii ").isHeld());
        assertEquals("installed", state("hi ").text());
    }

    @Test
    void whatMustBeReinstalledSaysSo() throws Unreadable {
        assertEquals("half-installed, must be reinstalled", state("iHR").text());
    }

    @Test
    void anotherLetterIsRefused() {
        for (String wrong : List.of("", "i", "ix ", "xi ", "iix", "ii  ")) {
            assertThrows(Unreadable.class, () -> state(wrong), wrong);
        }
    }

    @Test
    void aNeedIsReadWithItsAlternatives() throws Unreadable {
        List<DebianNeed> needs =
                DebianNeed.of(
                        line("needs"),
                        "libc6 (>= 2.36), debconf (>= 0.5) | debconf-2.0, perl:any,"
                                + " python3 (<< 3.12) [amd64] <!nocheck>");
        assertEquals(
                List.of("libc6", "debconf", "debconf-2.0", "perl", "python3"),
                needs.stream()
                        .flatMap(need -> need.alternatives().stream())
                        .map(DebianNeed.Alternative::name)
                        .toList());
        assertEquals("debconf (>= 0.5) | debconf-2.0", needs.get(1).text());
        assertEquals(List.of(), DebianNeed.of(line("none"), ""));
    }

    @Test
    void aNeedOfAnotherFormIsRefused() {
        for (String wrong : List.of("libc6 (>= 2", "a b", "$(id)", "a | ", "Ä")) {
            assertThrows(Unreadable.class, () -> DebianNeed.of(line(wrong), wrong), wrong);
        }
    }
}
