package parley.tools.catalogue.services;

import parley.tools.Means;
import parley.tools.Unreadable;
import parley.tools.read.KeyValues;
import parley.tools.value.HostText;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What watching a unit showed: whether it stays as it is.
///
/// @param stable whether its active state, main process, invocation and count of restarts were the
///   same in every one of the last samples, and the state is not one on the way to another
/// @param samples how often it was looked at
/// @param steadySeconds over how long the last samples were alike
/// @param restarts how many automatic restarts were seen while watching
/// @param states the states it went through, in order
public record UnitWatch(
        @Means(en = "stable", zh = "稳定") boolean stable,
        @Means(en = "samples", zh = "采样次数") long samples,
        @Means(en = "steady for (s)", zh = "稳定时长（秒）") long steadySeconds,
        @Means(en = "restarts seen", zh = "期间重启次数") long restarts,
        @Means(en = "states", zh = "经历的状态") List<HostText> states) {
    /// The time between two samples.
    static final Duration PAUSE = Duration.ofSeconds(2);

    /// A unit that will not settle is looked at this often, and no more.
    static final int MOST_SAMPLES = 16;

    public UnitWatch {
        states = List.copyOf(states);
    }

    /// How many samples cover `seconds`.
    static int samples(long seconds) {
        return Math.toIntExact(
                Math.min(MOST_SAMPLES, (seconds + PAUSE.toSeconds() - 1) / PAUSE.toSeconds() + 1));
    }

    /// Whether `samples`, the last so many of them being alike and settled, need no further one.
    static boolean isEnough(List<KeyValues> samples, int needed) {
        return samples.size() >= MOST_SAMPLES
                || (alike(samples) >= needed && settled(samples.getLast()));
    }

    static UnitWatch of(List<KeyValues> samples, int needed) throws Unreadable {
        List<HostText> states = new ArrayList<>();
        for (KeyValues sample : samples) {
            HostText state =
                    new HostText(sample.text("ActiveState") + "/" + sample.text("SubState"));
            if (states.isEmpty() || !states.getLast().equals(state)) {
                states.add(state);
            }
        }
        int alike = alike(samples);
        long before = samples.getFirst().number("NRestarts").orElse(0L);
        long after = samples.getLast().number("NRestarts").orElse(0L);
        return new UnitWatch(
                alike >= needed && settled(samples.getLast()),
                samples.size(),
                (alike - 1) * PAUSE.toSeconds(),
                Math.max(0, after - before),
                states);
    }

    private static boolean settled(KeyValues sample) {
        return sample.find("ActiveState")
                .filter(state -> List.of("active", "inactive", "failed").contains(state))
                .isPresent();
    }

    /// How many samples at the end are alike.
    private static int alike(List<KeyValues> samples) {
        List<Object> last = identity(samples.getLast());
        int count = 0;
        for (KeyValues sample : samples.reversed()) {
            if (!identity(sample).equals(last)) {
                break;
            }
            count++;
        }
        return count;
    }

    private static List<Object> identity(KeyValues sample) {
        return List.of(
                sample.find("ActiveState"),
                sample.find("MainPID"),
                sample.find("NRestarts"),
                sample.find("InvocationID"));
    }
}
