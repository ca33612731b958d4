package parley.console.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import parley.tools.Environment;
import parley.tools.Host;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Freezes, windows and locks, to the minute and past midnight.
class CalendarTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Calendar.Covered PROD =
            new Calendar.Covered(Set.of(Environment.PROD), Set.of(), Set.of());
    private static final Calendar.Covered DB =
            new Calendar.Covered(Set.of(), Set.of("db"), Set.of());
    private static final Calendar CALENDAR =
            new Calendar(
                    SHANGHAI,
                    List.of(
                            new Calendar.Freeze(
                                    "festival",
                                    LocalDateTime.parse("2026-02-14T00:00"),
                                    LocalDateTime.parse("2026-02-24T08:00"),
                                    PROD)),
                    List.of(
                            new Calendar.Window(
                                    "nights",
                                    Set.of(DayOfWeek.MONDAY),
                                    LocalTime.parse("22:00"),
                                    LocalTime.parse("05:00"),
                                    DB)),
                    Map.of(
                            "db-1",
                            new Calendar.Lock(
                                    "bob", "disk", LocalDateTime.parse("2026-03-02T08:00"))));

    private static Host host(String name, Environment environment, String group) {
        return new Host(
                name,
                Optional.of("192.0.2.1"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Host.Become.NONE,
                environment,
                Set.of(group),
                Set.of(),
                true,
                Map.of());
    }

    private static ZonedDateTime at(String time) {
        return LocalDateTime.parse(time).atZone(SHANGHAI);
    }

    private static boolean frozen(Host host, String time) {
        return CALENDAR.freeze(host, at(time)).isPresent();
    }

    @Test
    void aFreezeHoldsFromItsFirstMinuteAndBeforeItsLast() {
        Host prod = host("web-1", Environment.PROD, "web");
        assertEquals(false, frozen(prod, "2026-02-13T23:59"));
        assertEquals(true, frozen(prod, "2026-02-14T00:00"));
        assertEquals(true, frozen(prod, "2026-02-24T07:59"));
        assertEquals(false, frozen(prod, "2026-02-24T08:00"));
        assertEquals(false, frozen(host("web-1", Environment.DEV, "web"), "2026-02-15T00:00"));
    }

    @Test
    void aWindowGoesOnPastMidnightAndBindsOnlyWhatItCovers() {
        Host db = host("db-2", Environment.PROD, "db");
        // 2 March 2026 is a Monday.
        assertEquals(true, CALENDAR.isOutsideWindows(db, at("2026-03-02T21:59")));
        assertEquals(false, CALENDAR.isOutsideWindows(db, at("2026-03-02T22:00")));
        assertEquals(false, CALENDAR.isOutsideWindows(db, at("2026-03-03T04:59")));
        assertEquals(true, CALENDAR.isOutsideWindows(db, at("2026-03-03T05:00")));
        assertEquals(true, CALENDAR.isOutsideWindows(db, at("2026-03-03T23:00")));
        Host web = host("web-1", Environment.PROD, "web");
        assertEquals(false, CALENDAR.isOutsideWindows(web, at("2026-03-03T12:00")));
    }

    @Test
    void aLockEndsByItself() {
        Host db = host("db-1", Environment.PROD, "db");
        assertEquals(true, CALENDAR.lock(db, at("2026-03-02T07:59")).isPresent());
        assertEquals(false, CALENDAR.lock(db, at("2026-03-02T08:00")).isPresent());
    }

    @Test
    void aSecondFileOnlyAdds() {
        Calendar users =
                new Calendar(
                        ZoneId.of("UTC"),
                        List.of(),
                        List.of(
                                new Calendar.Window(
                                        "always",
                                        Set.of(DayOfWeek.values()),
                                        LocalTime.MIN,
                                        LocalTime.MAX,
                                        DB)),
                        Map.of(
                                "db-1",
                                new Calendar.Lock(
                                        "me", "mine", LocalDateTime.parse("2030-01-01T00:00"))));
        Calendar both = CALENDAR.and(users);
        Host db = host("db-1", Environment.PROD, "db");
        assertEquals(true, both.isOutsideWindows(db, at("2026-03-03T12:00")));
        assertEquals("bob", both.lock(db, at("2026-03-01T00:00")).orElseThrow().by());
        assertEquals(SHANGHAI, both.zone());
    }
}
