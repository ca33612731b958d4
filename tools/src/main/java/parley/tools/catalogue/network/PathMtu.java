package parley.tools.catalogue.network;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.IpAddress;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The largest packet that gets through unbroken: echoes that may not be split, from the largest
/// size on.
///
/// What gets no answer was too large, or the target answers no echoes: only an answer to a smaller
/// one tells which.
///
/// @param atLeast the largest size that got through; empty when none did
/// @param below the smallest size that did not; empty when the largest did
/// @param told what the host itself or a router said it is
record PathMtu(Optional<Long> atLeast, Optional<Long> below, Optional<Long> told) {
    /// Ethernet, PPPoE, tunnels of several kinds, what IPv6 needs, and the smallest there is.
    private static final List<Long> SIZES = List.of(1500L, 1492L, 1450L, 1420L, 1400L, 1280L, 576L);

    private static final Pattern TOO_LONG =
            Pattern.compile(".*(?:message too long, mtu=|\\(mtu = ?)(\\d{2,5})\\)?.*");
    private static final Pattern RECEIVED = Pattern.compile(".* ([01]) received,.*");

    /// The bytes of the headers of IPv4 or IPv6, and of ICMP.
    private static long headers(IpAddress address) {
        return address.value().contains(":") ? 48 : 28;
    }

    private static Argv echo(IpAddress address, long size) {
        return Argv.of(
                        "ping",
                        "-n",
                        "-M",
                        "do",
                        "-s",
                        Long.toString(size - headers(address)),
                        "-c",
                        "1",
                        "-W",
                        "1",
                        "--",
                        address.value())
                .within(Duration.ofSeconds(10))
                .alsoReadableWhenExit(1, 2);
    }

    /// The next echo after those from capture number `first` on; empty when it is known.
    static Optional<Argv> next(IpAddress address, int first, List<Capture> captures)
            throws Unreadable {
        int done = captures.size() - first + 1;
        boolean answered = done > 0 && read(first, captures).atLeast().isPresent();
        return answered || done >= SIZES.size()
                ? Optional.empty()
                : Optional.of(echo(address, SIZES.get(done)));
    }

    static PathMtu read(int first, List<Capture> captures) throws Unreadable {
        Optional<Long> below = Optional.empty();
        Optional<Long> told = Optional.empty();
        for (int number = first; number <= captures.size(); number++) {
            long size = SIZES.get(Math.min(number - first, SIZES.size() - 1));
            boolean answered = false;
            boolean counted = false;
            for (Line line : Lines.of(number, captures)) {
                Matcher count = RECEIVED.matcher(line.text());
                if (count.matches()) {
                    counted = true;
                    answered = count.group(1).equals("1");
                }
                told = told.or(() -> said(line));
            }
            for (Line line : Lines.errors(number, captures)) {
                told = told.or(() -> said(line));
            }
            if (!counted) {
                Capture capture = captures.get(number - 1);
                throw Unreadable.line(
                        capture.argv(),
                        1,
                        "counts of packets",
                        capture.stdout() + capture.stderr());
            }
            if (answered) {
                return new PathMtu(Optional.of(size), below, told);
            }
            below = Optional.of(size);
        }
        return new PathMtu(Optional.empty(), below, told);
    }

    private static Optional<Long> said(Line line) {
        Matcher form = TOO_LONG.matcher(line.text());
        return form.matches() ? Optional.of(Long.parseLong(form.group(1))) : Optional.empty();
    }
}
