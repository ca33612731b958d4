package parley.tools.catalogue.kernel;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The boots of a host: the running one, how those before ended, and whether the next is near.
///
/// @param bootId of the running boot: it changes with every boot, and only then
/// @param state systemd's word for the whole: `running`, `degraded`, `starting`, `stopping`
/// @param scheduled when the host will go down, where somebody said so
/// @param boots those that the journal holds, the newest first
/// @param times empty while the boot is not finished
/// @param crashes files that a crash left behind
public record Boots(
        @Means(en = "boot id", zh = "启动标识") String bootId,
        @Means(en = "state", zh = "系统状态") HostText state,
        @Means(en = "goes down at", zh = "计划关机时间") Optional<Instant> scheduled,
        @Means(en = "boots", zh = "启动记录") List<BootPast> boots,
        @Means(en = "times", zh = "启动耗时") Optional<BootTimes> times,
        @Means(en = "left by crashes", zh = "崩溃留下的文件") List<HostText> crashes) {
    public Boots {
        requireNonNull(bootId, "bootId is null");
        requireNonNull(state, "state is null");
        requireNonNull(scheduled, "scheduled is null");
        boots = List.copyOf(boots);
        requireNonNull(times, "times is null");
        crashes = List.copyOf(crashes);
    }

    /// Whether the host is up and is not about to go down.
    public boolean isSettled() {
        String word = state.value();
        return scheduled.isEmpty() && (word.equals("running") || word.equals("degraded"));
    }
}
