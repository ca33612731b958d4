package parley.evals;

import static java.util.Objects.requireNonNull;

import parley.tools.Language;

import java.util.ArrayList;
import java.util.List;

/// A scenario in one language, and all its runs.
///
/// @param errors why runs did not take place or did not end: they say nothing about the planner,
///   and count neither as passed nor as failed
record Case(Scenario scenario, Language language, List<Scored> runs, List<String> errors) {
    /// One run and its score.
    record Scored(Trial trial, Score score) {
        /// Whether whoever was to be evaluated did it, and right. The embedded planner's success is
        /// not its model's.
        boolean passed() {
            return score.passed() && trial.fellBack().isEmpty();
        }

        List<String> faults() {
            List<String> faults = new ArrayList<>(score.faults());
            trial.fellBack().forEach(why -> faults.add("the model was given up: " + why));
            return faults;
        }
    }

    Case {
        requireNonNull(scenario, "scenario is null");
        requireNonNull(language, "language is null");
        runs = List.copyOf(runs);
        errors = List.copyOf(errors);
    }

    long passed() {
        return runs.stream().filter(Scored::passed).count();
    }

    /// Whether all runs passed, and there were runs.
    boolean passedEach() {
        return !runs.isEmpty() && errors.isEmpty() && passed() == runs.size();
    }

    /// Whether its score says whether the planner is right.
    boolean counts() {
        return scenario.isCheckable() && !runs.isEmpty();
    }

    String name() {
        return scenario.id() + " (" + language.name().toLowerCase(java.util.Locale.ROOT) + ")";
    }
}
