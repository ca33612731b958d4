package parley.console.settings;

import java.nio.file.Path;
import java.util.Map;

/// Where this user's files are, by the XDG base directory specification.
public record Directories(Path configuration, Path state, Path cache) {
    /// The directories that `environment` names. A relative path in it is ignored, as the
    /// specification asks.
    public static Directories of(Map<String, String> environment) {
        Path home = Path.of(environment.getOrDefault("HOME", "/"));
        return new Directories(
                directory(environment, "XDG_CONFIG_HOME", home.resolve(".config")),
                directory(environment, "XDG_STATE_HOME", home.resolve(".local/state")),
                directory(environment, "XDG_CACHE_HOME", home.resolve(".cache")));
    }

    private static Path directory(Map<String, String> environment, String name, Path standard) {
        String value = environment.getOrDefault(name, "");
        return (value.startsWith("/") ? Path.of(value) : standard).resolve("parley");
    }

    /// Where the record is kept: with the user's own files, or, on a managed machine, with the
    /// recorder's.
    public Path record() {
        return RecordPlace.managed() ? RecordPlace.MANAGED : state.resolve("record");
    }

    /// The console's history of typed lines.
    public Path history() {
        return state.resolve("history");
    }
}
