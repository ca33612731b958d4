package parley.tools;

import java.util.List;

/// Recordings for tests in other packages.
public final class Replayed {
    private Replayed() {}

    /// The captures of the recording `name` of `tool`.
    public static List<Capture> captures(String tool, String name) {
        return Replay.captures(recording(tool, name).call(), recording(tool, name));
    }

    /// What the recording `name` of `tool` reads as.
    public static Reading<?> reading(String tool, String name) {
        Recording recording = recording(tool, name);
        return reading(recording.call(), recording);
    }

    private static <A extends Record> Reading<?> reading(Call<A> call, Recording recording) {
        if (!(call.tool() instanceof Observation<A, ?> observation)) {
            throw new IllegalArgumentException(call.tool().name());
        }
        try {
            return observation.read(
                    call.arguments(), recording.platform(), Replay.captures(call, recording));
        } catch (Unreadable unreadable) {
            throw new IllegalArgumentException(unreadable);
        }
    }

    public static Recording recording(String tool, String name) {
        return Recording.all().stream()
                .filter(one -> one.tool().equals(tool) && one.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no recording " + tool + " " + name));
    }
}
