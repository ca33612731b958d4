package parley.safety.record;

import static java.util.Objects.requireNonNull;

/// Proof that an entry is on disk. Only the record makes one, after the data was forced out.
public final class Receipt {
    private final long sequence;
    private final String type;
    private final String hash;
    private final String digest;

    /// @param digest the digest of the step the entry is about; empty when it is about none
    Receipt(long sequence, String type, String hash, String digest) {
        this.sequence = sequence;
        this.type = requireNonNull(type, "type is null");
        this.hash = requireNonNull(hash, "hash is null");
        this.digest = requireNonNull(digest, "digest is null");
    }

    /// The entry's place in the record, the first being 0.
    public long sequence() {
        return sequence;
    }

    /// The entry's type: `exec.intent`.
    public String type() {
        return type;
    }

    /// The leaf hash of the entry, in hex.
    public String hash() {
        return hash;
    }

    public String digest() {
        return digest;
    }
}
