package parley.console.reach;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The first field of a known_hosts entry: patterns with `*`, `?` and `!`, or one hashed name. A
/// name matches when a pattern does and no pattern with `!` does.
final class HostPatterns {
    private static final String HASHED = "|1|";

    private final List<Pattern> wanted = new ArrayList<>();
    private final List<Pattern> refused = new ArrayList<>();
    private byte[] salt = {};
    private byte[] hash = {};

    private HostPatterns() {}

    /// @throws IllegalArgumentException when a hashed name is not well formed
    static HostPatterns parse(String field) {
        HostPatterns patterns = new HostPatterns();
        if (field.startsWith(HASHED)) {
            String[] parts = field.substring(HASHED.length()).split("\\|", -1);
            if (parts.length != 2) {
                throw new IllegalArgumentException("not a hashed name: " + field);
            }
            patterns.salt = Base64.getDecoder().decode(parts[0]);
            patterns.hash = Base64.getDecoder().decode(parts[1]);
            return patterns;
        }
        for (String pattern : field.split(",")) {
            if (pattern.startsWith("!")) {
                patterns.refused.add(glob(pattern.substring(1)));
            } else {
                patterns.wanted.add(glob(pattern));
            }
        }
        return patterns;
    }

    private static Pattern glob(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int at = 0; at < pattern.length(); at++) {
            char here = pattern.charAt(at);
            regex.append(
                    switch (here) {
                        case '*' -> ".*";
                        case '?' -> ".";
                        default -> Pattern.quote(String.valueOf(here));
                    });
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE);
    }

    boolean match(String name) {
        if (hash.length > 0) {
            return MessageDigest.isEqual(hash, hmac(salt, name));
        }
        return wanted.stream().anyMatch(pattern -> pattern.matcher(name).matches())
                && refused.stream().noneMatch(pattern -> pattern.matcher(name).matches());
    }

    /// `name` as it stands in a file that hides names.
    static String hash(String name) {
        byte[] salt = new byte[20];
        new SecureRandom().nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder();
        return HASHED + base64.encodeToString(salt) + "|" + base64.encodeToString(hmac(salt, name));
    }

    // SHA-1 is the format's; it hides names, it proves nothing.
    private static byte[] hmac(byte[] salt, String name) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(salt.length == 0 ? new byte[1] : salt, "HmacSHA1"));
            return mac.doFinal(name.getBytes(UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
