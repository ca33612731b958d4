package parley.console.settings;

import static java.util.Objects.requireNonNull;

import parley.console.turn.Declarations;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What a start was told beside the files: options of the command line and the environment.
///
/// @param declared ticket, emergency and override of a freeze, as declared on the command line
/// @param planner `embedded` or `model`; empty for the model when one is configured
public record Options(
        Optional<Path> inventory,
        Optional<String> planner,
        Map<String, String> environment,
        Declarations.Declared declared) {
    public Options {
        requireNonNull(inventory, "inventory is null");
        requireNonNull(planner, "planner is null");
        environment = Map.copyOf(environment);
        requireNonNull(declared, "declared is null");
    }

    public Directories directories() {
        return Directories.of(environment);
    }
}
