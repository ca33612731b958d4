package parley.tools.diagnosis;

import parley.tools.Call;
import parley.tools.Finding.Severity;
import parley.tools.catalogue.logs.JournalEntry;
import parley.tools.catalogue.logs.LogJournal;
import parley.tools.catalogue.services.ServiceSetBoot;
import parley.tools.catalogue.services.ServiceStart;
import parley.tools.catalogue.services.UnitActive;
import parley.tools.catalogue.services.UnitStatus;
import parley.tools.diagnosis.Case.Seen;
import parley.tools.read.HostTime;
import parley.tools.value.HostText;
import parley.tools.value.UnitName;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is wrong with one unit that exists, from its state, its definition and its log.
final class UnitCauses {
    /// Complaints of a running service that are older than this may be over.
    private static final Duration RECENT = Duration.ofHours(1);

    private final Case about;
    private final UnitName unit;
    private final Seen<UnitStatus> seen;
    private final UnitStatus status;
    private final Definition definition;
    private final Optional<UnitLog> log;

    UnitCauses(Case about, UnitName unit, Seen<UnitStatus> seen) {
        this.about = about;
        this.unit = unit;
        this.seen = seen;
        this.status = seen.value();
        this.definition = Definition.of(seen.clue(), status);
        this.log =
                about.seen(ServiceDown.log(about, unit), LogJournal.Journal.class).map(UnitLog::of);
    }

    List<Conclusion> conclusions() {
        List<Conclusion> all = new ArrayList<>();
        Optional<Conclusion> load = load();
        if (load.isPresent()) {
            return List.of(load.get());
        }
        if (status.active().isUp() && !isFlapping()) {
            all.addAll(complaints());
            if (all.isEmpty()) {
                all.addAll(healthy());
            }
        } else if (wasStopped()) {
            all.add(stopped());
        } else {
            all.add(failed());
        }
        if (log.isEmpty() || !log.get().seen().isWhole()) {
            all.add(
                    Conclusion.open(
                            "something in the log of " + status.unit(),
                            status.unit() + " 的日志中可能另有原因",
                            log.map(one -> one.seen().gaps().getFirst())
                                    .orElse(about.why(ServiceDown.log(about, unit)))));
        }
        if (status.needDaemonReload()) {
            all.add(
                    Conclusion.confirmed(
                            Severity.WARNING,
                            "the definition of "
                                    + status.unit()
                                    + " changed on disk and systemd still uses the old one",
                            status.unit() + " 的定义文件已改动，systemd 仍在使用旧定义",
                            line("^NeedDaemonReload=yes")));
        }
        return all;
    }

    private Citation line(String... words) {
        return Citation.of(seen.clue(), words);
    }

    private Citation state() {
        return line("^ActiveState=");
    }

    private Optional<Conclusion> load() {
        return switch (status.load()) {
            case MASKED ->
                    Optional.of(
                            Conclusion.confirmed(
                                            Severity.CRITICAL,
                                            status.unit() + " is masked: nothing can start it",
                                            status.unit() + " 已被屏蔽（masked），无法启动",
                                            line("^LoadState=masked"))
                                    .advising(
                                            "somebody masked it on purpose: ask why, then unmask"
                                                    + " and start it",
                                            "有人有意屏蔽了它：先弄清原因，再解除屏蔽并启动")
                                    .disproved(
                                            "systemctl shows another LoadState than masked",
                                            "LoadState 不是 masked")
                                    .proposing(
                                            new Call<>(
                                                    new ServiceSetBoot(),
                                                    new ServiceSetBoot.Arguments(
                                                            unit,
                                                            ServiceSetBoot.State.UNMASKED,
                                                            Optional.empty())),
                                            about.host()));
            case BAD_SETTING, ERROR, STUB, MERGED -> Optional.of(unloadable());
            case LOADED, NOT_FOUND -> Optional.empty();
        };
    }

    private Conclusion unloadable() {
        String why = status.loadError().map(HostText::value).orElse("");
        String problem = status.problems().stream().findFirst().map(one -> ": " + one).orElse("");
        Conclusion conclusion =
                Conclusion.confirmed(
                        Severity.CRITICAL,
                        "the definition of "
                                + status.unit()
                                + " cannot be loaded ("
                                + status.load().word()
                                + ")"
                                + (why.isEmpty() ? problem : ": " + why + problem),
                        status.unit()
                                + " 的定义无法加载（"
                                + status.load().word()
                                + "）"
                                + (why.isEmpty() ? problem : "：" + why + problem),
                        line("^LoadState="));
        return conclusion.disproved(
                "systemd-analyze verify accepts the file", "systemd-analyze verify 检查该文件通过");
    }

    /// It comes up and goes down by itself again and again.
    private boolean isFlapping() {
        boolean restarting = status.sub().value().equals("auto-restart");
        boolean young =
                status.since()
                        .map(since ->
                                Duration.between(since, seen.clue().captures().getLast().midpoint())
                                                .compareTo(Duration.ofMinutes(2))
                                        < 0)
                        .orElse(false);
        return restarting || (young && status.restarts().orElse(0L) >= 2);
    }

    /// Nothing failed: it was stopped in order, or never started since boot.
    private boolean wasStopped() {
        boolean clean =
                status.result().isEmpty() || status.result().get().value().equals("success");
        boolean refused =
                log.map(one -> one.systemd("Dependency failed for").isPresent()).orElse(false);
        return status.active() == UnitActive.INACTIVE && clean && !refused;
    }

    private Conclusion stopped() {
        boolean unmet = status.conditionsMet().filter(met -> !met).isPresent();
        Conclusion conclusion =
                unmet
                        ? Conclusion.confirmed(
                                Severity.CRITICAL,
                                status.unit()
                                        + " was not started, because a condition of its definition"
                                        + " does not hold",
                                status.unit() + " 没有启动，因为其定义中的条件（Condition）不成立",
                                state())
                        : Conclusion.confirmed(
                                Severity.CRITICAL,
                                status.unit()
                                        + " is not running: it did not fail, it was stopped or"
                                        + " never started"
                                        + since(" since ", ""),
                                status.unit() + " 没有运行：并非失败，而是被停止或从未启动" + since("（自 ", " 起）"),
                                state());
        Optional<JournalEntry> end = log.flatMap(one -> one.systemd("Stopped "));
        if (end.isPresent()) {
            conclusion = conclusion.citing(log.orElseThrow().cite(end.get()));
        }
        boolean atBoot =
                status.enabled().filter(text -> text.value().equals("disabled")).isPresent();
        if (atBoot) {
            conclusion =
                    conclusion.advising(
                            "it is also not enabled, so it does not start at boot either",
                            "它也没有设为开机启动，重启后同样不会运行");
        }
        return conclusion
                .disproved("its ActiveState is active", "其 ActiveState 为 active")
                .proposing(start(), about.host());
    }

    private String since(String before, String after) {
        return status.since().map(time -> before + HostTime.spoken(time) + after).orElse("");
    }

    private Call<ServiceStart.Arguments> start() {
        return new Call<>(new ServiceStart(), new ServiceStart.Arguments(unit, Optional.empty()));
    }

    private Conclusion failed() {
        List<UnitLog.Told> told = log.map(UnitLog::told).orElse(List.of());
        UnitFailure failure = new UnitFailure(about, unit, seen, definition, isFlapping());
        return failure.conclusion(told, log.map(UnitLog::lastWords).orElse(List.of()), log);
    }

    /// It runs; but what does it say?
    private List<Conclusion> complaints() {
        if (log.isEmpty()) {
            return List.of();
        }
        List<Conclusion> all = new ArrayList<>();
        List<UnitLog.Told> told = log.get().toldFrom(from());
        UnitFailure failure = new UnitFailure(about, unit, seen, definition, false);
        told.forEach(one -> failure.sign(one).ifPresent(all::add));
        List<JournalEntry> complaints = log.get().complaintsFrom(from());
        if (all.isEmpty() && !complaints.isEmpty()) {
            JournalEntry first = complaints.getFirst();
            long count = complaints.stream().mapToLong(JournalEntry::times).sum();
            all.add(
                    Conclusion.likely(
                            Severity.WARNING,
                            status.unit()
                                    + " runs, but complained "
                                    + count
                                    + (count == 1 ? " time" : " times")
                                    + " in the last hour, first: "
                                    + first.message(),
                            status.unit()
                                    + " 在运行，但最近一小时内报错 "
                                    + count
                                    + " 次，最早一条："
                                    + first.message(),
                            log.get().cite(first)));
        }
        return all;
    }

    /// What it said before it was started last is over, and so is what is long ago.
    private Instant from() {
        Instant recent = seen.clue().captures().getLast().midpoint().minus(RECENT);
        return status.since().filter(since -> since.isAfter(recent)).orElse(recent);
    }

    private List<Conclusion> healthy() {
        List<Conclusion> all = new ArrayList<>();
        all.add(
                Conclusion.fine(
                        status.unit()
                                + " is active ("
                                + status.sub()
                                + ")"
                                + since(" since ", "")
                                + ", with "
                                + status.restarts().orElse(0L)
                                + " automatic restarts",
                        status.unit()
                                + " 状态为 active ("
                                + status.sub()
                                + ")"
                                + since("，自 ", " 起")
                                + "，自动重启 "
                                + status.restarts().orElse(0L)
                                + " 次",
                        state()));
        log.filter(one -> one.seen().isWhole())
                .ifPresent(one ->
                        all.add(
                                Conclusion.fine(
                                        "its log has no complaint since its start or in the last"
                                                + " hour ("
                                                + one.seen().value().entries().size()
                                                + " entries looked at)",
                                        "自启动以来（最多一小时内）日志没有报错（查看了 "
                                                + one.seen().value().entries().size()
                                                + " 条）",
                                        Citation.of(one.seen().clue()))));
        all.addAll(new UnitPorts(about, status).conclusions());
        return all;
    }
}
