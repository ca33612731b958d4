package parley.safety.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/// Long contents, apart from the entries that name them, encrypted with the key of their run.
///
/// An entry names two hashes. `c`, the commitment, is the SHA-256 of 32 random bytes (the salt) and
/// the content: what a content proves itself by once it is read, and from which a short one cannot
/// be guessed. `e` is the SHA-256 of the stored file and its name, so `sha256sum` checks it by hand
/// and without any key. The file holds a nonce of 12 bytes, then salt and content in AES-256-GCM.
final class Bodies {
    static final int SALT = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final Layout layout;
    private final RunKeys keys;
    private final SecureRandom random = new SecureRandom();
    private final Set<Path> folders = new HashSet<>();

    Bodies(Layout layout) {
        this.layout = layout;
        this.keys = new RunKeys(layout);
    }

    RunKeys keys() {
        return keys;
    }

    /// How an entry names a stored content.
    ///
    /// @param commitment `c`
    /// @param file `e`
    record Stored(String commitment, String file, long size) {}

    /// Stores `content` of `run`; it is on disk when this returns.
    Stored store(String run, byte[] content) throws RecordUnavailable {
        byte[] salted = new byte[SALT + content.length];
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        System.arraycopy(salt, 0, salted, 0, SALT);
        System.arraycopy(content, 0, salted, SALT, content.length);
        byte[] sealed = seal(keys.forWriting(run), salted);
        String name = HexFormat.of().formatHex(Canonical.sha256(sealed));
        Path file = layout.body(name);
        try {
            folder(layout.bodyFolder(name));
            Durable.create(file, sealed);
            String commitment = HexFormat.of().formatHex(Canonical.sha256(salted));
            return new Stored(commitment, name, content.length);
        } catch (IOException failure) {
            forget(file);
            throw Refusals.io(file, failure);
        }
    }

    private byte[] seal(SecretKey key, byte[] salted) {
        try {
            byte[] nonce = new byte[NONCE];
            random.nextBytes(nonce);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            byte[] sealed = Arrays.copyOf(nonce, NONCE + cipher.getOutputSize(salted.length));
            cipher.doFinal(salted, 0, salted.length, sealed, NONCE);
            return sealed;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// The folder's own name is on disk before anything is put into it, whoever made it: for all
    /// that are there when this process stores its first content, one forcing sees to it.
    private void folder(Path folder) throws IOException {
        synchronized (folders) {
            if (folders.isEmpty()) {
                try (Stream<Path> listed = Files.list(layout.bodies())) {
                    List<Path> there = listed.toList();
                    Durable.sync(layout.bodies());
                    folders.addAll(there);
                }
            }
            if (!folders.contains(folder)) {
                Durable.certainlyInside(folder);
                folders.add(folder);
            }
        }
    }

    /// What has become of a content of `run`.
    ///
    /// @throws RecordUnavailable when it is not what was stored
    Content read(String run, String commitment, String name) throws RecordUnavailable {
        Path file = layout.body(name);
        return switch (keys.read(run)) {
            case RunKeys.Found.Erased erased -> new Content.Erased(erased.by());
            case RunKeys.Found.Locked locked -> new Content.Locked();
            case RunKeys.Found.Nothing nothing -> new Content.Missing();
            case RunKeys.Found.Key found -> {
                try {
                    yield Durable.isThere(file)
                            ? open(found.key(), commitment, Files.readAllBytes(file))
                            : new Content.Missing();
                } catch (GeneralSecurityException altered) {
                    throw Refusals.of(
                            "the stored content " + file + " was altered; see parley audit verify",
                            "存储的内容 " + file + " 已被改动；请运行 parley audit verify 查看");
                } catch (IOException failure) {
                    throw Refusals.io(file, failure);
                }
            }
        };
    }

    private static Content open(SecretKey key, String commitment, byte[] sealed)
            throws GeneralSecurityException {
        if (sealed.length < NONCE + SALT) {
            throw new GeneralSecurityException("too short");
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE));
        byte[] salted = cipher.doFinal(sealed, NONCE, sealed.length - NONCE);
        if (!HexFormat.of().formatHex(Canonical.sha256(salted)).equals(commitment)) {
            throw new GeneralSecurityException("another content");
        }
        return new Content.Present(
                Arrays.copyOf(salted, SALT), Arrays.copyOfRange(salted, SALT, salted.length));
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
