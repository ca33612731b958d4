package parley.tools.catalogue.services;

import parley.tools.Bilingual;
import parley.tools.Change.Proof;
import parley.tools.catalogue.logs.JournalEntry;
import parley.tools.catalogue.logs.Priority;
import parley.tools.value.HostText;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What all proofs about a unit share: whether it runs and stays so, and if not, why, what it wrote
/// last, and what its own state suggests.
final class UnitProof {
    /// Log entries this long before the last change of state belong to it.
    private static final Duration LEAD = Duration.ofSeconds(10);

    private static final int MOST_QUOTED = 200;
    private static final int MOST_LINES = 3;

    private UnitProof() {}

    /// The check did not read the unit.
    static Proof unread() {
        return new Proof(
                false,
                Bilingual.of(
                        "the unit's state was not read afterwards: whether the change took is"
                                + " unknown",
                        "操作之后没有读到单元状态：是否生效未知"));
    }

    /// Why a unit that should run, or have run, does not; empty when it runs or has ended.
    static Optional<Proof> notRunning(Optional<UnitStatus> before, UnitStatus after) {
        if (after.load() != UnitLoad.LOADED) {
            String load = after.load().word();
            return Optional.of(failed(after, "can no longer be loaded: " + load, "已无法加载：" + load));
        }
        if (before.isEmpty()) {
            return Optional.of(
                    failed(
                            after,
                            "was not read before the change, so nothing shows that it took",
                            "在操作之前没有读到状态，无法证明操作生效"));
        }
        return switch (after.active()) {
            case FAILED -> {
                Bilingual reason = UnitReason.of(after);
                yield Optional.of(failed(after, "failed: " + reason.en(), "失败：" + reason.zh()));
            }
            case ACTIVATING -> Optional.of(starting(after));
            case DEACTIVATING, MAINTENANCE ->
                    Optional.of(
                            failed(
                                    after,
                                    "is " + after.active().word() + " and not running",
                                    "状态为 " + after.active().word() + "，没有运行"));
            case INACTIVE, ACTIVE, RELOADING, REFRESHING -> Optional.empty();
        };
    }

    private static Proof starting(UnitStatus after) {
        Bilingual reason = UnitReason.of(after);
        return after.sub().value().equals("auto-restart")
                ? failed(
                        after,
                        "does not stay up and waits for its next automatic restart: " + reason.en(),
                        "无法保持运行，正等待下一次自动重启：" + reason.zh())
                : failed(after, "is still starting", "仍在启动中");
    }

    /// A oneshot service ends when its work is done: then having run anew, with success, is enough.
    static Proof ended(UnitStatus before, UnitStatus after) {
        boolean ranAnew = after.changedMicros() > before.changedMicros();
        if (after.isOneShot() && after.succeeded() && ranAnew) {
            return new Proof(
                    true,
                    Bilingual.of(
                            after.unit() + " ran again and ended with success",
                            after.unit() + " 已重新运行并成功结束"));
        }
        Bilingual reason = UnitReason.of(after);
        return failed(after, "is not running: " + reason.en(), "没有运行：" + reason.zh());
    }

    /// Why a unit that is up does not count as running well; empty when it does.
    static Optional<Proof> unsteady(UnitStatus after) {
        Optional<UnitWatch> watch = after.watch();
        if (watch.isEmpty() || !watch.get().stable()) {
            String states =
                    watch.stream()
                            .flatMap(one -> one.states().stream())
                            .map(HostText::value)
                            .collect(Collectors.joining(" → "));
            long restarts = watch.map(UnitWatch::restarts).orElse(0L);
            return Optional.of(
                    failed(
                            after,
                            "is not stable: "
                                    + states
                                    + ", "
                                    + restarts
                                    + " restarts while watched",
                            "不稳定：" + states + "，观察期间重启 " + restarts + " 次"));
        }
        if (!after.succeeded()) {
            Bilingual reason = UnitReason.of(after);
            return Optional.of(
                    failed(
                            after,
                            "is up, but its last run: " + reason.en(),
                            "正在运行，但上次结果：" + reason.zh()));
        }
        return Optional.empty();
    }

    static long seconds(UnitStatus after) {
        return after.watch().map(UnitWatch::steadySeconds).orElse(0L);
    }

    /// The change did not do what it should: what is so instead, what the service wrote last, and
    /// what its own state suggests.
    static Proof failed(UnitStatus after, String en, String zh) {
        List<String> said = lastWords(after);
        Optional<Bilingual> advice = UnitAdvice.of(after, said);
        String log = String.join(" | ", said);
        return new Proof(
                false,
                Bilingual.of(
                        after.unit()
                                + " "
                                + en
                                + (log.isEmpty() ? "" : "; its log says: " + log)
                                + advice.map(text -> "; " + text.en()).orElse(""),
                        after.unit()
                                + " "
                                + zh
                                + (log.isEmpty() ? "" : "；其日志：" + log)
                                + advice.map(text -> "；" + text.zh()).orElse("")));
    }

    /// What the service itself wrote last, around its last change of state, in the order of time:
    /// errors where there are any.
    private static List<String> lastWords(UnitStatus after) {
        Optional<Instant> earliest = after.since().map(since -> since.minus(LEAD));
        List<JournalEntry> own =
                after.logs().stream()
                        .filter(entry -> !entry.identifier().value().equals("systemd"))
                        .filter(entry ->
                                earliest.filter(from -> entry.time().isBefore(from)).isEmpty())
                        .sorted(Comparator.comparing(JournalEntry::time))
                        .toList();
        List<JournalEntry> errors =
                own.stream().filter(entry -> entry.isAtLeast(Priority.ERR)).toList();
        List<JournalEntry> told = errors.isEmpty() ? own : errors;
        return told.subList(Math.max(0, told.size() - MOST_LINES), told.size()).stream()
                .map(entry -> entry.message().value())
                .map(text ->
                        text.length() <= MOST_QUOTED ? text : text.substring(0, MOST_QUOTED) + "…")
                .distinct()
                .toList();
    }
}
