package parley.tools.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;

class ValuesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "4096, 4096",
        "1K, 1024",
        "500M, 524288000",
        "2g, 2147483648",
        "1GiB, 1073741824",
        "3GB, 3221225472",
        "1T, 1099511627776",
        "512B, 512"
    })
    void amountsAreReadInUnitsOf1024(String text, long bytes) {
        assertEquals(new Bytes(bytes), Bytes.of(text));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1023, 1024, 4096, 1536, 1L << 30, (1L << 40) + 1, Long.MAX_VALUE})
    void theExactTextOfAnAmountReadsBack(long bytes) {
        Bytes amount = new Bytes(bytes);
        if (bytes < 1_000_000_000_000_000L) {
            assertEquals(amount, Bytes.of(amount.exact()));
        } else {
            assertThrows(BadValue.class, () -> Bytes.of(amount.exact()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999999999T", "1.5G", "5X", "G", "-1", "1 G", "0x10", "１G"})
    void whatIsNoAmountIsRefused(String text) {
        assertThrows(BadValue.class, () -> Bytes.of(text));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "10239, 10.0 KiB",
        "10240, 10 KiB",
        "1048576, 1.0 MiB",
        "1503238553600, 1.4 TiB"
    })
    void amountsAreShownInFewDigits(long bytes, String shown) {
        assertEquals(shown, new Bytes(bytes).toString());
    }

    @Test
    void numbersKeepTheirBounds() {
        assertEquals(1, new Port(1).value());
        assertEquals(65535, new Port(65535).value());
        assertThrows(BadValue.class, () -> new Port(0));
        assertThrows(BadValue.class, () -> new Port(65536));
        assertThrows(BadValue.class, () -> new Pid(0));
        assertThrows(BadValue.class, () -> new Pid(4194305));
        assertThrows(BadValue.class, () -> new Count(-1));
        assertThrows(BadValue.class, () -> new Count(1000001));
        assertThrows(BadValue.class, () -> new BootOffset(1));
        assertThrows(BadValue.class, () -> new BootOffset(-101));
        assertThrows(BadValue.class, () -> new Bytes(-1));
        assertThrows(IllegalArgumentException.class, () -> new Percent(Double.NaN));
    }

    @Test
    void aShareOfNothingIsNothing() {
        assertEquals(new Percent(0), Percent.of(0L, 0L));
        assertEquals("33.3 %", Percent.of(1L, 3L).toString());
        assertEquals("90 %", new Percent(89.96).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/var/", "//var", "/var/../etc", "/./x", "var/log", "/a//b"})
    void aPathHasOneForm(String path) {
        assertThrows(BadValue.class, () -> new AbsolutePath(path));
    }

    @Test
    void aPathIsUnderAFolderByWholeNames() {
        assertTrue(new AbsolutePath("/var/log").isUnder("/var"));
        assertTrue(new AbsolutePath("/var").isUnder("/var"));
        assertFalse(new AbsolutePath("/variable").isUnder("/var"));
        assertEquals("/srv/数据 1", new AbsolutePath("/srv/数据 1").value());
    }

    @Test
    void timesAreRelativeOrOfTheHostsDay() {
        assertEquals(Optional.of(Duration.ofMinutes(20)), new Since("20m").ago());
        assertEquals(Optional.of(Duration.ofDays(14)), new Since("2w").ago());
        assertEquals(Optional.empty(), new Since("boot").ago());
        LocalDate day = LocalDate.of(2026, 3, 1);
        assertEquals("2026-03-01 02:10:00", new Since("today 02:10").wallTime(day));
        assertEquals("2026-02-28 00:00:00", new Since("yesterday").wallTime(day));
        assertThrows(IllegalStateException.class, () -> new Since("6h").wallTime(day));
        assertEquals(
                "2026-03-01T02:10:00+08:00", new Since("2026-03-01T02:10:00+08:00").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "today 24:00",
                "today 29:59",
                "tomorrow",
                "6",
                "h",
                "@1",
                "2026-13-45T99:99Z"
            })
    void whatIsNoTimeIsRefused(String text) {
        assertThrows(BadValue.class, () -> new Since(text));
    }

    @Test
    void aUnitHasASuffix() {
        assertEquals("nginx.service", new UnitName("nginx").full());
        assertEquals("backup.timer", new UnitName("backup.timer").full());
        assertEquals("python3.11.service", new UnitName("python3.11").full());
        assertEquals("getty@tty1.service", new UnitName("getty@tty1").full());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nginx-", "nginx*", "-y", "./x.rpm", "@group", "nginx=1.0", "a:b", "a/b"})
    void whatAPackageManagerWouldTakeForMoreThanANameIsRefused(String text) {
        assertThrows(BadValue.class, () -> new PackageName(text));
    }
}
