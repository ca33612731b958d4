package parley.console.reach;

import parley.tools.Host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// Decides about host keys that are not on file: a new one is asked about once, a changed one
/// blocks the host for the life of the process.
final class Trust {
    private final FirstContact firstContact;
    private final ReentrantLock asking = new ReentrantLock();
    private final Set<String> declined = new HashSet<>();
    private final Map<String, NotRun> blocked = new ConcurrentHashMap<>();

    Trust(FirstContact firstContact) {
        this.firstContact = firstContact;
    }

    /// @throws NotRun when the host showed a wrong key before
    void mustNotBeBlocked(Host host) throws NotRun {
        NotRun before = blocked.get(host.name());
        if (before != null) {
            throw new NotRun(before.kind(), before.why(), before);
        }
    }

    /// Returns when the key is on file now.
    void decide(Host host, SshTarget target, HostKeyCheck.Seen seen)
            throws NotRun, InterruptedException {
        HostKey key = seen.key();
        switch (seen.judgement()) {
            case KnownHosts.Judgement.Trusted ignored -> {}
            case KnownHosts.Judgement.Changed(Path file, int line, String old) ->
                    throw block(
                            host,
                            Failures.keyChanged(
                                    host, target, key.type(), key.fingerprint(), file, line, old));
            case KnownHosts.Judgement.Revoked(Path file, int line) ->
                    throw block(
                            host,
                            Failures.keyRevoked(host, key.type(), key.fingerprint(), file, line));
            case KnownHosts.Judgement.Unknown ignored -> ask(host, target, key);
        }
    }

    private NotRun block(Host host, NotRun why) {
        blocked.put(host.name(), why);
        return why;
    }

    /// One question at a time, so that two hosts never talk into each other's question.
    private void ask(Host host, SshTarget target, HostKey key) throws NotRun, InterruptedException {
        String question = target.knownAs() + " " + key.fingerprint();
        asking.lockInterruptibly();
        try {
            if (declined.contains(question)
                    || !firstContact.trust(host, key.type(), key.fingerprint())) {
                declined.add(question);
                throw Failures.keyUnknown(host, target, key.type(), key.fingerprint());
            }
            if (!target.knownHosts().isEmpty()) {
                KnownHosts.append(
                        target.knownHosts().getFirst(),
                        target.knownAs(),
                        target.hashKnownHosts(),
                        key);
            }
        } catch (IOException failure) {
            throw Failures.unreachable(host, target, failure);
        } finally {
            asking.unlock();
        }
    }
}
