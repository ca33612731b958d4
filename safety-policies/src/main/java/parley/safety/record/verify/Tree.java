package parley.safety.record.verify;

import java.security.MessageDigest;
import java.util.List;

/// An RFC 6962 Merkle tree that forgets what it no longer needs: one hash per level.
///
/// Level n holds the root of a full subtree of 2^n leaves exactly when bit n of the size is set.
final class Tree {
    private final MessageDigest digest;
    private final byte[][] levels = new byte[63][0];
    private long size;

    Tree(MessageDigest digest) {
        this.digest = digest;
    }

    /// Goes on from the right edge of a tree of `leaves`, the largest subtree first.
    ///
    /// @return false when that cannot be its edge
    boolean startAt(long leaves, List<byte[]> edge) {
        if (size != 0 || Long.bitCount(leaves) != edge.size()) {
            return false;
        }
        int next = edge.size();
        for (int level = 0; level < levels.length; level++) {
            if ((leaves >> level & 1) == 1) {
                levels[level] = edge.get(--next);
            }
        }
        size = leaves;
        return true;
    }

    long size() {
        return size;
    }

    /// Adds the leaf of `bytes[from, end)` and returns its hash.
    byte[] add(byte[] bytes, int from, int end) {
        digest.update((byte) 0);
        digest.update(bytes, from, end - from);
        byte[] leaf = digest.digest();
        byte[] carried = leaf;
        int level = 0;
        for (; (size >> level & 1) == 1; level++) {
            carried = parent(levels[level], carried);
        }
        levels[level] = carried;
        size++;
        return leaf;
    }

    /// The root; of the empty tree the hash of nothing.
    byte[] root() {
        byte[] root = size == 0 ? digest.digest() : levels[Long.numberOfTrailingZeros(size)];
        for (int level = Long.numberOfTrailingZeros(size) + 1; level < levels.length; level++) {
            if ((size >> level & 1) == 1) {
                root = parent(levels[level], root);
            }
        }
        return root;
    }

    private byte[] parent(byte[] left, byte[] right) {
        digest.update((byte) 1);
        digest.update(left);
        digest.update(right);
        return digest.digest();
    }
}
