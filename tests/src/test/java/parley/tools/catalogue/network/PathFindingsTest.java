package parley.tools.catalogue.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import parley.tools.value.HostText;
import parley.tools.value.Percent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where loss and delay begin.
final class PathFindingsTest {
    /// Hops that lose so much; a negative number is one that never answers.
    private static List<PathHop> losing(double... losses) {
        List<PathHop> hops = new ArrayList<>();
        for (double loss : losses) {
            hops.add(hop(hops.size() + 1, loss, 1));
        }
        return hops;
    }

    private static PathHop hop(long number, double loss, double best) {
        Optional<HostText> address =
                loss < 0 ? Optional.empty() : Optional.of(new HostText("10.0.0." + number));
        Percent share = new Percent(loss < 0 ? 100 : loss);
        return new PathHop(number, address, 10, share, best, best, best, 0);
    }

    @Test
    void lossInTheMiddleOnlyIsNone() {
        assertEquals(Optional.empty(), PathFindings.lossFrom(losing(0, 60, 0, 0)));
        assertEquals(Optional.empty(), PathFindings.lossFrom(losing(0, -1, 0)));
    }

    @Test
    void lossThatGoesOnToTheEndBeginsWhereItBegins() {
        assertEquals(Optional.of(3L), PathFindings.lossFrom(losing(0, 0, 30, 40, 35)));
        assertEquals(Optional.of(2L), PathFindings.lossFrom(losing(0, 30, -1, 30)));
        assertEquals(Optional.of(1L), PathFindings.lossFrom(losing(10)));
    }

    @Test
    void delayCountsWhereItStays() {
        assertEquals(
                Optional.of(3L),
                PathFindings.slowFrom(
                        List.of(hop(1, 0, 1), hop(2, 0, 2), hop(3, 0, 80), hop(4, 0, 82))));
        assertEquals(
                Optional.empty(),
                PathFindings.slowFrom(List.of(hop(1, 0, 1), hop(2, 0, 90), hop(3, 0, 3))));
        assertEquals(
                Optional.empty(),
                PathFindings.slowFrom(List.of(hop(1, 0, 1), hop(2, 0, 12), hop(3, 0, 20))));
    }
}
