package parley.tools;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Every host there is, by name, alias, address and group. Names compare without regard to case.
public final class Hosts {
    private final TreeMap<String, Host> byName = new TreeMap<>();
    private final Map<String, Host> byAnyName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, SortedSet<String>> groups =
            new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /// @throws IllegalArgumentException when a name, alias or address stands for two hosts
    public Hosts(Collection<Host> hosts) {
        hosts.forEach(this::add);
    }

    private void add(Host host) {
        byName.put(host.name(), host);
        List<String> names = new ArrayList<>(host.aliases());
        names.add(host.name());
        host.address().ifPresent(names::add);
        for (String name : new TreeSet<>(names)) {
            Host other = byAnyName.put(name, host);
            if (other != null) {
                throw new IllegalArgumentException(
                        "\""
                                + name
                                + "\" stands for two hosts: "
                                + other.name()
                                + " and "
                                + host.name());
            }
        }
        for (String group : host.groups()) {
            groups.computeIfAbsent(group, ignored -> new TreeSet<>()).add(host.name());
        }
    }

    /// The hosts in the order of their names.
    public List<Host> all() {
        return List.copyOf(byName.values());
    }

    public SortedSet<String> groups() {
        return new TreeSet<>(groups.keySet());
    }

    /// The host with this name, alias or address.
    public Optional<Host> find(String name) {
        return Optional.ofNullable(byAnyName.get(name));
    }

    /// The host with exactly this inventory name.
    public Optional<Host> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /// The names of the hosts in `group`, sorted; empty when there is no such group.
    public SortedSet<String> inGroup(String group) {
        return new TreeSet<>(groups.getOrDefault(group, new TreeSet<>()));
    }

    public int size() {
        return byName.size();
    }
}
