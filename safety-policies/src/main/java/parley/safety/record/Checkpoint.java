package parley.safety.record;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A signed statement: "the first `size` entries of this record have this Merkle root" (C2SP
/// tlog-checkpoint).
record Checkpoint(String origin, long size, String root) {
    private static final Pattern NOTE =
            Pattern.compile(
                    "((\\S+)\\n([1-9]\\d{0,15})\\n(\\S{44})\\n)\\n— (\\S+) (\\S+)\\n(?:— \\S+"
                            + " \\S+\\n)*");

    static Checkpoint of(SigningKey key, Frontier frontier) {
        return new Checkpoint(
                key.name(), frontier.size(), Base64.getEncoder().encodeToString(frontier.root()));
    }

    /// The note's text, which is what is signed.
    byte[] text() {
        return (origin + "\n" + size + "\n" + root + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// SHA-256 of the text, in hex: the next entry holds it as `seal`, so that no checkpoint can be
    /// taken away unseen.
    String seal() {
        return HexFormat.of().formatHex(Canonical.sha256(text()));
    }

    /// The note as it is stored: text, empty line, signature, and an empty line to part it from the
    /// next.
    byte[] signed(SigningKey key) {
        byte[] hash = key.hash();
        byte[] signature = key.sign(text());
        byte[] both = Arrays.copyOf(hash, hash.length + signature.length);
        System.arraycopy(signature, 0, both, hash.length, signature.length);
        String line = "\n— " + key.name() + " " + Base64.getEncoder().encodeToString(both) + "\n\n";
        return (new String(text(), StandardCharsets.UTF_8) + line).getBytes(StandardCharsets.UTF_8);
    }

    /// Reads a stored note (without the empty line after it); null when it is not one that `key`
    /// signed.
    static @Nullable Checkpoint read(String note, SigningKey key) {
        Matcher form = NOTE.matcher(note);
        if (!form.matches()
                || !form.group(2).equals(key.name())
                || !form.group(5).equals(key.name())) {
            return null;
        }
        byte[] signed;
        try {
            signed = Base64.getDecoder().decode(form.group(6));
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
        byte[] hash = key.hash();
        if (!Arrays.equals(Arrays.copyOf(signed, hash.length), hash)
                || !key.verifies(
                        form.group(1).getBytes(StandardCharsets.UTF_8),
                        Arrays.copyOfRange(
                                signed, Math.min(hash.length, signed.length), signed.length))) {
            return null;
        }
        return new Checkpoint(form.group(2), Long.parseLong(form.group(3)), form.group(4));
    }
}
