package parley.tools.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.Locale;
import java.util.Map;

class ClockSkewTest {
    /// What `host.identify` sees of a host whose clock is ahead by this much.
    static Map<String, String> identity(long offsetMillis) {
        String seconds =
                String.format(
                        Locale.ROOT, "%.9f", (World.NOW.toEpochMilli() + offsetMillis) / 1000.0);
        return Map.of(
                "os-release",
                "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian\"\n",
                "uname",
                "Linux web-1 6.1.0 x86_64\n",
                "boot_id",
                "a3b88de1-b284-440f-8d92-2a20c5d59af5\n5354.52 5545.12\nsystemd\n",
                "ls",
                "exit 0:/usr/bin/apt-get\n",
                "systemctl",
                "systemd 252 (252.39)\n",
                "apt-get --version",
                "apt 2.6.2 (amd64)\n",
                "detect-virt",
                "none\n",
                "date",
                seconds + "\n");
    }

    private static World clock(long offsetMillis, String... services) {
        StringBuilder shown = new StringBuilder();
        for (String service : services) {
            shown.append(Printed.unit(service)).append('\n');
        }
        return new World()
                .prints("host.identify", identity(offsetMillis))
                .prints("service.list", Map.of("show", shown.toString()))
                .recorded("time.status", "debian-12--no-daemon");
    }

    @Test
    void aClockThatAgreesAndIsKeptIsClean() {
        Diagnosed diagnosed =
                clock(20, "chrony.service")
                        .recorded("time.status", "debian-12--follows")
                        .diagnose(Symptom.CLOCK_SKEW);

        World.clean(diagnosed);
        assertTrue(diagnosed.with(Confidence.EXCLUDED).size() >= 2, diagnosed.toString());
    }

    @Test
    void aKeeperThatLooksSynchronisedAndFollowsNobodyIsTold() {
        assertTrue(
                World.cause(
                                clock(0, "chrony.service")
                                        .recorded("time.status", "debian-12--no-answer")
                                        .diagnose(Symptom.CLOCK_SKEW))
                        .statement()
                        .en()
                        .contains("looks synchronised but follows only this host's own clock"));
    }

    @Test
    void aClockThatIsAheadIsToldWithHowMuch() {
        Conclusion cause = World.cause(clock(90_000).diagnose(Symptom.CLOCK_SKEW));

        assertEquals("its clock is 90.0 s ahead of this machine's", cause.statement().en());
        assertEquals("其时钟比本机快 90.0 秒", cause.statement().zh());
        assertTrue(cause.advice().orElseThrow().en().contains("third host"));
    }

    @Test
    void aClockThatIsBehindIsSaidToBeBehind() {
        assertTrue(
                World.cause(clock(-2_500).diagnose(Symptom.CLOCK_SKEW))
                        .statement()
                        .en()
                        .contains("2.5 s behind"));
    }

    @Test
    void twoKeepersPullAtIt() {
        assertTrue(
                World.cause(
                                clock(0, "chrony.service", "systemd-timesyncd.service")
                                        .diagnose(Symptom.CLOCK_SKEW))
                        .statement()
                        .en()
                        .contains("several services keep the clock"));
    }

    @Test
    void withoutAKeeperDriftIsNotExcluded() {
        Diagnosed diagnosed = clock(0, "ssh.service").diagnose(Symptom.CLOCK_SKEW);

        assertTrue(World.open(diagnosed).getFirst().startsWith("drift: no time service runs here"));
    }

    @Test
    void whatIsNotReadIsNotExcluded() {
        clock(0, "ssh.service").saysWhatItCannotSee(Symptom.CLOCK_SKEW);
    }
}
