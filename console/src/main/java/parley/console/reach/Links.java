package parley.console.reach;

import parley.tools.Host;

import java.util.List;
import java.util.Optional;

/// What a host needs from its [Reach]: the way to other hosts and the means to connect.
interface Links {
    Trust trust();

    SshConfig config();

    SshDial dial();

    /// The last jump host before `host`; empty when it is reached directly.
    ///
    /// @param jumps ProxyJump's hosts, from the outside in
    Optional<SshHost> through(Host host, List<String> jumps) throws NotRun;
}
