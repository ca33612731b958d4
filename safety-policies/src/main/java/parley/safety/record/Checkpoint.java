package parley.safety.record;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A signed statement: "the first `size` entries of this record have this Merkle root" (C2SP
/// tlog-checkpoint).
///
/// @param signature key hash and Ed25519 signature, in hex
record Checkpoint(String origin, long size, String root, String signature) {
    private static final Pattern NOTE =
            Pattern.compile(
                    "(\\S+)\\n([1-9]\\d{0,15})\\n(\\S{44})\\n\\n— (\\S+) (\\S+)\\n(?:— \\S+"
                            + " \\S+\\n)*");

    /// Signs the root of `frontier`.
    static Checkpoint sign(SigningKey key, Frontier frontier) {
        String root = root(frontier);
        byte[] text = textOf(key.name(), frontier.size(), root).getBytes(StandardCharsets.UTF_8);
        HexFormat hex = HexFormat.of();
        return new Checkpoint(
                key.name(),
                frontier.size(),
                root,
                hex.formatHex(key.hash()) + hex.formatHex(key.sign(text)));
    }

    static String root(Frontier frontier) {
        return Base64.getEncoder().encodeToString(frontier.root());
    }

    private static String textOf(String origin, long size, String root) {
        return origin + "\n" + size + "\n" + root + "\n";
    }

    /// The note's text, which is what is signed.
    byte[] text() {
        return textOf(origin, size, root).getBytes(StandardCharsets.UTF_8);
    }

    /// SHA-256 of the text, in hex: the next entry holds it as `seal`, so that no checkpoint can be
    /// taken away unseen.
    String seal() {
        return HexFormat.of().formatHex(Canonical.sha256(text()));
    }

    /// The note as it is stored: text, empty line, signature, and an empty line to part it from the
    /// next.
    byte[] stored() {
        byte[] both = HexFormat.of().parseHex(signature);
        String line = "\n— " + origin + " " + Base64.getEncoder().encodeToString(both) + "\n\n";
        return (textOf(origin, size, root) + line).getBytes(StandardCharsets.UTF_8);
    }

    /// Reads a stored note (without the empty line after it); null when it is not a checkpoint of
    /// this record. The signature is checked by [#isSignedBy].
    static @Nullable Checkpoint read(String note, String origin) {
        Matcher form = NOTE.matcher(note);
        if (!form.matches() || !form.group(1).equals(origin) || !form.group(4).equals(origin)) {
            return null;
        }
        try {
            return new Checkpoint(
                    origin,
                    Long.parseLong(form.group(2)),
                    form.group(3),
                    HexFormat.of().formatHex(Base64.getDecoder().decode(form.group(5))));
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    boolean isSignedBy(SigningKey key) {
        String hash = HexFormat.of().formatHex(key.hash());
        return signature.startsWith(hash)
                && key.verifies(
                        text(), HexFormat.of().parseHex(signature.substring(hash.length())));
    }
}
