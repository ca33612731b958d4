package parley.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;

/// When a figure becomes a warning: real recordings with one figure changed.
class ThresholdsTest {
    private static ObjectNode changed(
            String tool, String name, int number, String pattern, String replacement)
            throws Unreadable {
        Recording recording =
                Recording.all().stream()
                        .filter(one -> one.tool().equals(tool) && one.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        Call<?> call = recording.call();
        List<Capture> captures = new ArrayList<>(Replay.captures(call, recording));
        Capture old = captures.get(number - 1);
        String stdout = old.stdout().replaceFirst(pattern, replacement);
        assertTrue(!stdout.equals(old.stdout()), "nothing was changed in " + old.stdout());
        captures.set(
                number - 1,
                new Capture(
                        old.argv(),
                        old.exit(),
                        stdout,
                        old.stderr(),
                        stdout.length(),
                        false,
                        old.asRoot(),
                        old.midpoint(),
                        old.took()));
        return Replay.read(call, recording.platform(), captures);
    }

    @ParameterizedTest
    @CsvSource({
        "799, 201, HEALTHY, No filesystem is nearly full: the fullest is /",
        "800, 200, WARNING, / is 80 % full: 200 B of 1.0 GiB left",
        "899, 101, WARNING, / is 89.9 % full: 101 B of 1.0 GiB left",
        "900, 100, CRITICAL, / is 90 % full: 100 B of 1.0 GiB left",
        "1000, 0, CRITICAL, / is 100 % full: 0 B of 1.0 GiB left",
        "1000, -50, CRITICAL, / is 100 % full: 0 B of 1.0 GiB left"
    })
    void aDiskIsNearlyFullFrom80PercentOn(long used, long free, String severity, String first)
            throws Unreadable {
        ObjectNode read =
                changed(
                        "disk.usage",
                        "debian-12--roomy",
                        2,
                        "overlay +overlay +1073741824 +\\d+ +\\d+",
                        "overlay overlay 1073741824 " + used + " " + free);
        assertEquals(severity, read.at("/findings/0/severity").asText());
        assertTrue(
                read.at("/findings/0/en").asText().startsWith(first),
                () -> read.at("/findings/0/en").asText());
    }

    @ParameterizedTest
    @CsvSource({
        "2500000, HEALTHY, Memory is not short",
        "2400000, WARNING, Memory is short: 2.3 GiB of 24 GiB available (9.7 %)",
        "1200000, CRITICAL, Memory is short: 1.1 GiB of 24 GiB available (4.9 %)"
    })
    void memoryIsShortBelow10PercentAvailable(long kibibytes, String severity, String first)
            throws Unreadable {
        ObjectNode read =
                changed(
                        "mem.usage",
                        "debian-12--no-swap",
                        1,
                        "MemAvailable: +\\d+",
                        "MemAvailable: " + kibibytes);
        String said = read.at("/findings/0/en").asText();
        assertTrue(said.startsWith(first), said);
        assertEquals(severity, read.at("/findings/0/severity").asText());
    }

    @Test
    void pagesThatMoveAreSwapping() throws Unreadable {
        ObjectNode read =
                changed("mem.usage", "debian-12--no-swap", 5, "pswpout 0", "pswpout 4440");
        assertEquals(0, read.at("/reading/swap/inPerS").asInt());
        assertEquals(4000, read.at("/reading/swap/outPerS").asInt());
    }

    @Test
    void stolenTimeIsTheHypervisors() throws Unreadable {
        ObjectNode read =
                changed(
                        "cpu.usage",
                        "debian-12--no-pressure",
                        3,
                        "(?m)^cpu +(\\d+ \\d+ \\d+ \\d+ \\d+ \\d+ \\d+) \\d+",
                        "cpu  $1 999999999");
        assertTrue(
                read.path("findings").toString().contains("The hypervisor gave 100 %"),
                read::toString);
    }
}
