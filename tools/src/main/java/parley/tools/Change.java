package parley.tools;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A tool that changes a host. Everything it will run is known before anybody approves it.
///
/// Its way on one host: [#preview] is read, [#impact] says what that means, [#commands] are judged
/// and approved, [#again] is read once more and [#drift] compares, the commands run, [#following]
/// waits where the work goes on by itself, and [#checks] prove what came of it.
public non-sealed interface Change<A extends Record, R extends Record> extends Tool<A, R> {
    /// Observing calls whose readings the card shows, the gate judges by and the commands may
    /// depend on.
    List<Call<?>> preview(A arguments);

    /// What the preview means: who else is hit, and how grave it is.
    Impact impact(A arguments, Preview preview);

    /// Why nothing has to be done here, when the preview shows that it is so already; empty when
    /// something has to. Then nothing is asked and nothing runs, and that is a success.
    default Optional<Bilingual> already(A arguments, Preview preview) {
        return Optional.empty();
    }

    /// The exact commands, in order; the first that fails stops the rest. Empty only while the
    /// preview that they depend on has not been read.
    List<Argv> commands(A arguments, Preview preview);

    /// The preview calls that are read again right before the commands run; none where a moment's
    /// age does not matter.
    default List<Call<?>> again(A arguments) {
        return List.of();
    }

    /// How what was approved differs from what is so now; empty when it still holds.
    ///
    /// @param now what the calls of [#again] read
    default Optional<Bilingual> drift(A arguments, Preview approved, List<Observed> now) {
        return Optional.empty();
    }

    /// How the work is followed that the commands only start; empty when it is over with them.
    default Optional<Following> following(A arguments) {
        return Optional.empty();
    }

    /// How the change would be taken back, and whether that is possible now.
    Undo undo(A arguments, Preview preview);

    /// Whether the checks go over a new connection: where the change can cut the way to the host,
    /// an old connection that still works proves nothing.
    default boolean checksAnew() {
        return false;
    }

    /// The observing calls that look at the objects themselves afterwards; at least one.
    List<Call<?>> checks(A arguments, Preview preview);

    /// Whether the change took: exit codes may have vetoed it already, only this proves it.
    ///
    /// @param after what the [#checks] read, and before them the last look of [#following]
    Proof proof(A arguments, Preview preview, List<Observed> after);

    /// Reads every line of every capture, or refuses.
    ///
    /// @throws Unreadable naming the first line that does not have the expected form
    Reading<R> read(A arguments, Platform platform, List<Capture> captures) throws Unreadable;

    /// What the preview says will happen.
    ///
    /// @param objects canonical names of what is changed (`nginx.service`), for policies
    /// @param alsoHit canonical names of what is interrupted with it
    /// @param removed canonical names of what will be gone, for policies
    /// @param obstacle why it must not be attempted at all, when the preview shows that it cannot
    ///   work
    record Impact(
            Risk risk,
            Set<String> objects,
            Set<String> alsoHit,
            Set<String> removed,
            List<Bilingual> lines,
            List<Bilingual> obstacle) {
        public Impact {
            requireNonNull(risk, "risk is null");
            objects = Set.copyOf(objects);
            alsoHit = Set.copyOf(alsoHit);
            removed = Set.copyOf(removed);
            lines = List.copyOf(lines);
            obstacle = List.copyOf(obstacle);
        }
    }

    /// The judgement of the post-checks.
    record Proof(boolean succeeded, Bilingual statement) {
        public Proof {
            requireNonNull(statement, "statement is null");
        }
    }
}
