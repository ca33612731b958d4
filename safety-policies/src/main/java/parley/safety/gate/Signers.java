package parley.safety.gate;

/// Knows who may sign, and with which key; and which roles people have.
public interface Signers {
    /// Whether `signature` is `person`'s over exactly `statement` in UTF-8, made for approvals.
    boolean signed(String person, String statement, String signature);

    /// The person with the roles that hold now.
    Actor person(String id);
}
