package parley.tools.catalogue.certificates;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.catalogue.network.NameLookup;
import parley.tools.read.HostClock;
import parley.tools.value.BadValue;
import parley.tools.value.CloudMetadata;
import parley.tools.value.IpAddress;
import parley.tools.value.Port;
import parley.tools.value.Target;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The certificate that a server really presents, asked for by the host itself.
///
/// Source: `getent ahosts` for a name, then `openssl s_client -showcerts` to its first address; the
/// connection sends nothing after the handshake. Days are counted by the host's clock. Never empty:
/// a refusal, silence and an answer without TLS are readings. Exit 0 of `openssl` says nothing
/// about the certificate; 1 means that there was no handshake, 124 that it did not end in time.
public final class CertEndpoint implements Observation<CertEndpoint.Arguments, Endpoint> {
    private static final long HTTPS = 443;

    /// A protocol that begins in the clear and then changes to TLS.
    public enum Starttls {
        SMTP,
        IMAP,
        LDAP,
        POSTGRES,
        MYSQL
    }

    public record Arguments(
            @Means(en = "the server: a name or an address", zh = "服务器：名称或地址") Target target,
            @Means(en = "its port (default 443)", zh = "端口（默认 443）") Optional<Port> port,
            @Means(
                            en = "the name to ask for (SNI); the target's own unless said",
                            zh = "请求的名称（SNI）；默认为目标名称")
                    Optional<Target> sni,
            @Means(en = "a protocol that begins without TLS", zh = "先明文再转为 TLS 的协议")
                    Optional<Starttls> starttls) {
        public Arguments {
            if (sni.filter(Target::isAddress).isPresent()) {
                throw new BadValue(
                        Bilingual.of("\"sni\" is a name, not an address", "“sni”应为名称而非地址"));
            }
        }

        Port portOrUsual() {
            return port.orElse(new Port(HTTPS));
        }

        /// The name or address that the certificate should be for.
        Target expected() {
            return sni.orElse(target);
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "cert.endpoint",
                "certificates",
                Bilingual.of("The certificate that a server presents", "检查服务端实际使用的证书"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of(
                        "which certificate does web-1 serve on port 8443",
                        "web-1 的 8443 端口用的是什么证书"),
                Bilingual.of(
                        "check the certificate of shop.example.com from web-1",
                        "从 web-1 检查 shop.example.com 的证书"),
                Bilingual.of("tls certificate on port 443 of lb-1", "lb-1 的 443 端口的证书"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    static Argv ask(Arguments arguments, IpAddress address) {
        String where = address.value().contains(":") ? "[" + address + "]" : address.value();
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "openssl",
                                "s_client",
                                "-showcerts",
                                "-connect",
                                where + ":" + arguments.portOrUsual()));
        Target name = arguments.expected();
        words.addAll(
                name.isAddress() ? List.of("-noservername") : List.of("-servername", name.value()));
        arguments
                .starttls()
                .ifPresent(kind ->
                        words.addAll(List.of("-starttls", kind.name().toLowerCase(Locale.ROOT))));
        return Argv.of(words).within(Duration.ofSeconds(15)).alsoReadableWhenExit(1, 124);
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        return Next.known(soFar, () -> commands(arguments, soFar));
    }

    private static List<Argv> commands(Arguments arguments, List<Capture> soFar) throws Unreadable {
        List<Argv> commands = new ArrayList<>(HostClock.commands());
        if (!arguments.target().isAddress()) {
            commands.add(NameLookup.command(arguments.target()));
            if (soFar.size() < commands.size()) {
                return commands;
            }
        }
        address(arguments, soFar)
                .filter(address -> !CloudMetadata.isMeantBy(address.value()))
                .ifPresent(address -> commands.add(ask(arguments, address)));
        return commands;
    }

    /// The address to contact: the target's own, or the first that its name has.
    static Optional<IpAddress> address(Arguments arguments, List<Capture> captures)
            throws Unreadable {
        if (arguments.target().isAddress()) {
            return Optional.of(new IpAddress(arguments.target().value()));
        }
        NameLookup lookup = NameLookup.read(HostClock.commands().size() + 1, captures);
        return lookup.leadsToMetadata()
                ? lookup.addresses().stream()
                        .filter(one -> CloudMetadata.isMeantBy(one.value()))
                        .findFirst()
                : lookup.addresses().stream().findFirst();
    }

    @Override
    public Reading<Endpoint> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        return Reading.ok(EndpointReading.of(arguments, captures));
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Endpoint> reading) {
        int capture = HostClock.commands().size() + (arguments.target().isAddress() ? 1 : 2);
        return EndpointFindings.of(arguments, reading.value(), capture);
    }
}
