package parley.tools;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A host of the inventory. A host that is not in it cannot be reached.
///
/// @param address where SSH connects to; empty for this machine itself
/// @param via the inventory name of the jump host
/// @param modelAllowed whether its readings may be sent to a model
public record Host(
        String name,
        Optional<String> address,
        Optional<Integer> port,
        Optional<String> user,
        Optional<String> via,
        Become become,
        Environment environment,
        Set<String> groups,
        Set<String> aliases,
        boolean modelAllowed,
        Map<String, String> labels,
        Manages manages) {
    /// What Parley is for on a host: the units and packages that its sudoers file names one by one.
    ///
    /// @param units full names
    public record Manages(Set<String> units, Set<String> packages) {
        /// Nothing in particular.
        public static final Manages ANYTHING = new Manages(Set.of(), Set.of());

        public Manages {
            units = Set.copyOf(units);
            packages = Set.copyOf(packages);
        }
    }

    /// How commands that need root get it.
    public enum Become {
        NONE,
        /// `sudo -n`: never a prompt.
        SUDO,
        /// The person is asked for the sudo password once, in a terminal.
        ASK
    }

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");

    /// A host of which nothing is named.
    public Host(
            String name,
            Optional<String> address,
            Optional<Integer> port,
            Optional<String> user,
            Optional<String> via,
            Become become,
            Environment environment,
            Set<String> groups,
            Set<String> aliases,
            boolean modelAllowed,
            Map<String, String> labels) {
        this(
                name,
                address,
                port,
                user,
                via,
                become,
                environment,
                groups,
                aliases,
                modelAllowed,
                labels,
                Manages.ANYTHING);
    }

    public Host {
        requireNonNull(address, "address is null");
        requireNonNull(port, "port is null");
        requireNonNull(user, "user is null");
        requireNonNull(via, "via is null");
        requireNonNull(become, "become is null");
        requireNonNull(environment, "environment is null");
        groups = Set.copyOf(groups);
        aliases = Set.copyOf(aliases);
        labels = Map.copyOf(labels);
        requireNonNull(manages, "manages is null");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a host's name has lower-case letters, digits, '-' and '.', at most 63: "
                            + name);
        }
        if (address.filter(text -> text.isBlank() || text.startsWith("-")).isPresent()) {
            throw new IllegalArgumentException("not an address: " + address.get());
        }
    }

    /// This machine under the name `localhost`, reached without SSH.
    public static Host local(Become become) {
        return new Host(
                "localhost",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                become,
                Environment.DEV,
                Set.of(),
                Set.of(),
                true,
                Map.of());
    }

    /// Whether commands run on this machine itself, without SSH.
    public boolean isLocal() {
        return address.isEmpty();
    }
}
