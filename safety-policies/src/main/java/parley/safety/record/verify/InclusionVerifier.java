package parley.safety.record.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// Checks a proof that one entry stands in a record, from the proof and a key alone (RFC 9162,
/// section 2.1.3.2).
public final class InclusionVerifier {
    private static final String HEADER = "c2sp.org/tlog-proof@v1";

    private InclusionVerifier() {}

    /// What a proof shows.
    ///
    /// @param line the entry
    /// @param index its number
    /// @param size how many entries the signed checkpoint speaks of
    public record Proved(String line, long index, long size) {}

    /// @param key the verifier key the auditor trusts
    /// @throws IllegalArgumentException when the proof does not hold, saying why
    public static Proved verify(String proof, String key) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            int gap = proof.indexOf("\n\n");
            if (gap < 0) {
                throw new Malformed("it is not a proof", "不是证明");
            }
            List<String> lines = Arrays.asList(proof.substring(0, gap).split("\n", -1));
            if (lines.size() < 3
                    || !lines.get(0).equals(HEADER)
                    || !lines.get(1).startsWith("extra ")
                    || !lines.get(2).matches("index (0|[1-9][0-9]{0,15})")) {
                throw new Malformed("it is not a proof", "不是证明");
            }
            byte[] line = bytes(lines.get(1).substring("extra ".length()));
            long index = Long.parseLong(lines.get(2).substring("index ".length()));
            VerifierKey trusted = VerifierKey.of(key);
            Note note = Note.verified(proof.substring(gap + 2).getBytes(UTF_8), 1, trusted, sha256);
            byte[] root = root(line, index, note.size(), lines.subList(3, lines.size()), sha256);
            if (!Base64.getEncoder().encodeToString(root).equals(note.root())) {
                throw new Malformed("the entry is not in the signed tree", "该条目不在签名的树中");
            }
            CanonicalParser.object(line, 0, line.length);
            return new Proved(new String(line, UTF_8), index, note.size());
        } catch (Malformed wrong) {
            throw new IllegalArgumentException(wrong.why().en(), wrong);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] root(
            byte[] line, long index, long size, List<String> path, MessageDigest sha256)
            throws Malformed {
        if (index >= size) {
            throw new Malformed("it is newer than the checkpoint", "它比检查点更新");
        }
        sha256.update((byte) 0);
        byte[] root = sha256.digest(line);
        long first = index;
        long last = size - 1;
        for (String hash : path) {
            byte[] beside = bytes(hash);
            if (beside.length != 32 || last == 0) {
                throw new Malformed("it has hashes too many", "多余的哈希");
            }
            if ((first & 1) == 1 || first == last) {
                root = node(sha256, beside, root);
                while ((first & 1) == 0 && first != 0) {
                    first >>= 1;
                    last >>= 1;
                }
            } else {
                root = node(sha256, root, beside);
            }
            first >>= 1;
            last >>= 1;
        }
        if (last != 0) {
            throw new Malformed("it has too few hashes", "哈希不足");
        }
        return root;
    }

    private static byte[] node(MessageDigest sha256, byte[] left, byte[] right) {
        sha256.update((byte) 1);
        sha256.update(left);
        return sha256.digest(right);
    }

    private static byte[] bytes(String base64) throws Malformed {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            // Only one spelling: a changed last character must not pass unseen.
            if (Base64.getEncoder().encodeToString(bytes).equals(base64)) {
                return bytes;
            }
        } catch (IllegalArgumentException notBase64) {
            throw new Malformed("it is not strict base64", "不是规范的 base64");
        }
        throw new Malformed("it is not strict base64", "不是规范的 base64");
    }
}
