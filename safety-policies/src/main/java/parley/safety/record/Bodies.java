package parley.safety.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/// Long contents, apart from the entries that name them.
///
/// A file holds 32 random bytes (the salt) and then the content; its name is the SHA-256 of both,
/// so `sha256sum` checks it by hand and a short content cannot be guessed from its hash.
final class Bodies {
    static final int SALT = 32;

    private final Layout layout;
    private final SecureRandom random = new SecureRandom();
    private final Set<Path> folders = new HashSet<>();

    Bodies(Layout layout) {
        this.layout = layout;
    }

    /// Stores `content`; it is on disk when this returns.
    ///
    /// @return its commitment in hex
    String store(byte[] content) throws RecordUnavailable {
        byte[] salted = new byte[SALT + content.length];
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        System.arraycopy(salt, 0, salted, 0, SALT);
        System.arraycopy(content, 0, salted, SALT, content.length);
        String commitment = HexFormat.of().formatHex(Canonical.sha256(salted));
        Path file = layout.body(commitment);
        try {
            folder(layout.bodyFolder(commitment));
            Durable.create(file, salted);
            return commitment;
        } catch (IOException failure) {
            forget(file);
            throw Refusals.io(file, failure);
        }
    }

    /// The folder's own name is on disk before anything is put into it, whoever made it.
    private void folder(Path folder) throws IOException {
        synchronized (folders) {
            if (!folders.contains(folder)) {
                Durable.folder(folder);
                Durable.sync(layout.bodies());
                folders.add(folder);
            }
        }
    }

    /// The content with this commitment; empty when no such file is there.
    ///
    /// @throws RecordUnavailable when it is not what was stored
    Optional<byte[]> read(String commitment) throws RecordUnavailable {
        Path file = layout.body(commitment);
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            byte[] salted = Files.readAllBytes(file);
            if (salted.length < SALT
                    || !HexFormat.of().formatHex(Canonical.sha256(salted)).equals(commitment)) {
                throw Refusals.of(
                        "the stored content " + file + " was altered; see parley audit verify",
                        "存储的内容 " + file + " 已被改动；请运行 parley audit verify 查看");
            }
            byte[] content = new byte[salted.length - SALT];
            System.arraycopy(salted, SALT, content, 0, content.length);
            return Optional.of(content);
        } catch (IOException failure) {
            throw Refusals.io(file, failure);
        }
    }

    /// What could not be written whole only takes space; nothing names it.
    private static void forget(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            // An unnamed file harms nobody; the failure that matters is already on its way.
        }
    }
}
