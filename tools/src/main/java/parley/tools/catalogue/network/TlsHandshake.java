package parley.tools.catalogue.network;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.catalogue.network.ProbeAttempt.Outcome;
import parley.tools.catalogue.network.ProbeAttempt.Stage;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;
import parley.tools.value.IpAddress;
import parley.tools.value.Port;
import parley.tools.value.Target;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A TLS handshake by `openssl s_client -brief`, which reports on standard error and sends nothing
/// after it.
///
/// Exit 0 says nothing about the certificate: the line on the verification does. Exit 1 means no
/// handshake, 124 that it did not end in time.
final class TlsHandshake {
    private static final Pattern PROTOCOL = Pattern.compile("Protocol version: (\\S{1,20})");
    private static final Pattern VERIFIED = Pattern.compile("Verification(?: error)?: (.{1,200})");
    private static final Pattern REASON =
            Pattern.compile("[0-9A-Fa-f]+:error:[0-9A-Fa-f]+:[^:]*:[^:]*:([^:]{1,120}).*");

    private TlsHandshake() {}

    static Argv command(Target host, IpAddress address, Port port, long timeoutS) {
        List<String> words = new ArrayList<>(List.of("openssl", "s_client", "-brief", "-connect"));
        words.add(TcpConnect.inUrl(address) + ":" + port);
        words.addAll(
                host.isAddress()
                        ? List.of("-verify_ip", address.value())
                        : List.of("-servername", host.value(), "-verify_hostname", host.value()));
        return Argv.of(words).within(Duration.ofSeconds(timeoutS)).alsoReadableWhenExit(1, 124);
    }

    /// Capture number `number`.
    static ProbeAttempt read(IpAddress address, int number, List<Capture> captures)
            throws Unreadable {
        Capture capture = captures.get(number - 1).readable();
        if (capture.exit() == 124) {
            return ProbeAttempt.of(
                    address, Outcome.TIMEOUT, Stage.TLS, Optional.empty(), Optional.empty());
        }
        Optional<String> protocol = first(PROTOCOL, number, captures);
        Optional<String> verified = first(VERIFIED, number, captures);
        if (protocol.isEmpty() || capture.exit() != 0) {
            return ProbeAttempt.of(
                    address,
                    Outcome.TLS_ERROR,
                    Stage.TLS,
                    first(REASON, number, captures),
                    Optional.empty());
        }
        if (verified.isEmpty()) {
            throw Unreadable.line(
                    capture.argv(), 1, "a line on the verification", capture.stderr());
        }
        boolean trusted = verified.get().equals("OK");
        return ProbeAttempt.of(
                        address,
                        trusted ? Outcome.OK : Outcome.TLS_ERROR,
                        Stage.TLS,
                        verified.filter(ignored -> !trusted),
                        Optional.empty())
                .speaking(protocol.map(HostText::new));
    }

    private static Optional<String> first(Pattern form, int number, List<Capture> captures) {
        return Lines.errors(number, captures).stream()
                .map(Line::text)
                .map(form::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .findFirst();
    }
}
