package parley.safety.record.verify;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// A C2SP signed-note verifier key: `name+hash+base64(0x01 ‖ Ed25519 public key)`.
record VerifierKey(String name, String hash, PublicKey key, String text) {
    private static final int RAW = 32;

    static VerifierKey of(String text) throws Malformed {
        String[] parts = text.split("\\+", 3);
        if (parts.length != 3 || parts[0].isEmpty() || parts[0].matches(".*\\s.*")) {
            throw notOne();
        }
        try {
            byte[] typed = strictBase64(parts[2]);
            if (typed.length != RAW + 1 || typed[0] != 1) {
                throw notOne();
            }
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update((parts[0] + "\n").getBytes(StandardCharsets.UTF_8));
            byte[] id = Arrays.copyOf(sha256.digest(typed), 4);
            if (!HexFormat.of().formatHex(id).equals(parts[1])) {
                throw notOne();
            }
            return new VerifierKey(parts[0], parts[1], publicKey(typed), text);
        } catch (GeneralSecurityException notAPoint) {
            throw notOne();
        }
    }

    /// Ed25519 writes y little-endian, with the sign of x in the topmost bit.
    private static PublicKey publicKey(byte[] typed) throws GeneralSecurityException {
        byte[] big = new byte[RAW];
        for (int index = 0; index < RAW; index++) {
            big[index] = typed[RAW - index];
        }
        boolean odd = (big[0] & 0x80) != 0;
        big[0] &= 0x7F;
        EdECPoint point = new EdECPoint(odd, new BigInteger(1, big));
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
    }

    /// Whether `line` (`— name base64`) is this key's signature of `text`. A line of another key is
    /// not; it may be a witness's.
    ///
    /// @throws Malformed when the line has another form, or names this key and does not verify
    boolean signed(byte[] text, String line) throws Malformed {
        String[] words = line.split(" ", -1);
        if (words.length != 3 || !words[0].equals("—") || words[1].isEmpty()) {
            throw new Malformed("a signature line has a wrong form", "签名行格式不对");
        }
        byte[] signature = strictBase64(words[2]);
        if (signature.length < 5) {
            throw new Malformed("a signature is too short", "签名过短");
        }
        if (!words[1].equals(name) || !HexFormat.of().formatHex(signature, 0, 4).equals(hash)) {
            return false;
        }
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(key);
            ed25519.update(text);
            if (ed25519.verify(signature, 4, signature.length - 4)) {
                return true;
            }
        } catch (GeneralSecurityException wrongLength) {
            throw wrong();
        }
        throw wrong();
    }

    private static byte[] strictBase64(String text) throws Malformed {
        try {
            byte[] decoded = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(decoded).equals(text)) {
                return decoded;
            }
        } catch (IllegalArgumentException notBase64) {
            throw new Malformed("it is not strict base64", "不是规范的 base64");
        }
        throw new Malformed("it is not strict base64", "不是规范的 base64");
    }

    private static Malformed wrong() {
        return new Malformed("its signature is wrong", "签名不正确");
    }

    private static Malformed notOne() {
        return new Malformed(
                "it is not a verifier key (name+hash+base64)", "不是验证公钥（name+hash+base64）");
    }
}
