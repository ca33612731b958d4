package parley.safety.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/// The Ed25519 key of a record and its public form, the C2SP verifier key `name+hash+base64`.
///
/// @param name the record's name, which is in every entry and checkpoint
/// @param verifierKey what an auditor pins
record SigningKey(String name, String verifierKey, PublicKey publicKey, PrivateKey privateKey) {
    private static final byte ED25519 = 1;
    private static final int RAW = 32;
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----\n";
    private static final String END = "-----END PRIVATE KEY-----\n";

    /// Makes the key of a new record. The file `origin`, written last, says that it is complete.
    static SigningKey create(Layout layout) throws IOException {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            Base64.Encoder mime = Base64.getMimeEncoder(64, new byte[] {'\n'});
            String pem = BEGIN + mime.encodeToString(pair.getPrivate().getEncoded()) + "\n" + END;
            Durable.replace(layout.signingKey(), pem.getBytes(StandardCharsets.US_ASCII));
            String name = newName();
            String verifierKey = verifierKey(name, raw(pair.getPublic()));
            Durable.replace(layout.origin(), (verifierKey + "\n").getBytes(StandardCharsets.UTF_8));
            return new SigningKey(name, verifierKey, pair.getPublic(), pair.getPrivate());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Reads key and origin and checks that they belong together.
    static SigningKey load(Layout layout) throws RecordUnavailable {
        try {
            String origin = Files.readString(layout.origin());
            String verifierKey = origin.strip();
            String[] parts = verifierKey.split("\\+", 3);
            if (!origin.equals(verifierKey + "\n") || parts.length != 3) {
                throw damagedOrigin(layout);
            }
            byte[] typed = Base64.getDecoder().decode(parts[2]);
            byte[] raw = Arrays.copyOfRange(typed, 1, typed.length);
            if (typed.length != RAW + 1 || !verifierKey.equals(verifierKey(parts[0], raw))) {
                throw damagedOrigin(layout);
            }
            PublicKey publicKey =
                    KeyFactory.getInstance("Ed25519")
                            .generatePublic(new X509EncodedKeySpec(join(X509_PREFIX, raw)));
            SigningKey key = new SigningKey(parts[0], verifierKey, publicKey, readPrivate(layout));
            byte[] probe = "parley".getBytes(StandardCharsets.US_ASCII);
            if (!key.verifies(probe, key.sign(probe))) {
                throw foreignKey(layout, null);
            }
            return key;
        } catch (IllegalArgumentException unreadable) {
            throw damagedOrigin(layout);
        } catch (GeneralSecurityException unreadable) {
            throw foreignKey(layout, unreadable);
        } catch (IOException failure) {
            throw Refusals.io(layout.origin(), failure);
        }
    }

    byte[] sign(byte[] text) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(privateKey);
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    boolean verifies(byte[] text, byte[] signed) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(publicKey);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    /// The four bytes that stand before every signature of this key.
    byte[] hash() {
        return hash(name, raw(publicKey));
    }

    private static String newName() {
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        String host;
        try {
            host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException | UncheckedIOException unknown) {
            host = "";
        }
        String plain = host.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "-");
        return "parley/"
                + (plain.isEmpty() ? "unnamed" : plain)
                + "/"
                + HexFormat.of().formatHex(random);
    }

    private static PrivateKey readPrivate(Layout layout)
            throws IOException, GeneralSecurityException {
        String pem = Files.readString(layout.signingKey(), StandardCharsets.US_ASCII);
        String inner = pem.replace(BEGIN, "").replace(END, "").replace("\n", "");
        return KeyFactory.getInstance("Ed25519")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(inner)));
    }

    private static String verifierKey(String name, byte[] raw) {
        return name
                + "+"
                + HexFormat.of().formatHex(hash(name, raw))
                + "+"
                + Base64.getEncoder().encodeToString(join(new byte[] {ED25519}, raw));
    }

    private static byte[] hash(String name, byte[] raw) {
        byte[] named = join((name + "\n").getBytes(StandardCharsets.UTF_8), new byte[] {ED25519});
        return Arrays.copyOf(Canonical.sha256(join(named, raw)), 4);
    }

    private static byte[] raw(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - RAW, encoded.length);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static RecordUnavailable damagedOrigin(Layout layout) {
        return Refusals.damaged(
                layout.origin().toString(), "it does not hold a verifier key", "其中不是有效的验证公钥");
    }

    private static RecordUnavailable foreignKey(
            Layout layout, @org.jspecify.annotations.Nullable Exception cause) {
        return Refusals.of(
                "the signing key "
                        + layout.signingKey()
                        + " is unreadable or not the one of this record: restore it from a backup,"
                        + " or move the folder aside to begin a new record",
                "签名密钥 " + layout.signingKey() + " 无法读取，或不属于这份记录：请从备份恢复，或把该目录移走以开始新的记录",
                cause);
    }
}
