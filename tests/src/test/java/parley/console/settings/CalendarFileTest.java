package parley.console.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.console.turn.Calendar;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;

/// The calendar as an admin writes it. A misspelt key would leave a freeze out without a word.
class CalendarFileTest {
    @TempDir Path folder;

    private Calendar read(String text) throws Exception {
        return CalendarFile.read(Files.writeString(folder.resolve("calendar.yaml"), text));
    }

    private String refused(String text) {
        return assertThrows(BadSettings.class, () -> read(text)).why().en();
    }

    @Test
    void everythingThatTheGuideShowsIsRead() throws Exception {
        Calendar calendar =
                read(
                        """
                        zone: Asia/Shanghai
                        freezes:
                          - {name: f, from: 2026-02-14T00:00, until: 2026-02-24T08:00, env: [prod]}
                        windows:
                          - {name: n, days: [mon, thu], from: "22:00", until: "05:00", groups: [db]}
                        locks:
                          web-1: {by: bob, reason: disk, until: 2026-11-22T08:00}
                        """);
        assertEquals(ZoneId.of("Asia/Shanghai"), calendar.zone());
        assertEquals(1, calendar.freezes().size());
        assertEquals(2, calendar.windows().getFirst().days().size());
        assertEquals("bob", calendar.locks().get("web-1").by());
    }

    @Test
    void whatCannotBeMeantIsRefused() {
        assertTrue(refused("freeze: []").contains("there is no \"freeze\" here"));
        assertTrue(
                refused("freezes: [{name: f, from: 2026-02-14T00:00, till: 2026-02-15T00:00}]")
                        .contains("there is no \"till\""));
        assertTrue(
                refused("freezes: [{name: f, from: 2026-02-14T00:00, until: 2026-02-13T00:00}]")
                        .contains("from must be before until"));
        assertTrue(refused("zone: Mars/Base").contains("Mars/Base"));
        assertTrue(
                refused("windows: [{name: n, days: [mo], from: \"22:00\", until: \"23:00\"}]")
                        .contains("not a day"));
        assertTrue(
                refused("windows: [{name: n, env: prod, from: \"22:00\", until: \"23:00\"}]")
                        .contains("is a list"));
    }
}
