package parley.tools.catalogue.load;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Reading;
import parley.tools.catalogue.load.MemOomEvents.KilledUnit;
import parley.tools.catalogue.load.MemOomEvents.OomEvents;
import parley.tools.catalogue.load.OomKill.Killer;
import parley.tools.catalogue.load.OomKill.Scope;
import parley.tools.catalogue.logs.KernelMessages.Source;
import parley.tools.read.HostTime;
import parley.tools.value.Bytes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What kills for lack of memory mean in words.
final class OomFindings {
    private static final int MOST_NAMED = 5;

    private OomFindings() {}

    static List<Finding> of(Reading<OomEvents> reading) {
        OomEvents events = reading.value();
        List<Finding> findings = new ArrayList<>();
        Map<String, List<OomKill>> byVictim = new LinkedHashMap<>();
        for (OomKill kill : events.kills()) {
            byVictim.computeIfAbsent(
                            kill.victim() + " " + kill.unit() + " " + kill.scope(),
                            key -> new ArrayList<>())
                    .add(kill);
        }
        byVictim.values().stream().limit(MOST_NAMED).map(OomFindings::kills).forEach(findings::add);
        if (byVictim.size() > MOST_NAMED) {
            int more = byVictim.size() - MOST_NAMED;
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            "{0} other programs were killed, too.",
                            "另有 {0} 个程序也被杀。",
                            more));
        }
        events.units().stream()
                .filter(unit ->
                        events.kills().stream()
                                .noneMatch(kill ->
                                        kill.unit().filter(unit.unit()::equals).isPresent()))
                .map(unit -> unit(unit, events))
                .forEach(findings::add);
        if (findings.isEmpty()) {
            findings.add(none(events, reading.gaps().isEmpty()));
        }
        return List.copyOf(findings);
    }

    /// Kills of the same program, the newest first.
    private static Finding kills(List<OomKill> kills) {
        OomKill last = kills.getFirst();
        String times =
                kills.size() == 1
                        ? "was killed at " + HostTime.spoken(last.time())
                        : "was killed %d times, last at %s"
                                .formatted(kills.size(), HostTime.spoken(last.time()));
        String timesZh =
                kills.size() == 1
                        ? "于 " + HostTime.spoken(last.time()) + " 被杀"
                        : "被杀 %d 次，最近一次 %s".formatted(kills.size(), HostTime.spoken(last.time()));
        Bilingual why = why(last);
        return new Finding(
                last.scope() == Scope.HOST ? Severity.CRITICAL : Severity.WARNING,
                Bilingual.of(
                        "%s%s %s: %s%s."
                                .formatted(
                                        last.victim(),
                                        whose(last, " (process %d", ", of %s", " (of %s"),
                                        times,
                                        why.en(),
                                        held(last)),
                        "%s%s %s：%s%s。"
                                .formatted(
                                        last.victim(),
                                        whose(last, "（进程 %d", "，属于 %s", "（属于 %s").replace(")", "）"),
                                        timesZh,
                                        why.zh(),
                                        heldZh(last))),
                last.evidence());
    }

    private static String whose(OomKill kill, String process, String unit, String only) {
        boolean named = kill.unit().filter(one -> !one.equals(kill.victim())).isPresent();
        String unitName = kill.unit().map(Object::toString).orElse("");
        if (kill.pid().isPresent()) {
            return process.formatted(kill.pid().get())
                    + (named ? unit.formatted(unitName) : "")
                    + ")";
        }
        return named ? only.formatted(unitName) + ")" : "";
    }

    private static Bilingual why(OomKill kill) {
        String limit = kill.limit().map(Bytes::toString).orElse("");
        String of = limit.isEmpty() ? "" : " of " + limit;
        String ofZh = limit.isEmpty() ? "" : " " + limit;
        String group = kill.memcg().map(Object::toString).orElse("");
        return switch (kill.scope()) {
            case CGROUP ->
                    Bilingual.of(
                            "its group reached its own memory limit" + of, "所在控制组达到了内存限额" + ofZh);
            case PARENT_CGROUP ->
                    Bilingual.of(
                            "the group above it, {0}, reached its memory limit{1}",
                            "上级控制组 {0} 达到了内存限额{2}", group, of, ofZh);
            case HOST ->
                    switch (kill.cause()) {
                        case FRAGMENTATION ->
                                Bilingual.of(
                                        "the host had no %d adjacent pages left"
                                                .formatted(
                                                        1L
                                                                << Math.min(
                                                                        30,
                                                                        kill.order().orElse(0L))),
                                        "主机没有 %d 个连续内存页可用"
                                                .formatted(
                                                        1L
                                                                << Math.min(
                                                                        30,
                                                                        kill.order().orElse(0L))));
                        case LIMIT_REACHED, HOST_FULL, BINDING, UNKNOWN ->
                                Bilingual.of("the memory of the host ran out", "整台主机的内存耗尽");
                    };
            case NUMA_NODE, NODEMASK ->
                    Bilingual.of("the memory nodes it is bound to ran out", "它所绑定的内存节点耗尽");
            case UNKNOWN ->
                    kill.by() == Killer.SYSTEMD_OOMD
                            ? Bilingual.of(
                                    "systemd-oomd acted on memory pressure",
                                    "systemd-oomd 因内存压力采取了行动")
                            : Bilingual.of(
                                    "systemd says that the OOM killer did it; whose limit it was is"
                                            + " not known",
                                    "systemd 称由 OOM killer 所为；无法得知是谁的限额");
        };
    }

    private static String held(OomKill kill) {
        String own = kill.anonRss().map(bytes -> "; it held " + bytes + " of its own").orElse("");
        return own
                + (kill.scope() == Scope.HOST
                        ? kill.biggestOther()
                                .map(one -> "; the largest other was " + one)
                                .orElse("")
                        : "");
    }

    private static String heldZh(OomKill kill) {
        String own = kill.anonRss().map(bytes -> "；它自身占用 " + bytes).orElse("");
        return own
                + (kill.scope() == Scope.HOST
                        ? kill.biggestOther().map(one -> "；其他最大的进程是 " + one).orElse("")
                        : "");
    }

    private static Finding unit(KilledUnit unit, OomEvents events) {
        String limit = unit.memoryMax().map(Bytes::toString).orElse("");
        if (unit.certain()) {
            return new Finding(
                    Severity.WARNING,
                    Bilingual.of(
                            "%s failed because it was killed for lack of memory%s."
                                    .formatted(
                                            unit.unit(),
                                            limit.isEmpty() ? "" : " (limit " + limit + ")"),
                            "%s 因内存不足被杀而失败%s。"
                                    .formatted(
                                            unit.unit(),
                                            limit.isEmpty() ? "" : "（限额 " + limit + "）")),
                    List.of(unit.evidence()));
        }
        boolean seen = events.source() != Source.NONE;
        return new Finding(
                seen ? Severity.NOTICE : Severity.WARNING,
                Bilingual.of(
                        "%s was killed with signal 9 and may use at most %s of memory: %s."
                                .formatted(
                                        unit.unit(),
                                        limit,
                                        seen
                                                ? "but the kernel tells of no such kill"
                                                : "probably by the kernel at that limit, whose"
                                                        + " messages cannot be seen here"),
                        "%s 被信号 9 终止，其内存限额为 %s：%s。"
                                .formatted(
                                        unit.unit(),
                                        limit,
                                        seen ? "但内核没有相应的记录" : "很可能是内核因达到限额而杀，但此处看不到内核消息")),
                List.of(unit.evidence()));
    }

    private static Finding none(OomEvents events, boolean complete) {
        String since =
                events.since()
                        .map(from -> " since " + HostTime.spoken(from))
                        .orElse(" since the start of the host");
        String sinceZh =
                events.since().map(from -> "自 " + HostTime.spoken(from) + " 以来").orElse("本次启动以来");
        boolean later =
                events.coverageFrom()
                        .filter(reach -> events.since().filter(reach::isAfter).isPresent())
                        .isPresent();
        String reach =
                later
                        ? "; the log reaches back to "
                                + HostTime.spoken(events.coverageFrom().orElseThrow())
                        : "";
        String reachZh =
                later ? "；日志最早到 " + HostTime.spoken(events.coverageFrom().orElseThrow()) : "";
        return complete
                ? Finding.of(
                        Severity.HEALTHY,
                        "No process was killed for lack of memory{0}{1}.",
                        "{2}没有进程因内存不足被杀{3}。",
                        since,
                        reach,
                        sinceZh,
                        reachZh)
                : Finding.of(
                        Severity.NOTICE,
                        "Nothing that could be seen tells of a process killed for lack of"
                                + " memory{0}{1}.",
                        "{2}，在可见的范围内没有进程因内存不足被杀的记录{3}。",
                        since,
                        reach,
                        sinceZh,
                        reachZh);
    }
}
