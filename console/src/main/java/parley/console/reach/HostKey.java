package parley.console.reach;

import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;

/// A host's public key as it goes over the wire.
///
/// @param type `ssh-ed25519`, `ssh-rsa`, …
/// @param base64 its bytes, as known_hosts and `.pub` files write them
record HostKey(String type, String base64) {
    static HostKey of(PublicKey key) {
        return new HostKey(
                KeyType.fromKey(key).toString(),
                Base64.getEncoder()
                        .encodeToString(
                                new Buffer.PlainBuffer().putPublicKey(key).getCompactData()));
    }

    String fingerprint() {
        return fingerprint(base64);
    }

    /// As `ssh-keygen -l` shows it.
    static String fingerprint(String base64) {
        byte[] blob = Base64.getDecoder().decode(base64);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(blob);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
