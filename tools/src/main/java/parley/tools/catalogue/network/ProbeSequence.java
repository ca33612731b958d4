package parley.tools.catalogue.network;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.catalogue.network.ProbeAttempt.Outcome;
import parley.tools.catalogue.network.ProbeAttempt.Stage;
import parley.tools.value.CloudMetadata;
import parley.tools.value.HttpPath;
import parley.tools.value.IpAddress;
import parley.tools.value.Port;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The commands of one probe: the name is looked up, then each of its first addresses is tried, as
/// far as the kind of probe goes. What was read so far says what comes next.
///
/// @param lookup absent when the target is an address
/// @param wanted the next command; empty when the probe is complete
record ProbeSequence(
        Optional<NameLookup> lookup, List<ProbeAttempt> attempts, Optional<Argv> wanted) {
    /// Names with more addresses are tried at these many only.
    static final int MOST_ADDRESSES = 3;

    ProbeSequence {
        attempts = List.copyOf(attempts);
    }

    /// As far as `captures` go.
    static ProbeSequence of(NetProbe.Arguments arguments, List<Capture> captures)
            throws Unreadable {
        Optional<NameLookup> lookup = Optional.empty();
        int at = 0;
        List<IpAddress> addresses = List.of();
        if (arguments.target().isAddress()) {
            addresses = List.of(new IpAddress(arguments.target().value()));
        } else {
            if (captures.isEmpty()) {
                return new ProbeSequence(
                        lookup, List.of(), Optional.of(NameLookup.command(arguments.target())));
            }
            lookup = Optional.of(NameLookup.read(1, captures));
            addresses = lookup.get().addresses();
            at = 1;
        }
        List<ProbeAttempt> attempts = new ArrayList<>();
        for (IpAddress address : addresses.stream().limit(MOST_ADDRESSES).toList()) {
            Trial trial = new Trial(arguments, address, captures, at);
            Optional<ProbeAttempt> attempt = trial.attempt();
            if (attempt.isEmpty()) {
                return new ProbeSequence(lookup, attempts, trial.wanted);
            }
            attempts.add(attempt.get());
            at = trial.at;
        }
        return new ProbeSequence(lookup, attempts, Optional.empty());
    }

    /// One address against the captures from `at` on.
    private static final class Trial {
        private final NetProbe.Arguments arguments;
        private final IpAddress address;
        private final List<Capture> captures;
        private int at;
        private Optional<Argv> wanted = Optional.empty();

        Trial(NetProbe.Arguments arguments, IpAddress address, List<Capture> captures, int at) {
            this.arguments = arguments;
            this.address = address;
            this.captures = captures;
            this.at = at;
        }

        /// Empty while a command is wanted.
        Optional<ProbeAttempt> attempt() throws Unreadable {
            if (CloudMetadata.isMeantBy(address.value())) {
                return Optional.of(
                        ProbeAttempt.of(
                                address,
                                Outcome.FORBIDDEN,
                                Stage.DNS,
                                Optional.empty(),
                                Optional.empty()));
            }
            long seconds = arguments.seconds();
            if (arguments.wanted() == NetProbe.Kind.ICMP) {
                return have(PingEcho.command(address, arguments.echoes(), seconds))
                        ? Optional.of(PingEcho.read(address, at, captures))
                        : Optional.empty();
            }
            Optional<ProbeAttempt> connected = connect(seconds);
            if (connected.isEmpty() || !connected.get().succeeded()) {
                return connected;
            }
            return switch (arguments.wanted()) {
                case ICMP, TCP -> connected;
                case HTTP -> exchange(arguments.isSecure());
                case TLS -> handshake(connected.get());
            };
        }

        private Optional<ProbeAttempt> connect(long seconds) throws Unreadable {
            Port port = arguments.portOrUsual();
            if (!have(TcpConnect.curl(address, port, seconds))) {
                return Optional.empty();
            }
            boolean missing = TcpConnect.isMissing(captures.get(at - 1));
            if (missing && !have(TcpConnect.nc(address, port, seconds))) {
                return Optional.empty();
            }
            return Optional.of(TcpConnect.read(address, at, captures));
        }

        private Optional<ProbeAttempt> handshake(ProbeAttempt connected) throws Unreadable {
            Argv command =
                    TlsHandshake.command(
                            arguments.target(),
                            address,
                            arguments.portOrUsual(),
                            arguments.seconds());
            if (!have(command)) {
                return Optional.empty();
            }
            ProbeAttempt shaken =
                    TlsHandshake.read(address, at, captures).connected(connected.connectMs());
            if (arguments.path().isEmpty() || !shaken.succeeded()) {
                return Optional.of(shaken);
            }
            return exchange(true).map(answer -> answer.speaking(shaken.tlsVersion()));
        }

        private Optional<ProbeAttempt> exchange(boolean secure) throws Unreadable {
            Argv command =
                    HttpExchange.command(
                            secure,
                            arguments.target(),
                            address,
                            arguments.portOrUsual(),
                            arguments.path().map(HttpPath::value).orElse("/"),
                            arguments.seconds());
            return have(command)
                    ? Optional.of(HttpExchange.read(address, at, captures))
                    : Optional.empty();
        }

        /// Whether the capture of `command` is there; it is then number [#at].
        private boolean have(Argv command) {
            if (at >= captures.size()) {
                wanted = Optional.of(command);
                return false;
            }
            at++;
            return true;
        }
    }
}
