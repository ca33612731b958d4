package parley.tools.diagnosis;

/// How sure a conclusion is.
public enum Confidence {
    /// It was read.
    CONFIRMED,
    /// What was read points to it, and something else could look the same.
    LIKELY,
    /// It could not be looked at, wholly or partly: it may be so.
    NOT_EXCLUDED,
    /// It was looked at in full, and it is not so.
    EXCLUDED
}
