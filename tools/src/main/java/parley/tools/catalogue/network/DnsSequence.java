package parley.tools.catalogue.network;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.catalogue.network.DnsAnswer.Question;
import parley.tools.catalogue.network.DnsCheck.Resolution;
import parley.tools.read.NamedFiles;
import parley.tools.value.HostText;
import parley.tools.value.IpAddress;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The commands of one look-up: the files, the host's own programs, then each server, and more of
/// those that did not simply answer.
final class DnsSequence {
    /// As many as the C library asks.
    private static final int MOST_SERVERS = 3;

    private final DnsCheck.Arguments arguments;
    private final List<Capture> captures;
    private final List<DnsAnswer> asked = new ArrayList<>();
    private int at;
    private Optional<Argv> wanted = Optional.empty();
    private Optional<NamedFiles> files = Optional.empty();
    private Optional<NameLookup> lookup = Optional.empty();
    private boolean digMissing;

    private DnsSequence(DnsCheck.Arguments arguments, List<Capture> captures) {
        this.arguments = arguments;
        this.captures = captures;
    }

    /// As far as `captures` go.
    static DnsSequence of(DnsCheck.Arguments arguments, List<Capture> captures) throws Unreadable {
        DnsSequence sequence = new DnsSequence(arguments, captures);
        sequence.walk();
        return sequence;
    }

    /// The next command; empty when all is asked.
    Optional<Argv> wanted() {
        return wanted;
    }

    private void walk() throws Unreadable {
        if (!have(NamedFiles.command(ResolverFiles.PATHS))) {
            return;
        }
        files = Optional.of(NamedFiles.read(at, captures));
        if (arguments.isAddressLookup()) {
            if (!have(NameLookup.command(arguments.name().plain()))) {
                return;
            }
            lookup = Optional.of(NameLookup.read(at, captures));
        }
        for (IpAddress server : servers()) {
            if (digMissing || !ask(server, Question.NAME)) {
                return;
            }
        }
        for (DnsAnswer answer : List.copyOf(asked)) {
            if (!further(answer)) {
                return;
            }
        }
    }

    private List<IpAddress> servers() throws Unreadable {
        if (arguments.server().isPresent()) {
            return List.of(arguments.server().get());
        }
        return ResolverFiles.of(files.orElseThrow()).servers().stream()
                .distinct()
                .limit(MOST_SERVERS)
                .toList();
    }

    /// Finds out more about an answer that is no plain success.
    private boolean further(DnsAnswer answer) throws Unreadable {
        if (answer.found()) {
            return true;
        }
        if (!answer.answered()) {
            return answer.refused() || ask(answer.server(), Question.OVER_TCP);
        }
        return ask(answer.server(), Question.CONTROL)
                && (!answer.says("SERVFAIL") || ask(answer.server(), Question.UNCHECKED));
    }

    private boolean ask(IpAddress server, Question question) throws Unreadable {
        String type = arguments.wanted().name();
        if (!have(Dig.command(server, question, arguments.name(), type))) {
            return false;
        }
        if (captures.get(at - 1).missing()) {
            digMissing = true;
            return true;
        }
        String expected = question == Question.CONTROL ? "NS" : type;
        asked.add(Dig.read(server, question, expected, at, captures));
        return true;
    }

    private boolean have(Argv command) {
        if (at >= captures.size()) {
            wanted = Optional.of(command);
            return false;
        }
        at++;
        return true;
    }

    Reading<Resolution> reading(DnsCheck.Arguments given) throws Unreadable {
        NamedFiles texts =
                files.orElseThrow(
                        () -> new Unreadable(Bilingual.of("nothing was read", "没有读到任何内容")));
        ResolverFiles resolver = ResolverFiles.of(texts);
        List<DnsAnswer> named =
                asked.stream().filter(one -> one.question() == Question.NAME).toList();
        Set<Set<HostText>> different = new HashSet<>();
        named.stream()
                .filter(DnsAnswer::answered)
                .forEach(one -> different.add(Set.copyOf(one.answers())));
        return Reading.of(
                new Resolution(
                        given.name(),
                        given.wanted(),
                        resolver.servers(),
                        asked,
                        named.stream()
                                .filter(DnsAnswer::found)
                                .findFirst()
                                .map(DnsAnswer::answers)
                                .orElse(List.of()),
                        lookup.map(NameLookup::addresses).orElse(List.of()).stream()
                                .map(address -> new HostText(address.value()))
                                .toList(),
                        lookup.isPresent(),
                        lookup.map(NameLookup::millis),
                        ResolverFiles.inHosts(texts, given.name().plain().value()),
                        resolver.sources(),
                        resolver.search(),
                        resolver.ndots(),
                        resolver.isStub(),
                        different.size() > 1),
                gaps(texts));
    }

    private List<Bilingual> gaps(NamedFiles texts) {
        List<Bilingual> gaps = new ArrayList<>();
        if (digMissing) {
            gaps.add(
                    Bilingual.of(
                            "dig is not on this host: what each name server says is not known; it"
                                    + " comes with bind9-dnsutils or bind-utils",
                            "该主机上没有 dig：无法得知各域名服务器的应答；它由 bind9-dnsutils 或 bind-utils 提供"));
        }
        texts.refused().stream()
                .sorted()
                .forEach(path ->
                        gaps.add(Bilingual.of(path + " may not be read", "没有权限读取 " + path)));
        return List.copyOf(gaps);
    }
}
