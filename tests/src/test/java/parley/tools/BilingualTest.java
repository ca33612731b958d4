package parley.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/// Values stand where a sentence has a place for them, and are never read as sentences.
final class BilingualTest {
    @Test
    void valuesStandAtTheirPlacesInBothLanguages() {
        assertEquals(
                new Bilingual("web-1 has 3 of 4", "web-1 共 4，有 3"),
                Bilingual.of("{0} has {1} of {2}", "{0} 共 {2}，有 {1}", "web-1", 3, 4L));
    }

    @Test
    void aStatementAsAValueSpeaksTheLanguageItIsPutInto() {
        Bilingual reason = Bilingual.of("no route to it", "没有路由");
        assertEquals(
                new Bilingual("unreachable: no route to it", "无法连接：没有路由"),
                Bilingual.of("unreachable: {0}", "无法连接：{0}", reason));
    }

    @Test
    void whatAHostPrintsIsNoPlaceAndNoPattern() {
        assertEquals(
                new Bilingual("it says {1} $1 \\ {0}", "它说 {1} $1 \\ {0}"),
                Bilingual.of("it says {0}", "它说 {0}", "{1} $1 \\ {0}", "unused"));
    }

    @Test
    void aPlaceWithoutAValueIsAMistakeOfOurs() {
        assertThrows(
                ArrayIndexOutOfBoundsException.class, () -> Bilingual.of("{1} is up", "{0}", "a"));
    }

    @Test
    void neitherLanguageMayBeMissing() {
        assertThrows(IllegalArgumentException.class, () -> Bilingual.of(" ", "有"));
        assertThrows(IllegalArgumentException.class, () -> Bilingual.of("{0}", "有", ""));
    }
}
