package parley.safety.record.verify;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Opens contents where the keys of the record are at hand, to see that they say what was recorded.
///
/// A copy without keys is checked by the hashes of the stored bytes alone.
final class Contents {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final Path keys;
    private final MessageDigest sha256;
    private final @Nullable SecretKey wrapping;
    private String run = "";
    private @Nullable Key known;

    /// What came of opening one.
    enum State {
        RIGHT,
        WRONG,
        /// The key is destroyed, and says so.
        ERASED,
        /// There is no key of this run.
        NO_KEY,
        /// There are no keys at all here.
        LOCKED
    }

    private record Key(State state, @Nullable SecretKey key) {}

    Contents(Path keys, MessageDigest sha256) throws IOException {
        this.keys = keys;
        this.sha256 = sha256;
        Path file = keys.resolve("wrapping.key");
        this.wrapping = Files.isReadable(file) ? secret(Files.readString(file).strip()) : null;
    }

    private static @Nullable SecretKey secret(String hex) {
        try {
            return new SecretKeySpec(HexFormat.of().parseHex(hex), "AES");
        } catch (IllegalArgumentException notAKey) {
            return null;
        }
    }

    /// Whether `stored`, a content of `run`, says what `commitment` commits to.
    State open(String run, byte[] stored, String commitment) throws IOException {
        Key key = key(run);
        SecretKey secret = key.key();
        if (secret == null) {
            return key.state();
        }
        if (stored.length < NONCE) {
            return State.WRONG;
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    secret,
                    new GCMParameterSpec(TAG_BITS, Arrays.copyOf(stored, NONCE)));
            byte[] salted = cipher.doFinal(stored, NONCE, stored.length - NONCE);
            String said = HexFormat.of().formatHex(sha256.digest(salted));
            return said.equals(commitment) ? State.RIGHT : State.WRONG;
        } catch (GeneralSecurityException altered) {
            return State.WRONG;
        }
    }

    /// Whether the key of `run` is there now.
    boolean hasKey(String wanted) throws IOException {
        return read(wanted).key() != null;
    }

    /// The key of `run`; most often that of the entry before.
    private Key key(String wanted) throws IOException {
        Key before = known;
        if (before == null || !wanted.equals(run)) {
            before = read(wanted);
            known = before;
            run = wanted;
        }
        return before;
    }

    private Key read(String wanted) throws IOException {
        if (wrapping == null) {
            return new Key(State.LOCKED, null);
        }
        byte[] name = sha256.digest(wanted.getBytes(StandardCharsets.UTF_8));
        Path file = keys.resolve("run").resolve(HexFormat.of().formatHex(name));
        if (!Files.exists(file)) {
            return new Key(State.NO_KEY, null);
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        if (text.startsWith("erased ")) {
            return new Key(State.ERASED, null);
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/KW/NoPadding");
            cipher.init(Cipher.UNWRAP_MODE, wrapping);
            byte[] wrapped = HexFormat.of().parseHex(text);
            return new Key(
                    State.RIGHT, (SecretKey) cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY));
        } catch (IllegalArgumentException | GeneralSecurityException destroyed) {
            return new Key(State.NO_KEY, null);
        }
    }
}
