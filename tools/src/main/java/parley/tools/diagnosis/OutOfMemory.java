package parley.tools.diagnosis;

import parley.tools.Lead;
import parley.tools.catalogue.load.CgroupUsage;
import parley.tools.catalogue.load.MemOomEvents;
import parley.tools.catalogue.load.MemUsage;
import parley.tools.catalogue.load.ProcessTop;
import parley.tools.catalogue.services.ServiceList;
import parley.tools.catalogue.services.UnitStatus;
import parley.tools.value.BadValue;
import parley.tools.value.Count;
import parley.tools.value.HostText;
import parley.tools.value.UnitName;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What died for want of memory or dies again and again: whose limit it was, and what grows.
final class OutOfMemory implements Diagnosis {
    private static final int MOST_UNITS = 3;

    @Override
    public Symptom symptom() {
        return Symptom.OOM;
    }

    private static Lead services(Case about) {
        return about.lead(
                new ServiceList(),
                new ServiceList.Arguments(
                        Optional.of(ServiceList.State.ALL), Optional.empty(), Optional.empty()));
    }

    private static Lead kills(Case about) {
        return about.lead(
                new MemOomEvents(), new MemOomEvents.Arguments(Optional.empty(), Optional.empty()));
    }

    /// The largest processes; asked twice, under another limit, to see which of them grow.
    private static Lead largest(Case about, boolean again) {
        return about.lead(
                new ProcessTop(),
                new ProcessTop.Arguments(
                        Optional.of(ProcessTop.By.RSS),
                        Optional.of(new Count(again ? 16 : 15)),
                        Optional.empty()));
    }

    @Override
    public List<Lead> leads(Case about) {
        List<Lead> leads =
                new ArrayList<>(
                        List.of(
                                largest(about, false),
                                services(about),
                                HostSlow.memory(about),
                                kills(about)));
        if (about.open(leads).isEmpty()) {
            for (UnitName unit : units(about)) {
                leads.add(ServiceDown.status(about, unit));
                leads.add(ServiceDown.log(about, unit));
            }
            leads.add(HostSlow.groups(about));
        }
        if (about.open(leads).isEmpty()) {
            leads.add(largest(about, true));
        }
        return leads;
    }

    /// The unit that was asked about; else those that were killed or that restart by themselves.
    private static List<UnitName> units(Case about) {
        if (about.unit().isPresent()) {
            return List.of(about.unit().get());
        }
        return about.seen(services(about), ServiceList.Units.class).stream()
                .flatMap(seen -> seen.value().units().stream())
                .filter(OutOfMemory::isSuspect)
                .flatMap(one -> name(one.unit().value()).stream())
                .limit(MOST_UNITS)
                .toList();
    }

    private static boolean isSuspect(ServiceList.Unit one) {
        String result = one.result().map(HostText::value).orElse("");
        return result.equals("oom-kill")
                || result.equals("signal")
                || (one.sub().value().equals("auto-restart") && one.restarts().orElse(0L) > 1)
                || one.restarts().orElse(0L) > 2;
    }

    private static Optional<UnitName> name(String text) {
        try {
            return Optional.of(new UnitName(text));
        } catch (BadValue odd) {
            return Optional.empty();
        }
    }

    @Override
    public List<Conclusion> conclude(Case about) {
        Branches branches = new Branches(about);
        branches.on(
                services(about),
                ServiceList.Units.class,
                "a service that was killed or restarts again and again",
                "可能有服务被终止或反复重启",
                seen ->
                        units(about).isEmpty()
                                ? List.of(
                                        Conclusion.fine(
                                                "no service was killed or restarts by itself ("
                                                        + seen.value().units().size()
                                                        + " looked at)",
                                                "没有服务被终止或自动重启（查看了 "
                                                        + seen.value().units().size()
                                                        + " 个）",
                                                Citation.of(seen.clue())))
                                : List.of());
        for (UnitName unit : units(about)) {
            branches.on(
                    ServiceDown.status(about, unit),
                    UnitStatus.class,
                    unit + " was killed or restarts again and again",
                    unit + " 可能被终止或反复重启",
                    seen ->
                            seen.value().exists()
                                    ? new UnitCauses(about, unit, seen).conclusions()
                                    : List.of(ServiceDown.missing(about, unit, seen)));
        }
        branches.on(
                kills(about),
                MemOomEvents.OomEvents.class,
                "a process that was killed for memory",
                "可能有进程因内存不足被终止",
                seen ->
                        Borrowed.all(
                                seen,
                                "nothing was killed for memory in the last seven days",
                                "最近七天没有进程因内存不足被终止"));
        branches.on(
                largest(about, true),
                ProcessTop.Top.class,
                "a process that grows",
                "可能有进程在持续增长",
                seen -> Growth.of(about, largest(about, false), seen));
        branches.on(
                HostSlow.groups(about),
                CgroupUsage.Usage.class,
                "a unit near its memory limit",
                "可能有单元接近内存上限",
                ScarceGroups::of);
        branches.on(
                HostSlow.memory(about),
                MemUsage.Usage.class,
                "too little memory on the host",
                "主机内存可能不足",
                ScarceMemory::of);
        return branches.conclusions();
    }
}
