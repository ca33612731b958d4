package parley.safety.record;

/// Receipts for tests of the gate. The constructor is closed to everyone but the record's package.
public final class TestReceipts {
    private TestReceipts() {}

    /// What the record gives for an entry of this type about the step with this digest.
    public static Receipt of(long sequence, String type, String digest) {
        return new Receipt(sequence, type, "0".repeat(64), digest);
    }

    /// What the record gives for the recorded intent of the step with this digest.
    public static Receipt intent(String digest) {
        return of(1, "exec.intent", digest);
    }
}
