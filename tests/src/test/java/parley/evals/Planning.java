package parley.evals;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/// Who plans in an evaluation.
///
/// @param name as the report shows it
/// @param configuration the `config.yaml` with its models; empty for the embedded planner
record Planning(String name, Optional<String> configuration) {
    static final Planning EMBEDDED = new Planning("embedded", Optional.empty());

    Planning {
        requireNonNull(name, "name is null");
        requireNonNull(configuration, "configuration is null");
    }

    boolean isModel() {
        return configuration.isPresent();
    }

    /// Whether a scenario is for whoever plans here.
    boolean takes(Scenario scenario) {
        return switch (scenario.planner()) {
            case OFFLINE, BOTH -> true;
            case LLM -> isModel();
        };
    }
}
