package parley.tools.catalogue.network;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;

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
import parley.tools.value.BadValue;
import parley.tools.value.DnsName;
import parley.tools.value.HostText;
import parley.tools.value.IpAddress;

import java.util.List;
import java.util.Optional;

/// How a host resolves a name: what its programs get, and what each of its name servers says.
///
/// Sources: `/etc/resolv.conf`, `/etc/nsswitch.conf` and `/etc/hosts`; `getent ahosts`, which
/// programs see; `dig` for each configured server (the first three) or the one given. When a server
/// does not simply answer, it is asked more: for the root (does it answer anything), over TCP when
/// it was silent, and without checking signatures after `SERVFAIL`. Never empty: a name nobody
/// knows is a reading. Without `dig` the reading is partial: which server fails cannot be told.
public final class DnsCheck implements Observation<DnsCheck.Arguments, DnsCheck.Resolution> {
    /// What is asked for.
    public enum RecordType {
        @JsonProperty("A")
        @Means(en = "A", zh = "A")
        A,
        @JsonProperty("AAAA")
        @Means(en = "AAAA", zh = "AAAA")
        AAAA,
        @JsonProperty("MX")
        @Means(en = "MX", zh = "MX")
        MX,
        @JsonProperty("TXT")
        @Means(en = "TXT", zh = "TXT")
        TXT,
        @JsonProperty("NS")
        @Means(en = "NS", zh = "NS")
        NS,
        @JsonProperty("PTR")
        @Means(en = "PTR", zh = "PTR")
        PTR,
        @JsonProperty("SRV")
        @Means(en = "SRV", zh = "SRV")
        SRV
    }

    public record Arguments(
            @Means(en = "the name, or for PTR an address", zh = "名称；PTR 时为地址") DnsName name,
            @Means(
                            en = "the type of record (default A; PTR for an address)",
                            zh = "记录类型（默认 A，地址默认 PTR）")
                    Optional<RecordType> type,
            @Means(en = "only this server instead of the configured ones", zh = "只问该服务器，而不是已配置的服务器")
                    Optional<IpAddress> server) {
        public Arguments {
            requireNonNull(server, "server is null");
            boolean ofAddress = type.filter(one -> one != RecordType.PTR).isPresent();
            if (name.isAddress() && ofAddress) {
                throw new BadValue(
                        Bilingual.of(
                                "an address has only PTR records; leave out type",
                                "地址只有 PTR 记录；请去掉 type"));
            }
        }

        /// The addresses of a name, as programs look it up.
        public static Arguments of(DnsName name) {
            return new Arguments(name, Optional.empty(), Optional.empty());
        }

        RecordType wanted() {
            return type.orElse(name.isAddress() ? RecordType.PTR : RecordType.A);
        }

        /// Whether programs look this up through `getent`.
        boolean isAddressLookup() {
            return (wanted() == RecordType.A || wanted() == RecordType.AAAA) && server.isEmpty();
        }
    }

    /// How a name resolves.
    ///
    /// @param configured the servers of `resolv.conf`, in order
    /// @param asked what was asked of them and what they said
    /// @param answers what the first server that found anything said
    /// @param nssAnswers what programs of the host get; empty when they find nothing or were not
    ///   asked
    /// @param inHosts what `/etc/hosts` says of the name
    /// @param programsAsked whether `getent` was asked at all
    /// @param nssMs how long programs wait, the way to the host included
    /// @param stub whether a resolver of the host itself stands between
    /// @param disagree whether servers give different answers
    public record Resolution(
            @Means(en = "name", zh = "名称") DnsName name,
            @Means(en = "type", zh = "类型") RecordType type,
            @Means(en = "configured servers", zh = "已配置的服务器") List<IpAddress> configured,
            @Means(en = "asked", zh = "查询") List<DnsAnswer> asked,
            @Means(en = "answers", zh = "应答") List<HostText> answers,
            @Means(en = "programs get", zh = "程序得到") List<HostText> nssAnswers,
            @Means(en = "programs asked", zh = "已按程序方式查询") boolean programsAsked,
            @Means(en = "programs wait ms", zh = "程序等待毫秒") Optional<Double> nssMs,
            @Means(en = "in /etc/hosts", zh = "/etc/hosts 中") List<HostText> inHosts,
            @Means(en = "sources", zh = "查询顺序") List<HostText> sources,
            @Means(en = "search domains", zh = "搜索域") List<HostText> searchDomains,
            @Means(en = "ndots", zh = "ndots") long ndots,
            @Means(en = "stub", zh = "本地缓存解析器") boolean stub,
            @Means(en = "servers disagree", zh = "服务器应答不一致") boolean disagree) {
        public Resolution {
            requireNonNull(name, "name is null");
            requireNonNull(type, "type is null");
            configured = List.copyOf(configured);
            asked = List.copyOf(asked);
            answers = List.copyOf(answers);
            nssAnswers = List.copyOf(nssAnswers);
            requireNonNull(nssMs, "nssMs is null");
            inHosts = List.copyOf(inHosts);
            sources = List.copyOf(sources);
            searchDomains = List.copyOf(searchDomains);
        }

        /// What was said to one kind of question.
        public List<DnsAnswer> to(DnsAnswer.Question question) {
            return asked.stream().filter(one -> one.question() == question).toList();
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "dns.check",
                "network",
                Bilingual.of("How a host resolves a name", "检查域名解析"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of(
                        "does pay.example.com resolve on web-1", "web-1 上能解析 pay.example.com 吗"),
                Bilingual.of(
                        "can batch-1 resolve repo.example.com", "batch-1 能否解析 repo.example.com"),
                Bilingual.of(
                        "nslookup db.internal on web-1 with 223.5.5.5",
                        "用 223.5.5.5 在 web-1 上解析 db.internal"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        try {
            return DnsSequence.of(arguments, soFar).wanted().map(Next::run).orElse(Next.done());
        } catch (Unreadable refused) {
            // what cannot be read ends the sequence; reading it says why
            return Next.done();
        }
    }

    @Override
    public Reading<Resolution> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        return DnsSequence.of(arguments, captures).reading(arguments);
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Resolution> reading) {
        return DnsFindings.of(arguments, reading);
    }
}
