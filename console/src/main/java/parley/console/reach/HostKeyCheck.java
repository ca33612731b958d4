package parley.console.reach;

import net.schmizz.sshj.transport.verification.HostKeyVerifier;

import org.jspecify.annotations.Nullable;

import java.security.PublicKey;
import java.util.List;

/// Lets a connection go on only when the host shows a key that is on file, and keeps what it
/// showed. Never asks: a question would hold up the key exchange; [SshDial] asks and dials again.
final class HostKeyCheck implements HostKeyVerifier {
    /// The key a host showed and what the files say about it.
    record Seen(HostKey key, KnownHosts.Judgement judgement) {}

    private final KnownHosts known;
    private final String name;
    private volatile @Nullable Seen seen;

    HostKeyCheck(KnownHosts known, String name) {
        this.known = known;
        this.name = name;
    }

    @Override
    public boolean verify(String hostname, int port, PublicKey key) {
        HostKey shown = HostKey.of(key);
        KnownHosts.Judgement judgement = known.judge(name, shown);
        seen = new Seen(shown, judgement);
        return judgement instanceof KnownHosts.Judgement.Trusted;
    }

    @Override
    public List<String> findExistingAlgorithms(String hostname, int port) {
        return known.algorithms(name);
    }

    /// Null when the connection failed before the host showed a key.
    @Nullable Seen seen() {
        return seen;
    }
}
