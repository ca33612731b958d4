package parley.safety.gate;

import java.util.Collection;
import java.util.Locale;

/// Where an argument came from, most trusted first. Computed by the gate, never by a model.
///
/// A host's output is trusted least: a model's own words may be a mistake, words that a host
/// printed may be somebody's plan.
public enum Provenance {
    /// A whole word of what the operator typed.
    OPERATOR,
    /// A name, alias, address or group of the inventory.
    INVENTORY,
    /// A default or a word of a closed set of the catalogue.
    CONSTANT,
    /// None of the others: a model made it.
    MODEL,
    /// It stands in something a host printed.
    OUTPUT;

    /// The word of the policies: `operator`, `inventory`, …
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The less trusted of the two.
    public Provenance join(Provenance other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /// The least trusted of all; `CONSTANT` for none.
    public static Provenance join(Collection<Provenance> all) {
        return all.stream().reduce(Provenance::join).orElse(CONSTANT);
    }
}
