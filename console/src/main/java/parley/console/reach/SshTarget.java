package parley.console.reach;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Where and how SSH connects to a host, after `~/.ssh/config`.
///
/// @param identities private key files, in the order they are tried
/// @param identitiesOnly whether the agent's other keys must not be tried
/// @param agent the agent's socket; empty for none
/// @param knownHosts files with known host keys; new keys go into the first one
/// @param globalKnownHosts further files with known host keys
/// @param hostKeyAlias the name under which its keys are known, where that is not its address
/// @param hashKnownHosts whether new entries hide the host's name
/// @param jumps jump hosts from the outside in, as `[user@]host[:port]`
/// @param proxyCommand a command that would carry the connection; not supported
record SshTarget(
        String hostName,
        int port,
        String user,
        List<Path> identities,
        boolean identitiesOnly,
        Optional<Path> agent,
        List<Path> knownHosts,
        List<Path> globalKnownHosts,
        Optional<String> hostKeyAlias,
        boolean hashKnownHosts,
        List<String> jumps,
        Optional<String> proxyCommand) {
    SshTarget {
        identities = List.copyOf(identities);
        knownHosts = List.copyOf(knownHosts);
        globalKnownHosts = List.copyOf(globalKnownHosts);
        jumps = List.copyOf(jumps);
    }

    /// The name its keys have in known_hosts.
    String knownAs() {
        if (hostKeyAlias.isPresent()) {
            return hostKeyAlias.get();
        }
        String name = hostName.toLowerCase(Locale.ROOT);
        return port == 22 ? name : "[" + name + "]:" + port;
    }

    /// For messages: `ops@10.0.0.1:22`.
    String shown() {
        return user + "@" + hostName + ":" + port;
    }
}
