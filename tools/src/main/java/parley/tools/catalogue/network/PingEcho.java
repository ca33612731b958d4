package parley.tools.catalogue.network;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.catalogue.network.ProbeAttempt.Outcome;
import parley.tools.catalogue.network.ProbeAttempt.RoundTrip;
import parley.tools.catalogue.network.ProbeAttempt.Stage;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.IpAddress;
import parley.tools.value.Percent;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Echo requests by `ping`, which prints text only.
///
/// Exit 1 means that fewer answers came than requests went out, or none; exit 2 that it could not
/// send. Silence does not prove that a host is down: many firewalls drop echoes.
final class PingEcho {
    private static final Pattern HEADING = Pattern.compile("PING \\S+ ?\\(.*|PING .*data bytes.*");
    private static final Pattern ANSWER =
            Pattern.compile("\\d+ bytes from \\S+:? icmp_seq=\\d+ .*|\\d+ bytes from \\S+ seq=.*");
    private static final Pattern COMPLAINT = Pattern.compile("From \\S+:? icmp_seq=\\d+ (.+)");
    private static final Pattern RULER = Pattern.compile("--- .* ping statistics ---");
    private static final Pattern COUNTS =
            Pattern.compile(
                    "(\\d{1,6}) packets transmitted, (\\d{1,6}) (?:packets )?received,(?: \\+\\d+"
                            + " (?:duplicates|errors|corrupted),)* *([\\d.]{1,9})% packet loss.*");
    private static final Pattern TIMES =
            Pattern.compile(
                    "(?:rtt|round-trip) min/avg/max(?:/mdev)? ="
                            + " ([\\d.]+)/([\\d.]+)/([\\d.]+)(?:/([\\d.]+))? ms.*");
    private static final Pattern PIPE = Pattern.compile("pipe \\d+|, pipe \\d+");

    private PingEcho() {}

    static Argv command(IpAddress address, long count, long timeoutS) {
        return Argv.of(
                        "ping",
                        "-n",
                        "-c",
                        Long.toString(count),
                        "-i",
                        "0.2",
                        "-W",
                        Long.toString(timeoutS),
                        "--",
                        address.value())
                .within(Duration.ofSeconds(count + timeoutS + 5))
                .alsoReadableWhenExit(1, 2);
    }

    /// Capture number `number`.
    ///
    /// @throws Unreadable naming the first line that `ping` is not known to print
    static ProbeAttempt read(IpAddress address, int number, List<Capture> captures)
            throws Unreadable {
        Optional<Line> counts = Optional.empty();
        Optional<Line> times = Optional.empty();
        Optional<String> complaint = Optional.empty();
        for (Line line : Lines.of(number, captures)) {
            if (line.has(COUNTS)) {
                counts = Optional.of(line);
            } else if (line.has(TIMES)) {
                times = Optional.of(line);
            } else if (line.has(COMPLAINT)) {
                complaint = Optional.of(line.match(COMPLAINT, "").group(1));
            } else if (!line.text().isBlank()
                    && !line.has(HEADING)
                    && !line.has(ANSWER)
                    && !line.has(RULER)
                    && !line.has(PIPE)) {
                throw line.refused("a line of ping");
            }
        }
        Optional<String> error =
                Lines.errors(number, captures).stream().map(Line::text).findFirst();
        if (counts.isEmpty()) {
            return unsent(address, number, captures, error);
        }
        Matcher form = counts.get().match(COUNTS, "counts of packets");
        long sent = counts.get().whole(form.group(1));
        long received = counts.get().whole(form.group(2));
        Optional<String> why = complaint.or(() -> error);
        Outcome outcome =
                received > 0 ? Outcome.OK : Failures.of(why.orElse("")).orElse(Outcome.TIMEOUT);
        return ProbeAttempt.of(address, outcome, Stage.ICMP, why, Optional.of(counts.get().at()))
                .echoed(roundTrip(sent, received, counts.get().percent(form.group(3)), times));
    }

    private static ProbeAttempt unsent(
            IpAddress address, int number, List<Capture> captures, Optional<String> error)
            throws Unreadable {
        Optional<Outcome> outcome = error.flatMap(Failures::of);
        boolean socket =
                error.filter(text -> text.toLowerCase(Locale.ROOT).contains("socket")).isPresent();
        if (outcome.isEmpty() || socket) {
            // ping could not run at all: nothing is known about the address
            String said = error.orElse("exit code " + captures.get(number - 1).exit());
            throw new Unreadable(Bilingual.of("ping could not send: " + said, "ping 无法发送：" + said));
        }
        return ProbeAttempt.of(address, outcome.get(), Stage.ICMP, error, Optional.empty());
    }

    private static RoundTrip roundTrip(long sent, long received, Percent loss, Optional<Line> times)
            throws Unreadable {
        if (times.isEmpty()) {
            return new RoundTrip(sent, received, loss, 0, 0, 0, Optional.empty());
        }
        Line line = times.get();
        Matcher form = line.match(TIMES, "round-trip times");
        Optional<String> deviation = Optional.ofNullable(form.group(4));
        return new RoundTrip(
                sent,
                received,
                loss,
                line.decimal(form.group(1)),
                line.decimal(form.group(2)),
                line.decimal(form.group(3)),
                deviation.isEmpty()
                        ? Optional.empty()
                        : Optional.of(line.decimal(deviation.get())));
    }
}
