package parley.prompts.plan;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

import parley.tools.Bilingual;

import java.util.List;

/// A model could not be used for this request. The embedded planner can.
public final class PlannerFailed extends Exception {
    private final transient Bilingual why;
    private final transient List<Planned.Exchange> exchanges;

    /// @param exchanges what was said before it failed, for the record
    public PlannerFailed(
            Bilingual why, List<Planned.Exchange> exchanges, @Nullable Throwable cause) {
        super(why.en(), cause);
        this.why = requireNonNull(why, "why is null");
        this.exchanges = List.copyOf(exchanges);
    }

    public Bilingual why() {
        return why;
    }

    public List<Planned.Exchange> exchanges() {
        return exchanges;
    }
}
