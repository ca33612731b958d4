package parley.tools.catalogue.certificates;

import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.catalogue.certificates.CertEndpoint.Arguments;
import parley.tools.catalogue.certificates.Endpoint.Outcome;
import parley.tools.catalogue.certificates.Endpoint.Verify;
import parley.tools.catalogue.network.Failures;
import parley.tools.catalogue.network.ProbeAttempt;
import parley.tools.read.Captures;
import parley.tools.read.HostClock;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.CloudMetadata;
import parley.tools.value.HostText;
import parley.tools.value.IpAddress;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what `openssl s_client -showcerts` printed.
final class EndpointReading {
    private static final Pattern SESSION =
            Pattern.compile("New, (\\S{1,32}), Cipher is (\\S{1,64})");
    private static final Pattern CODE =
            Pattern.compile("\\s*Verify return code: (\\d{1,4}) \\((.{1,200})\\)");
    private static final Pattern REASON =
            Pattern.compile("[0-9A-Fa-f]+:error:[0-9A-Fa-f]+:[^:]*:[^:]*:([^:]{1,120}).*");

    private EndpointReading() {}

    static Endpoint of(Arguments arguments, List<Capture> captures) throws Unreadable {
        Instant now = HostClock.read(1, captures).now();
        Optional<IpAddress> address = CertEndpoint.address(arguments, captures);
        if (address.isEmpty()) {
            return failed(arguments, address, Outcome.NO_ADDRESS, Optional.empty(), now);
        }
        if (CloudMetadata.isMeantBy(address.get().value())) {
            return failed(arguments, address, Outcome.FORBIDDEN, Optional.empty(), now);
        }
        int number = Captures.number(captures, CertEndpoint.ask(arguments, address.get()));
        Capture capture =
                Captures.need(captures, CertEndpoint.ask(arguments, address.get())).readable();
        List<Line> lines = Lines.of(number, captures);
        List<Pem.Block> blocks = Pem.blocks(lines);
        if (blocks.isEmpty()) {
            return failed(arguments, address, outcome(capture), reason(number, captures), now);
        }
        List<Certificate> chain = new ArrayList<>();
        for (Pem.Block block : blocks) {
            chain.add(block.at(now));
        }
        Matcher session = found(SESSION, lines, capture, "protocol and cipher");
        Matcher code = found(CODE, lines, capture, "the verification's return code");
        long verified = Long.parseLong(code.group(1));
        return new Endpoint(
                arguments.target(),
                arguments.portOrUsual(),
                address,
                Outcome.PRESENTED,
                Optional.of(new HostText(session.group(1))),
                Optional.of(new HostText(session.group(2))),
                Optional.of(Verify.of(verified)),
                Optional.of(verified),
                Optional.of(chain.getFirst().isFor(arguments.expected().value())),
                chain,
                Optional.of(new HostText(code.group(2))),
                now);
    }

    private static Matcher found(Pattern form, List<Line> lines, Capture capture, String expected)
            throws Unreadable {
        for (Line line : lines) {
            Matcher matcher = form.matcher(line.text());
            if (matcher.matches()) {
                return matcher;
            }
        }
        throw Unreadable.line(capture.argv(), lines.size(), expected, "none");
    }

    private static Endpoint failed(
            Arguments arguments,
            Optional<IpAddress> address,
            Outcome outcome,
            Optional<HostText> detail,
            Instant now) {
        return new Endpoint(
                arguments.target(),
                arguments.portOrUsual(),
                address,
                outcome,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                detail,
                now);
    }

    private static Outcome outcome(Capture capture) {
        boolean connected = capture.stdout().startsWith("CONNECTED");
        if (connected) {
            return Outcome.NO_TLS;
        }
        if (capture.exit() == 124) {
            return Outcome.TIMEOUT;
        }
        Optional<ProbeAttempt.Outcome> said = Failures.of(capture.stderr());
        if (said.isEmpty()) {
            return Outcome.NO_TLS;
        }
        return switch (said.get()) {
            case REFUSED -> Outcome.REFUSED;
            case TIMEOUT -> Outcome.TIMEOUT;
            case NO_ROUTE -> Outcome.NO_ROUTE;
            case BLOCKED -> Outcome.BLOCKED;
            case OK, NO_ANSWER, TLS_ERROR, FORBIDDEN -> Outcome.NO_TLS;
        };
    }

    private static Optional<HostText> reason(int number, List<Capture> captures) {
        return Lines.errors(number, captures).stream()
                .map(line -> REASON.matcher(line.text()))
                .filter(Matcher::matches)
                .map(matcher -> new HostText(matcher.group(1)))
                .findFirst();
    }
}
