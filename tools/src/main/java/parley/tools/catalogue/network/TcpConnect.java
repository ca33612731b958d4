package parley.tools.catalogue.network;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Finding;
import parley.tools.Unreadable;
import parley.tools.catalogue.network.ProbeAttempt.Outcome;
import parley.tools.catalogue.network.ProbeAttempt.Stage;
import parley.tools.read.KeyValues;
import parley.tools.read.Lines;
import parley.tools.value.IpAddress;
import parley.tools.value.Port;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A TCP connection that is opened and closed again, without a byte sent over it.
///
/// By `curl`, which nearly every host has: told to use a client certificate that is not there, it
/// connects and gives up (exit 58) before it says anything. Exit 7 means not connected, for the
/// reason it tells with `-v`; exit 28 that nobody answered in time. Where there is no curl (exit
/// 127), `nc -z`: exit 0 connected, 1 not.
final class TcpConnect {
    private static final String NO_CERTIFICATE = "/dev/null/none";
    private static final int NO_SUCH_PROGRAM = 127;

    private TcpConnect() {}

    static Argv curl(IpAddress address, Port port, long timeoutS) {
        String limit = Long.toString(timeoutS);
        return Argv.of(
                        "curl",
                        "-q",
                        "-g",
                        "-sS",
                        "-v",
                        "--noproxy",
                        "*",
                        "-o",
                        "/dev/null",
                        "--connect-timeout",
                        limit,
                        "--max-time",
                        limit,
                        "--cert",
                        NO_CERTIFICATE,
                        "-w",
                        "connect=%{time_connect}\\ntotal=%{time_total}\\n",
                        "https://" + inUrl(address) + ":" + port + "/")
                .within(Duration.ofSeconds(timeoutS + 5))
                .alsoReadableWhenExit(7, 28, 35, 52, 55, 56, 58, 60, NO_SUCH_PROGRAM);
    }

    static Argv nc(IpAddress address, Port port, long timeoutS) {
        return Argv.of(
                        "nc",
                        "-z",
                        "-v",
                        "-n",
                        "-w",
                        Long.toString(timeoutS),
                        address.value(),
                        port.toString())
                .within(Duration.ofSeconds(timeoutS + 5))
                .alsoReadableWhenExit(1, 2, NO_SUCH_PROGRAM);
    }

    /// Whether the program of this capture is not on the host.
    static boolean isMissing(Capture capture) {
        return capture.missing();
    }

    /// `10.0.0.11` or `[fd00::11]`.
    static String inUrl(IpAddress address) {
        return address.value().contains(":") ? "[" + address + "]" : address.value();
    }

    /// Capture number `number`, of either program.
    static ProbeAttempt read(IpAddress address, int number, List<Capture> captures)
            throws Unreadable {
        Capture capture = captures.get(number - 1).readable();
        if (isMissing(capture)) {
            throw new Unreadable(
                    Bilingual.of(
                            "neither curl nor nc is on this host; install one of them to probe"
                                    + " ports",
                            "该主机上没有 curl 也没有 nc；要探测端口请先安装其一"));
        }
        return capture.argv().program().equals("nc")
                ? readNc(address, number, captures)
                : readCurl(address, number, captures);
    }

    private static ProbeAttempt readCurl(IpAddress address, int number, List<Capture> captures)
            throws Unreadable {
        Capture capture = captures.get(number - 1);
        KeyValues times = KeyValues.only(capture);
        double connect = seconds(times, "connect");
        double total = seconds(times, "total");
        if (capture.exit() != 7 && capture.exit() != 28) {
            return ProbeAttempt.of(
                            address, Outcome.OK, Stage.CONNECT, Optional.empty(), line(number))
                    .connected(
                            Optional.of(
                                    Milliseconds.rounded(1000 * (connect > 0 ? connect : total))));
        }
        Optional<String> why =
                Lines.errors(number, captures).stream()
                        .map(line -> line.text().replaceFirst("^\\* +", ""))
                        .filter(text -> Failures.of(text).isPresent())
                        .findFirst();
        Outcome outcome =
                why.flatMap(Failures::of)
                        .or(() ->
                                capture.exit() == 28
                                        ? Optional.of(Outcome.TIMEOUT)
                                        : Optional.empty())
                        .orElseThrow(() ->
                                Unreadable.line(
                                        capture.argv(),
                                        1,
                                        "a reason why it did not connect",
                                        capture.stderr()));
        return ProbeAttempt.of(address, outcome, Stage.CONNECT, why, line(number));
    }

    /// The line of the time it took.
    private static Optional<Finding.Lines> line(int number) {
        return Optional.of(new Finding.Lines(number, 2, 2));
    }

    private static ProbeAttempt readNc(IpAddress address, int number, List<Capture> captures)
            throws Unreadable {
        Capture capture = captures.get(number - 1).silent();
        if (capture.exit() == 0) {
            return ProbeAttempt.of(
                    address, Outcome.OK, Stage.CONNECT, Optional.empty(), Optional.empty());
        }
        Optional<String> why =
                Lines.errors(number, captures).stream()
                        .map(line -> line.text())
                        .filter(text -> Failures.of(text).isPresent())
                        .reduce((before, line) -> line);
        Outcome outcome =
                why.flatMap(Failures::of)
                        .orElseThrow(() ->
                                Unreadable.line(
                                        capture.argv(),
                                        1,
                                        "a reason why it did not connect",
                                        capture.stderr()));
        return ProbeAttempt.of(address, outcome, Stage.CONNECT, why, Optional.empty());
    }

    /// A time of `curl -w`: seconds with a decimal point or, in some languages, a comma.
    static double seconds(KeyValues values, String key) throws Unreadable {
        String text = values.text(key).replace(',', '.');
        if (!text.matches("\\d{1,6}\\.\\d{1,9}")) {
            throw values.unreadable(key, "seconds");
        }
        return Double.parseDouble(text);
    }
}
