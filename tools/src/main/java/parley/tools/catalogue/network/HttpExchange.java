package parley.tools.catalogue.network;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Finding;
import parley.tools.Unreadable;
import parley.tools.catalogue.network.ProbeAttempt.Outcome;
import parley.tools.catalogue.network.ProbeAttempt.Stage;
import parley.tools.read.KeyValues;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.IpAddress;
import parley.tools.value.Port;
import parley.tools.value.Target;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One `GET` by `curl`, of which only status and times are kept, never a body; redirections are not
/// followed.
///
/// The times come as `key=value`: curl's own JSON needs version 7.70. Exits: 7 not connected, 28
/// nobody answered in time, 35 no TLS, 60 a certificate that is not trusted, 52 and 56 cut off, 1
/// and 8 an answer that is not HTTP.
final class HttpExchange {
    private static final String FORMAT =
            "code=%{http_code}\\nconnect=%{time_connect}\\nfirst=%{time_starttransfer}\\n";

    private HttpExchange() {}

    /// @param host what stands in the URL and in the certificate
    static Argv command(
            boolean secure, Target host, IpAddress address, Port port, String path, long timeoutS) {
        List<String> words =
                new ArrayList<>(
                        List.of("curl", "-q", "-g", "-sS", "--noproxy", "*", "-o", "/dev/null"));
        String limit = Long.toString(timeoutS);
        words.addAll(List.of("--connect-timeout", limit, "--max-time", limit));
        if (!host.isAddress()) {
            words.addAll(List.of("--resolve", host + ":" + port + ":" + TcpConnect.inUrl(address)));
        }
        String authority = host.isAddress() ? TcpConnect.inUrl(address) : host.value();
        words.addAll(
                List.of(
                        "-w",
                        FORMAT,
                        (secure ? "https" : "http") + "://" + authority + ":" + port + path));
        return Argv.of(words)
                .within(Duration.ofSeconds(timeoutS + 5))
                .alsoReadableWhenExit(1, 7, 8, 28, 35, 51, 52, 55, 56, 60);
    }

    /// Capture number `number`.
    static ProbeAttempt read(IpAddress address, int number, List<Capture> captures)
            throws Unreadable {
        Capture capture = captures.get(number - 1).readable();
        KeyValues values = KeyValues.only(capture);
        String code = values.text("code");
        if (!code.matches("\\d{3}")) {
            throw values.unreadable("code", "three digits");
        }
        double connect = TcpConnect.seconds(values, "connect");
        double first = TcpConnect.seconds(values, "first");
        Optional<String> why =
                Lines.errors(number, captures).stream()
                        .map(Line::text)
                        .filter(text -> text.startsWith("curl: "))
                        .map(text -> text.replaceFirst("^curl: \\(\\d+\\) ", ""))
                        .findFirst();
        ProbeAttempt attempt =
                ProbeAttempt.of(
                                address,
                                outcome(capture),
                                stage(capture),
                                why,
                                Optional.of(
                                        new Finding.Lines(
                                                number, values.line("code"), values.line("code"))))
                        .connected(
                                connect > 0
                                        ? Optional.of(Milliseconds.rounded(1000 * connect))
                                        : Optional.empty());
        return capture.exit() == 0
                ? attempt.answered(Milliseconds.rounded(1000 * first), Long.parseLong(code))
                : attempt;
    }

    private static Outcome outcome(Capture capture) {
        return switch (capture.exit()) {
            case 0 -> Outcome.OK;
            case 7 -> Outcome.REFUSED;
            case 28 -> Outcome.TIMEOUT;
            case 35, 51, 60 -> Outcome.TLS_ERROR;
            default -> Outcome.NO_ANSWER;
        };
    }

    private static Stage stage(Capture capture) {
        return switch (capture.exit()) {
            case 7 -> Stage.CONNECT;
            case 35, 51, 60 -> Stage.TLS;
            default -> Stage.HTTP;
        };
    }
}
