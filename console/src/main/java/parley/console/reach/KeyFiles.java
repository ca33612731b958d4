package parley.console.reach;

import static java.nio.charset.StandardCharsets.UTF_8;

import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.SSHRuntimeException;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.password.PasswordUtils;

import org.jspecify.annotations.Nullable;

import parley.tools.Bilingual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Private key files, read once and kept in memory, so that a passphrase is asked for once and not
/// for every host.
final class KeyFiles {
    /// What became of a file.
    sealed interface Loaded {}

    record Usable(KeyProvider key) implements Loaded {}

    record Unusable(Bilingual why) implements Loaded {}

    private final Passphrases passphrases;
    private final ReentrantLock asking = new ReentrantLock();
    private final Map<Path, Loaded> loaded = new HashMap<>();

    KeyFiles(Passphrases passphrases) {
        this.passphrases = passphrases;
    }

    /// Asks for a passphrase where one is needed, one question at a time.
    Loaded load(Path file) throws InterruptedException {
        asking.lockInterruptibly();
        try {
            Loaded known = loaded.get(file);
            if (known == null) {
                known = read(file);
                loaded.put(file, known);
            }
            return known;
        } finally {
            asking.unlock();
        }
    }

    private Loaded read(Path file) {
        char @Nullable [] passphrase = null;
        // Only for its knowledge of key formats; it connects nowhere.
        try (SSHClient formats = new SSHClient(new Algorithms())) {
            if (isEncrypted(Files.readString(file, UTF_8))) {
                passphrase = passphrases.passphrase(file).orElse(null);
                if (passphrase == null) {
                    return new Unusable(
                            Bilingual.of("encrypted and not in the agent", "已加密且不在代理中"));
                }
            }
            KeyProvider key =
                    passphrase == null
                            ? formats.loadKeys(file.toString())
                            : formats.loadKeys(
                                    file.toString(), PasswordUtils.createOneOff(passphrase));
            key.getPrivate();
            return new Usable(key);
        } catch (IOException | SSHRuntimeException unreadable) {
            String why = Failures.words(unreadable);
            return new Unusable(Bilingual.of("cannot be read: " + why, "无法读取：" + why));
        } finally {
            if (passphrase != null) {
                PasswordUtils.blankOut(passphrase);
            }
        }
    }

    /// Whether a private key needs a passphrase: PEM says so in words, OpenSSH's own format names
    /// its cipher after a fixed beginning.
    private static boolean isEncrypted(String text) {
        if (!text.contains("BEGIN OPENSSH PRIVATE KEY")) {
            return text.contains("ENCRYPTED");
        }
        String body = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        try {
            byte[] start = Base64.getMimeDecoder().decode(body);
            int cipherAt = "openssh-key-v1".length() + 1 + 4;
            return start.length > cipherAt + 4
                    && !new String(start, cipherAt, 4, UTF_8).equals("none");
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }
}
