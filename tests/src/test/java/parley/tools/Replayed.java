package parley.tools;

import java.util.List;

/// Recordings for tests in other packages.
public final class Replayed {
    private Replayed() {}

    /// The captures of the recording `name` of `tool`.
    public static List<Capture> captures(String tool, String name) {
        return Replay.captures(recording(tool, name).call(), recording(tool, name));
    }

    public static Recording recording(String tool, String name) {
        return Recording.all().stream()
                .filter(one -> one.tool().equals(tool) && one.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no recording " + tool + " " + name));
    }
}
