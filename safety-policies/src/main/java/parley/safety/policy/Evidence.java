package parley.safety.policy;

/// What people have done about a step so far. Each rung of the ladder includes the ones below.
public enum Evidence {
    NONE,
    CONFIRMED,
    TYPED,
    SECOND_PERSON;

    /// Whether this much includes `needed`.
    public boolean covers(Evidence needed) {
        return compareTo(needed) >= 0;
    }
}
