package parley.tools.catalogue.network;

import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.NamedFiles;
import parley.tools.value.BadValue;
import parley.tools.value.HostText;
import parley.tools.value.IpAddress;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What `/etc/resolv.conf`, `/etc/nsswitch.conf` and `/etc/hosts` say about names.
///
/// @param servers in the order in which they are asked; those with a zone (`fe80::1%eth0`) are left
///   out. None means that the C library asks 127.0.0.1
/// @param ndots how many dots a name needs to be asked for as it stands first
/// @param sources the line `hosts:` of `nsswitch.conf`: `files dns`
record ResolverFiles(
        List<IpAddress> servers, List<HostText> search, long ndots, List<HostText> sources) {
    static final String RESOLV = "/etc/resolv.conf";
    static final String SWITCH = "/etc/nsswitch.conf";
    static final String HOSTS = "/etc/hosts";
    static final List<String> PATHS = List.of(RESOLV, SWITCH, HOSTS);

    ResolverFiles {
        servers = List.copyOf(servers);
        search = List.copyOf(search);
        sources = List.copyOf(sources);
    }

    static ResolverFiles of(NamedFiles files) throws Unreadable {
        List<IpAddress> servers = new ArrayList<>();
        List<HostText> search = new ArrayList<>();
        long ndots = 1;
        for (Line line : files.lines(RESOLV)) {
            List<String> words = words(line);
            if (words.size() < 2) {
                continue;
            }
            switch (words.getFirst()) {
                case "nameserver" -> server(line, words.get(1), servers);
                case "search", "domain" -> {
                    // the last of these lines counts
                    search.clear();
                    words.stream().skip(1).map(HostText::new).forEach(search::add);
                }
                case "options" -> {
                    for (String word : words) {
                        if (word.matches("ndots:\\d{1,2}")) {
                            ndots = Long.parseLong(word.substring(6));
                        }
                    }
                }
                default -> {
                    // sortlist and what others may add: nothing that this reading speaks of
                }
            }
        }
        List<HostText> sources = new ArrayList<>();
        for (Line line : files.lines(SWITCH)) {
            List<String> words = words(line);
            if (words.getFirst().equals("hosts:")) {
                sources.clear();
                words.stream().skip(1).map(HostText::new).forEach(sources::add);
            }
        }
        return new ResolverFiles(servers, search, ndots, sources);
    }

    private static void server(Line line, String text, List<IpAddress> servers) throws Unreadable {
        if (text.contains("%")) {
            return;
        }
        try {
            servers.add(new IpAddress(text));
        } catch (BadValue noAddress) {
            throw line.refused("nameserver and an address");
        }
    }

    /// The addresses that `/etc/hosts` gives `name`.
    static List<HostText> inHosts(NamedFiles files, String name) {
        List<HostText> found = new ArrayList<>();
        for (Line line : files.lines(HOSTS)) {
            List<String> words = words(line);
            if (words.stream().skip(1).anyMatch(name::equalsIgnoreCase)) {
                found.add(new HostText(words.getFirst()));
            }
        }
        return found;
    }

    /// The words before a comment; one empty word on an empty line.
    private static List<String> words(Line line) {
        return Arrays.asList(line.text().replaceAll("[#;].*", "").strip().split("\\s+"));
    }

    /// Whether a resolver of the host itself is asked, which asks others in turn.
    boolean isStub() {
        return servers.stream().map(IpAddress::value).anyMatch(one -> one.startsWith("127.0.0.5"));
    }
}
