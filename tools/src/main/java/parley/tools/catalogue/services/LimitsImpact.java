package parley.tools.catalogue.services;

import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Change.Impact;
import parley.tools.Change.Proof;
import parley.tools.Preview;
import parley.tools.Risk;
import parley.tools.Undo;
import parley.tools.catalogue.services.ServiceSetLimits.Arguments;
import parley.tools.value.Bytes;
import parley.tools.value.Count;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What limiting a unit means, whether it took, and the way back.
final class LimitsImpact {
    /// systemd's own folders for what `set-property` writes.
    private static final String CONTROL = "systemd/system.control/";

    private LimitsImpact() {}

    static Impact of(Arguments arguments, Preview preview) {
        String asked = arguments.unit().full();
        Optional<UnitStatus> read = preview.find(UnitStatus.class);
        if (read.isEmpty()) {
            return UnitImpact.unread(asked, Risk.CHANGE);
        }
        UnitStatus status = read.get();
        String name = UnitImpact.name(arguments.unit(), preview);
        List<Bilingual> lines = new ArrayList<>();
        List<Bilingual> obstacles = new ArrayList<>();
        UnitImpact.unusable(asked, status).ifPresent(obstacles::add);
        UnitRefusal.of(name).ifPresent(obstacles::add);
        tooLittle(arguments, status).ifPresent(obstacles::add);
        if (arguments.reverts()) {
            revertsMore(status).ifPresent(obstacles::add);
        }
        if (status.exists()) {
            lines.add(UnitImpact.state(asked, status));
            lines.add(before(status));
            if (!arguments.reverts() && !arguments.persists()) {
                lines.add(Bilingual.of("it holds until the next boot", "有效至下次启动"));
            }
        }
        return new Impact(Risk.CHANGE, Set.of(name), Set.of(), Set.of(), lines, obstacles);
    }

    private static Bilingual before(UnitStatus status) {
        String limits = status.limits().map(LimitsImpact::words).orElse("");
        String used = status.memory().map(Bytes::toString).orElse("");
        return Bilingual.of(
                (limits.isEmpty() ? "no limits so far" : "limits so far: " + limits)
                        + (used.isEmpty() ? "" : "; memory in use " + used),
                (limits.isEmpty() ? "目前没有限制" : "目前的限制：" + limits)
                        + (used.isEmpty() ? "" : "；当前内存 " + used));
    }

    private static String words(UnitLimits limits) {
        List<String> words = new ArrayList<>();
        limits.memoryMax().ifPresent(most -> words.add("MemoryMax=" + most));
        limits.cpuQuota().ifPresent(most -> words.add("CPUQuota=" + most));
        limits.tasksMax().ifPresent(most -> words.add("TasksMax=" + most));
        limits.ioWeight().ifPresent(weight -> words.add("IOWeight=" + weight));
        return String.join(", ", words);
    }

    /// Below what is in use the kernel kills at once; a fifth above it is the least that lasts.
    private static Optional<Bilingual> tooLittle(Arguments arguments, UnitStatus status) {
        if (arguments.memoryMax().isEmpty() || status.memory().isEmpty()) {
            return Optional.empty();
        }
        Bytes most = arguments.memoryMax().get();
        Bytes used = status.memory().get();
        return most.value() >= used.value() + used.value() / 5
                ? Optional.empty()
                : Optional.of(
                        Bilingual.of(
                                "{0} uses {1} now: a limit of {2} would kill it; leave a fifth"
                                        + " above what it uses",
                                "{0} 当前使用 {1}：设为 {2} 会导致它被终止；请至少留出当前用量的 1.2 倍",
                                status.unit(),
                                used,
                                most));
    }

    /// `systemctl revert` removes every drop-in and every file that stands before the vendor's.
    private static Optional<Bilingual> revertsMore(UnitStatus status) {
        List<String> others =
                status.files().stream()
                        .map(HostText::value)
                        .filter(file -> file.startsWith("/etc/") || file.startsWith("/run/"))
                        .filter(file -> !file.contains(CONTROL))
                        .toList();
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Bilingual.of(
                                "this would also remove "
                                        + String.join(", ", others)
                                        + ", which somebody else put there",
                                "这样会一并删除他人放置的 " + String.join("、", others)));
    }

    static Undo undo(Arguments arguments, Preview preview) {
        Optional<UnitStatus> before = preview.find(UnitStatus.class);
        boolean set =
                before.filter(status ->
                                status.files().stream()
                                        .anyMatch(file -> file.value().contains(CONTROL)))
                        .isPresent();
        boolean clean = before.filter(status -> revertsMore(status).isEmpty()).isPresent();
        String unit = arguments.unit().full();
        if (arguments.reverts()) {
            return Undo.byHand(
                    Bilingual.of(
                            "set the limits again that it had: "
                                    + before.flatMap(UnitStatus::limits)
                                            .map(LimitsImpact::words)
                                            .orElse("-"),
                            "重新设置之前的限制："
                                    + before.flatMap(UnitStatus::limits)
                                            .map(LimitsImpact::words)
                                            .orElse("-")));
        }
        if (set || !clean) {
            return Undo.byHand(
                    Bilingual.of(
                            "set the earlier limits again; systemctl revert {0} would remove more"
                                    + " than this",
                            "重新设置之前的限制；systemctl revert {0} 会多删其他设置", unit));
        }
        return Undo.by(
                new Call<>(new ServiceSetLimits(), Arguments.revert(arguments.unit())),
                Bilingual.of("take the limits of {0} back", "撤销 {0} 的限制", unit));
    }

    static Proof proof(Arguments arguments, UnitStatus after) {
        Optional<UnitLimits> read = after.limits();
        if (read.isEmpty()) {
            return UnitProof.unread();
        }
        UnitLimits now = read.get();
        String words = words(now);
        if (arguments.reverts()) {
            boolean left = after.files().stream().anyMatch(file -> file.value().contains(CONTROL));
            return left
                    ? UnitProof.failed(after, "still has limits: " + words, "仍有限制：" + words)
                    : new Proof(
                            true,
                            Bilingual.of(
                                    "the limits of "
                                            + after.unit()
                                            + " are taken back; now: "
                                            + (words.isEmpty() ? "none" : words),
                                    after.unit()
                                            + " 的限制已撤销；现为："
                                            + (words.isEmpty() ? "无" : words)));
        }
        boolean took =
                isSame(arguments.memoryMax().map(Bytes::value), now.memoryMax().map(Bytes::value))
                        && isSame(
                                arguments.cpuQuota().map(Count::value),
                                now.cpuQuota().map(quota -> Math.round(quota.value())))
                        && isSame(arguments.tasksMax().map(Count::value), now.tasksMax())
                        && isSame(arguments.ioWeight().map(Count::value), now.ioWeight());
        return took
                ? new Proof(
                        true,
                        Bilingual.of(
                                "systemd now holds {0} to {1}",
                                "systemd 现对 {0} 的限制为 {1}", after.unit(), words))
                : UnitProof.failed(
                        after,
                        "is not limited as asked; now: " + (words.isEmpty() ? "none" : words),
                        "未按要求限制；现为：" + (words.isEmpty() ? "无" : words));
    }

    private static boolean isSame(Optional<Long> wanted, Optional<Long> now) {
        return wanted.isEmpty() || wanted.equals(now);
    }
}
