package parley.console.reach;

import parley.tools.Environment;
import parley.tools.Host;
import parley.tools.Hosts;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The way to every host of an inventory, this machine included. Connections are made when needed,
/// shared, and kept until this is closed. Safe for many threads.
public final class Reach implements AutoCloseable {
    private final Hosts hosts;
    private final Links links;
    private final LocalMachine local = new LocalMachine();
    private final Map<Host, SshTarget> targets = new ConcurrentHashMap<>();
    private final Map<String, SshHost> machines = new ConcurrentHashMap<>();

    /// @param sshConfig another file than `~/.ssh/config`
    public Reach(
            Hosts hosts,
            FirstContact firstContact,
            Passphrases passphrases,
            Optional<Path> sshConfig) {
        this.hosts = hosts;
        Trust trust = new Trust(firstContact);
        this.links =
                new OwnLinks(
                        trust,
                        new SshConfig(sshConfig),
                        new SshDial(trust, new KeyFiles(passphrases)));
    }

    public Reach(Hosts hosts, FirstContact firstContact, Passphrases passphrases) {
        this(hosts, firstContact, passphrases, Optional.empty());
    }

    /// Connects where needed and says who commands run as.
    ///
    /// @throws NotRun when the host cannot be reached or used
    public Login login(Host host) throws NotRun, InterruptedException {
        return machine(host).login();
    }

    /// Fingerprints of the keys by which `host` is known, sorted; empty for this machine and for a
    /// host that was never met. A connection is only made to a host that shows one of them.
    ///
    /// @throws NotRun when the files with known keys cannot be read
    public String hostKey(Host host) throws NotRun, InterruptedException {
        if (host.isLocal()) {
            return "";
        }
        SshTarget target = targets.get(host);
        if (target == null) {
            target = links.config().resolve(host);
            targets.put(host, target);
        }
        return String.join(" ", links.dial().fingerprints(host, target));
    }

    /// Gives up the connection to `host`: the next command there makes a new one.
    public void renew(Host host) {
        SshHost machine = machines.remove(host.name());
        if (machine != null) {
            machine.close();
        }
    }

    /// How many connections to `host` were made so far.
    public int connectionsMade(Host host) {
        SshHost machine = machines.get(host.name());
        return machine == null ? 0 : machine.dialled();
    }

    Machine machine(Host host) {
        return host.isLocal() ? local : ssh(host);
    }

    private SshHost ssh(Host host) {
        if (!hosts.named(host.name()).filter(host::equals).isPresent()) {
            throw new IllegalArgumentException("not a host of the inventory: " + host.name());
        }
        return machines.computeIfAbsent(
                host.name(), ignored -> new SshHost(host, links, Optional.empty()));
    }

    @Override
    public void close() {
        machines.values().forEach(SshHost::close);
    }

    private final class OwnLinks implements Links {
        private final Trust trust;
        private final SshConfig config;
        private final SshDial dial;

        OwnLinks(Trust trust, SshConfig config, SshDial dial) {
            this.trust = trust;
            this.config = config;
            this.dial = dial;
        }

        @Override
        public Trust trust() {
            return trust;
        }

        @Override
        public SshConfig config() {
            return config;
        }

        @Override
        public SshDial dial() {
            return dial;
        }

        @Override
        public Optional<SshHost> through(Host host, List<String> jumps) throws NotRun {
            if (host.via().isPresent()) {
                return Optional.of(ssh(hosts.named(host.via().get()).orElseThrow()));
            }
            Optional<SshHost> last = Optional.empty();
            StringBuilder way = new StringBuilder();
            for (String jump : jumps) {
                Optional<SshHost> before = last;
                way.append(" > ").append(jump);
                last =
                        Optional.of(
                                machines.computeIfAbsent(
                                        way.toString(),
                                        ignored -> new SshHost(hop(jump), links, before)));
            }
            return last;
        }
    }

    /// A jump host that only `~/.ssh/config` knows, as a host of its own: nothing runs on it.
    private static Host hop(String jump) {
        String rest = jump.startsWith("ssh://") ? jump.substring("ssh://".length()) : jump;
        int at = rest.lastIndexOf('@');
        String user = at < 0 ? "" : rest.substring(0, at);
        String place = rest.substring(at + 1);
        int colon = place.lastIndexOf(':');
        boolean hasPort = colon > 0 && (place.indexOf(':') == colon || place.contains("]:"));
        String address = (hasPort ? place.substring(0, colon) : place).replaceAll("[\\[\\]]", "");
        String name = address.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "-");
        return new Host(
                ("jump-" + name).substring(0, Math.min(63, name.length() + 5)),
                Optional.of(address),
                hasPort
                        ? Optional.of(Integer.valueOf(place.substring(colon + 1)))
                        : Optional.empty(),
                Optional.of(user).filter(word -> !word.isEmpty()),
                Optional.empty(),
                Host.Become.NONE,
                Environment.PROD,
                Set.of(),
                Set.of(),
                false,
                Map.of());
    }
}
