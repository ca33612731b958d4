package parley.tools;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;

/// A tool that changes a host. Everything it will run is known before anybody approves it.
public non-sealed interface Change<A extends Record, R extends Record> extends Tool<A, R> {
    /// The exact commands, in order; the first that fails stops the rest.
    List<Argv> commands(A arguments, Platform platform);

    /// Observing calls whose readings the card shows and the gate judges by.
    List<Call<?>> preview(A arguments);

    /// What the preview means: who else is hit, and how grave it is.
    Impact impact(A arguments, List<Observed> preview);

    /// How the change would be taken back, for the card.
    Bilingual undo(A arguments, List<Observed> preview);

    /// The observing call that looks at the object itself afterwards.
    Call<?> check(A arguments);

    /// Whether the change took: exit codes may have vetoed it already, only this proves it.
    Proof proof(A arguments, List<Observed> preview, Observed after);

    /// What the preview says will happen.
    ///
    /// @param objects canonical names of what is changed (`nginx.service`), for policies
    /// @param alsoHit canonical names of what is interrupted with it
    /// @param obstacle why it must not be attempted at all, when the preview shows that it cannot
    ///   work
    record Impact(
            Risk risk,
            Set<String> objects,
            Set<String> alsoHit,
            List<Bilingual> lines,
            List<Bilingual> obstacle) {
        public Impact {
            requireNonNull(risk, "risk is null");
            objects = Set.copyOf(objects);
            alsoHit = Set.copyOf(alsoHit);
            lines = List.copyOf(lines);
            obstacle = List.copyOf(obstacle);
        }
    }

    /// The judgement of the post-check.
    record Proof(boolean succeeded, Bilingual statement) {
        public Proof {
            requireNonNull(statement, "statement is null");
        }
    }
}
