package parley.safety.gate;

/// Where an argument came from, most trusted first. Computed by the gate, never by a model.
public enum Provenance {
    /// A whole word of what the operator typed.
    OPERATOR,
    /// A name, alias, address or group of the inventory.
    INVENTORY,
    /// A default or a word of a closed set of the catalogue.
    CONSTANT,
    /// It stands in something a host printed.
    OUTPUT,
    /// None of these: a model made it.
    MODEL
}
