package parley.safety.record;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/// The right edge of an RFC 6962 Merkle tree: enough to add leaves and to tell the root.
///
/// Holds one hash per set bit of the size, the largest subtree first.
final class Frontier {
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest digest = sha256();
    private final List<byte[]> subtrees = new ArrayList<>();
    private long size;

    Frontier() {}

    /// The edge of a tree of `size` leaves.
    ///
    /// @throws IllegalArgumentException when the number of hashes does not fit the size
    Frontier(long size, List<byte[]> subtrees) {
        if (Long.bitCount(size) != subtrees.size()) {
            throw new IllegalArgumentException(
                    subtrees.size() + " subtrees cannot be the edge of " + size + " leaves");
        }
        this.size = size;
        this.subtrees.addAll(subtrees);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    long size() {
        return size;
    }

    List<byte[]> subtrees() {
        return List.copyOf(subtrees);
    }

    /// Told of each full subtree as it comes to be.
    interface Watcher {
        /// @param level it has 2^level leaves
        void complete(int level, byte[] root);
    }

    /// Adds the leaf of a stored line (without its newline) and returns its hash.
    byte[] add(byte[] line) {
        return add(line, (level, root) -> {});
    }

    byte[] add(byte[] line, Watcher watcher) {
        digest.update(LEAF);
        byte[] leaf = digest.digest(line);
        byte[] carried = leaf;
        int level = 0;
        watcher.complete(level, carried);
        for (long bits = size; (bits & 1) == 1; bits >>= 1) {
            carried = node(subtrees.removeLast(), carried);
            level++;
            watcher.complete(level, carried);
        }
        subtrees.add(carried);
        size++;
        return leaf;
    }

    /// The root of the leaves from number `first` on, where a subtree begins.
    byte[] rootFrom(long first) {
        long end = size;
        byte[] root = subtrees.getLast();
        end -= Long.lowestOneBit(end);
        for (int index = subtrees.size() - 2; end > first; index--) {
            root = node(subtrees.get(index), root);
            end -= Long.lowestOneBit(end);
        }
        return root;
    }

    /// The root; of the empty tree the hash of nothing.
    byte[] root() {
        if (subtrees.isEmpty()) {
            return digest.digest();
        }
        byte[] root = subtrees.getLast();
        for (int index = subtrees.size() - 2; index >= 0; index--) {
            root = node(subtrees.get(index), root);
        }
        return root;
    }

    private byte[] node(byte[] left, byte[] right) {
        digest.update(NODE);
        digest.update(left);
        return digest.digest(right);
    }
}
