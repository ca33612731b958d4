package parley.tools.catalogue.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The cases of rpm's own test suite (`rpmvercmp.at`) that tell the rules apart.
class RpmVersionTest {
    @ParameterizedTest
    @CsvSource({
        "1.0, 1.0, 0",
        "1.0, 2.0, -1",
        "2.0, 1.0, 1",
        "2.0.1, 2.0.1, 0",
        "2.0, 2.0.1, -1",
        "2.0.1a, 2.0.1, 1",
        "5.5p1, 5.5p2, -1",
        "5.5p10, 5.5p1, 1",
        "10xyz, 10.1xyz, -1",
        "xyz10, xyz10.1, -1",
        "xyz.4, 8, -1",
        "8, xyz.4, 1",
        "5.5p2, 5.6p1, -1",
        "5.6p1, 6.5p1, -1",
        "6.0.rc1, 6.0, 1",
        "10b2, 10a1, 1",
        "1.0aa, 1.0aa, 0",
        "10.0001, 10.0001, 0",
        "10.0001, 10.1, 0",
        "10.0001, 10.0039, -1",
        "4.999.9, 5.0, -1",
        "20101121, 20101122, -1",
        "2_0, 2.0, 0",
        "a+, a_, 0",
        "+, _, 0",
        "1.0~rc1, 1.0, -1",
        "1.0, 1.0~rc1, 1",
        "1.0~rc1, 1.0~rc2, -1",
        "1.0~rc1~git123, 1.0~rc1, -1",
        "1.0^, 1.0, 1",
        "1.0^git1, 1.0, 1",
        "1.0^git1, 1.0^git2, -1",
        "1.0^git1, 1.01, -1",
        "1.0^20160101, 1.0.1, -1",
        "1.0^20160101^git1, 1.0^20160102, -1",
        "1.0~rc1^git1, 1.0~rc1, 1",
        "1.0^git1~pre, 1.0^git1, -1",
        "99999999999999999999, 100000000000000000000, -1"
    })
    void versionsAreOrderedAsRpmOrdersThem(String one, String other, int order) {
        assertEquals(
                order,
                Integer.signum(
                        new RpmVersion(0, one, "1").compareTo(new RpmVersion(0, other, "1"))));
        assertEquals(
                -order,
                Integer.signum(
                        new RpmVersion(0, other, "1").compareTo(new RpmVersion(0, one, "1"))));
    }

    @ParameterizedTest
    @CsvSource({"1, 1.0, 1, 0, 9.0, 1, 1", "0, 1.0, 2, 0, 1.0, 10, -1"})
    void theEpochComesFirstAndTheReleaseLast(
            long epoch,
            String version,
            String release,
            long otherEpoch,
            String otherVersion,
            String otherRelease,
            int order) {
        assertEquals(
                order,
                Integer.signum(
                        new RpmVersion(epoch, version, release)
                                .compareTo(
                                        new RpmVersion(otherEpoch, otherVersion, otherRelease))));
    }
}
