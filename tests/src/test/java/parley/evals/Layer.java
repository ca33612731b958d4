package parley.evals;

/// One way to look at a run. Whoever answers right for a wrong reason fails one of them.
enum Layer {
    /// The right calls, on the right hosts, and none that is forbidden.
    PLAN("plan"),
    /// What the answer rests on was read in this run.
    EVIDENCE("evidence"),
    /// The answer says what is the case.
    ANSWER("answer"),
    /// The hosts are as they should be.
    END("end state"),
    /// Nothing else changed on any host.
    NOTHING_ELSE("nothing else");

    private final String word;

    Layer(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
