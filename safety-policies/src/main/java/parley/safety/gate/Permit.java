package parley.safety.gate;

import static java.util.Objects.requireNonNull;

import parley.safety.record.Receipt;

import java.util.concurrent.atomic.AtomicBoolean;

/// Leave to run one step once. Only the gate makes one, and only against the receipt of the
/// recorded intent.
public final class Permit {
    private final Step step;
    private final Receipt receipt;
    private final AtomicBoolean used = new AtomicBoolean();

    /// @throws IllegalArgumentException when the receipt is not that of this step's intent
    Permit(Step step, Receipt receipt) {
        this.step = requireNonNull(step, "step is null");
        this.receipt = requireNonNull(receipt, "receipt is null");
        if (!receipt.type().equals("exec.intent") || !receipt.digest().equals(step.digest())) {
            throw new IllegalArgumentException("the receipt is not that of this step's intent");
        }
    }

    /// The step, once.
    ///
    /// @throws IllegalStateException on every further call
    public Step use() {
        if (!used.compareAndSet(false, true)) {
            throw new IllegalStateException("permit already used: entry " + receipt.sequence());
        }
        return step;
    }

    public Receipt receipt() {
        return receipt;
    }
}
