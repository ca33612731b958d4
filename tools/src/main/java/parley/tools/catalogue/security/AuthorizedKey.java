package parley.tools.catalogue.security;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A key that lets its holder log in: a line of an `authorized_keys` file.
///
/// @param fingerprint as `ssh-keygen -l` shows it: `SHA256:…`
/// @param bits the size of an RSA key; 0 for other kinds
/// @param restricted whether the line limits what the key may do: a command, an address, `restrict`
public record AuthorizedKey(
        @Means(en = "type", zh = "类型") String type,
        @Means(en = "bits", zh = "位数") long bits,
        @Means(en = "fingerprint", zh = "指纹") String fingerprint,
        @Means(en = "comment", zh = "备注") HostText comment,
        @Means(en = "restricted", zh = "受限") boolean restricted) {
    private static final Pattern KEY =
            Pattern.compile(
                    "(?:(.{1,2000}?)\\s+)?((?:ssh|ecdsa|sk)-[\\w@.-]{1,60})"
                            + " ([A-Za-z0-9+/]{20,4000}={0,2})(?:\\s+(.{0,400}))?");

    public AuthorizedKey {
        requireNonNull(type, "type is null");
        requireNonNull(fingerprint, "fingerprint is null");
        requireNonNull(comment, "comment is null");
    }

    /// The key of one line; empty when it is none.
    static Optional<AuthorizedKey> of(String line) {
        Matcher row = KEY.matcher(line.strip());
        if (!row.matches()) {
            return Optional.empty();
        }
        try {
            byte[] blob = Base64.getDecoder().decode(row.group(3));
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob);
            return Optional.of(
                    new AuthorizedKey(
                            row.group(2),
                            row.group(2).equals("ssh-rsa") ? rsaBits(blob) : 0,
                            "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest),
                            new HostText(row.group(4) == null ? "" : row.group(4)),
                            row.group(1) != null));
        } catch (GeneralSecurityException | IllegalArgumentException noKey) {
            return Optional.empty();
        }
    }

    /// The length of the modulus, the third field of the key; 0 when it has none.
    private static long rsaBits(byte[] blob) {
        ByteBuffer buffer = ByteBuffer.wrap(blob);
        byte[] field = {};
        for (int number = 0; number < 3; number++) {
            if (buffer.remaining() < 4) {
                return 0;
            }
            int length = buffer.getInt();
            if (length < 0 || length > buffer.remaining()) {
                return 0;
            }
            field = new byte[length];
            buffer.get(field);
            boolean isType =
                    number == 0 && new String(field, StandardCharsets.US_ASCII).equals("ssh-rsa");
            if (number == 0 && !isType) {
                return 0;
            }
        }
        return new BigInteger(1, field).bitLength();
    }

    /// Whether it is of a kind or size that is no longer safe.
    boolean isWeak() {
        return type.equals("ssh-dss") || (type.equals("ssh-rsa") && bits < 2048);
    }
}
