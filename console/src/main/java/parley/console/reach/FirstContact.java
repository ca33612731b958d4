package parley.console.reach;

import parley.tools.Host;

/// Asks a person whether a host that was never seen before is the one it should be.
@FunctionalInterface
public interface FirstContact {
    /// Nobody is there to ask: no unknown host is trusted.
    FirstContact NOBODY = (host, keyType, fingerprint) -> false;

    /// Called at most once for a host and key in the life of a [Reach], one question at a time. Yes
    /// writes the key into the user's known_hosts file.
    ///
    /// @param keyType `ssh-ed25519`, `ssh-rsa`, …
    /// @param fingerprintSha256 as `ssh-keygen -l` shows it: `SHA256:…`
    boolean trust(Host host, String keyType, String fingerprintSha256);
}
