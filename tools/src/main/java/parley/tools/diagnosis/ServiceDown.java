package parley.tools.diagnosis;

import parley.tools.Call;
import parley.tools.Finding.Severity;
import parley.tools.Host;
import parley.tools.Lead;
import parley.tools.catalogue.logs.LogJournal;
import parley.tools.catalogue.network.NetSockets;
import parley.tools.catalogue.services.ServiceList;
import parley.tools.catalogue.services.ServiceStatus;
import parley.tools.catalogue.services.ServiceStatus.Include;
import parley.tools.catalogue.services.UnitStatus;
import parley.tools.catalogue.storage.DiskUsage;
import parley.tools.diagnosis.Case.Seen;
import parley.tools.value.BadValue;
import parley.tools.value.Count;
import parley.tools.value.Since;
import parley.tools.value.UnitName;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Why a service does not run, or does not run well. Without a unit it looks at those that failed.
final class ServiceDown implements Diagnosis {
    private static final int MOST_FAILED = 3;
    private static final int MOST_OTHER_HOSTS = 6;

    @Override
    public Symptom symptom() {
        return Symptom.SERVICE_DOWN;
    }

    static Lead failed(Case about) {
        return about.lead(
                new ServiceList(),
                new ServiceList.Arguments(
                        Optional.of(ServiceList.State.FAILED), Optional.empty(), Optional.empty()));
    }

    static Lead status(Case about, UnitName unit) {
        return about.lead(
                new ServiceStatus(),
                new ServiceStatus.Arguments(
                        unit,
                        Optional.of(
                                List.of(
                                        Include.DEFINITION,
                                        Include.LIMITS,
                                        Include.VERIFY,
                                        Include.CONFIG)),
                        Optional.empty()));
    }

    static Lead log(Case about, UnitName unit) {
        return about.lead(
                new LogJournal(),
                new LogJournal.Arguments(
                        Optional.of(unit),
                        Optional.of(new Since("24h")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new Count(200)),
                        Optional.empty(),
                        Optional.empty()));
    }

    static Lead listeners(Case about) {
        return about.lead(
                new NetSockets(),
                new NetSockets.Arguments(
                        Optional.of(NetSockets.State.LISTEN),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    static Lead disks(Case about) {
        return about.lead(new DiskUsage(), new DiskUsage.Arguments(Optional.empty()));
    }

    /// The same unit on another host.
    private static Lead elsewhere(Host host, UnitName unit) {
        return new Lead(
                host,
                new Call<>(
                        new ServiceStatus(),
                        new ServiceStatus.Arguments(unit, Optional.empty(), Optional.empty())));
    }

    @Override
    public List<Lead> leads(Case about) {
        List<Lead> leads = new ArrayList<>();
        if (about.unit().isEmpty()) {
            leads.add(failed(about));
        }
        for (UnitName unit : units(about)) {
            leads.add(status(about, unit));
            leads.add(log(about, unit));
            leads.add(listeners(about));
            about.seen(log(about, unit), LogJournal.Journal.class)
                    .map(UnitLog::of)
                    .filter(log -> log.told().stream().anyMatch(one -> one.sign() == Sign.NO_SPACE))
                    .ifPresent(ignored -> leads.add(disks(about)));
        }
        about.unit()
                .filter(unit -> isMissing(about, unit))
                .ifPresent(unit -> others(about).forEach(host -> leads.add(elsewhere(host, unit))));
        return leads;
    }

    private static boolean isMissing(Case about, UnitName unit) {
        return about.seen(status(about, unit), UnitStatus.class)
                .filter(seen -> !seen.value().exists())
                .isPresent();
    }

    private static List<Host> others(Case about) {
        return about.hosts().all().stream()
                .filter(host -> !host.equals(about.host()))
                .limit(MOST_OTHER_HOSTS)
                .toList();
    }

    /// The unit that was asked about; else those that failed.
    private static List<UnitName> units(Case about) {
        if (about.unit().isPresent()) {
            return List.of(about.unit().get());
        }
        return about.seen(failed(about), ServiceList.Units.class).stream()
                .flatMap(seen -> seen.value().units().stream())
                .flatMap(one -> name(one.unit().value()).stream())
                .limit(MOST_FAILED)
                .toList();
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
        if (about.unit().isEmpty()) {
            branches.on(
                    failed(about),
                    ServiceList.Units.class,
                    "a failed service",
                    "有服务失败",
                    ServiceDown::listed);
        }
        for (UnitName unit : units(about)) {
            branches.on(
                    status(about, unit),
                    UnitStatus.class,
                    unit + " is not running",
                    unit + " 没有运行",
                    seen ->
                            seen.value().exists()
                                    ? new UnitCauses(about, unit, seen).conclusions()
                                    : List.of(missing(about, unit, seen)));
        }
        return branches.conclusions();
    }

    private static List<Conclusion> listed(Seen<ServiceList.Units> seen) {
        int count = seen.value().units().size();
        Citation all = Citation.of(seen.clue());
        if (count == 0) {
            return List.of(
                    Conclusion.fine("no service is in the failed state", "没有处于失败状态的服务", all));
        }
        return count <= MOST_FAILED
                ? List.of()
                : List.of(
                        Conclusion.confirmed(
                                Severity.NOTICE,
                                count
                                        + " services failed; the first "
                                        + MOST_FAILED
                                        + " were looked at",
                                "共有 " + count + " 个服务失败；已查看前 " + MOST_FAILED + " 个",
                                all));
    }

    /// A name that is not there is often a name that is somewhere else.
    static Conclusion missing(Case about, UnitName unit, Seen<UnitStatus> seen) {
        List<String> found = new ArrayList<>();
        Conclusion conclusion =
                Conclusion.confirmed(
                        Severity.WARNING,
                        "there is no unit " + unit.full() + " on " + about.host().name(),
                        about.host().name() + " 上没有单元 " + unit.full(),
                        Citation.of(seen.clue(), "^LoadState=not-found"));
        for (Host host : others(about)) {
            Optional<Seen<UnitStatus>> there =
                    about.seen(elsewhere(host, unit), UnitStatus.class)
                            .filter(one -> one.value().exists());
            if (there.isPresent()) {
                found.add(host.name());
                conclusion = conclusion.citing(Citation.of(there.get().clue(), "^LoadState="));
            }
        }
        String similar =
                String.join(", ", seen.value().similar().stream().map(Object::toString).toList());
        if (!found.isEmpty()) {
            String where = String.join(", ", found);
            return conclusion.advising(
                    "it is on " + where + "; did you mean that host? Ask again with its name",
                    "该单元在 " + where + " 上；您指的是那台主机吗？请指明主机后再问");
        }
        return similar.isEmpty()
                ? conclusion.advising(
                        "check the name, or whether its package is installed", "请核对名称，或确认其软件包是否已安装")
                : conclusion.advising("similar names here: " + similar, "本机上相近的名称：" + similar);
    }
}
