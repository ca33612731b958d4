package parley.safety.gate;

import parley.safety.record.TestReceipts;

/// Permits for tests of what runs them. The constructor is closed to everyone but the gate's
/// package.
public final class TestPermits {
    private TestPermits() {}

    /// A permit for `step`, as the gate gives it once the intent is recorded.
    public static Permit of(Step step) {
        return new Permit(step, TestReceipts.intent(step.digest()));
    }
}
