package parley.safety.policy;

/// The policies in force at this moment. Whoever judges asks again each time: a file that was
/// changed between an approval and its execution must be noticed.
public interface PolicySource {
    /// @throws PolicyError when what stands in the files now cannot be used; then nothing is
    ///   permitted
    Policies current() throws PolicyError;
}
