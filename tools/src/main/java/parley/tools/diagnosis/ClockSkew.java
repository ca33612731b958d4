package parley.tools.diagnosis;

import parley.tools.Bilingual;
import parley.tools.Finding.Severity;
import parley.tools.Lead;
import parley.tools.catalogue.host.HostIdentify;
import parley.tools.catalogue.host.HostIdentify.Identity;
import parley.tools.catalogue.network.TimeStatus;
import parley.tools.catalogue.services.ServiceList;
import parley.tools.diagnosis.Case.Seen;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether the clock of a host is right: compared with this machine's, and who keeps it.
final class ClockSkew implements Diagnosis {
    /// Less is told apart from the way there and back only by the host's own time service.
    private static final long SMALL = 500;

    private static final long GRAVE = 1000;

    private static final Set<String> KEEPERS =
            Set.of(
                    "chrony.service",
                    "chronyd.service",
                    "ntp.service",
                    "ntpd.service",
                    "ntpsec.service",
                    "openntpd.service",
                    "phc2sys.service",
                    "systemd-timesyncd.service");

    @Override
    public Symptom symptom() {
        return Symptom.CLOCK_SKEW;
    }

    private static Lead clock(Case about) {
        return about.lead(new HostIdentify(), new HostIdentify.Arguments());
    }

    private static Lead services(Case about) {
        return about.lead(
                new ServiceList(),
                new ServiceList.Arguments(
                        Optional.of(ServiceList.State.ALL), Optional.empty(), Optional.empty()));
    }

    private static Lead status(Case about) {
        return about.lead(new TimeStatus(), new TimeStatus.Arguments());
    }

    @Override
    public List<Lead> leads(Case about) {
        return List.of(clock(about), services(about), status(about));
    }

    @Override
    public List<Conclusion> conclude(Case about) {
        return new Branches(about)
                .on(clock(about), Identity.class, "a wrong clock", "时钟可能不准", ClockSkew::offset)
                .on(
                        services(about),
                        ServiceList.Units.class,
                        "a clock that nothing keeps",
                        "可能没有校时服务",
                        ClockSkew::kept)
                .on(
                        status(about),
                        TimeStatus.Clock.class,
                        "a time service that follows nothing",
                        "校时服务可能没有跟随任何时间源",
                        ClockSkew::synchronised)
                .conclusions();
    }

    private static List<Conclusion> offset(Seen<Identity> seen) {
        Identity one = seen.value();
        long offset = one.hostOffsetMs();
        long unsure = one.roundTripMs() / 2;
        Citation evidence = Citation.of(seen.clue());
        if (Math.abs(offset) - unsure < SMALL) {
            return List.of(
                    Conclusion.fine(
                            "its clock agrees with this machine's to "
                                    + Math.abs(offset)
                                    + " ms (measured to "
                                    + unsure
                                    + " ms)",
                            "其时钟与本机相差 " + Math.abs(offset) + " 毫秒（测量误差 " + unsure + " 毫秒）",
                            evidence));
        }
        String seconds = String.format(Locale.ROOT, "%.1f", Math.abs(offset) / 1000.0);
        Severity severity = Math.abs(offset) >= GRAVE ? Severity.CRITICAL : Severity.WARNING;
        return List.of(
                Conclusion.confirmed(
                                severity,
                                "its clock is "
                                        + seconds
                                        + " s "
                                        + (offset > 0 ? "ahead of" : "behind")
                                        + " this machine's",
                                "其时钟比本机" + (offset > 0 ? "快 " : "慢 ") + seconds + " 秒",
                                evidence)
                        .advising(
                                "one of the two is wrong: compare with a third host before any"
                                        + " clock is set. A step can hurt databases, certificates,"
                                        + " Kerberos and timers",
                                "两者之中有一个不准：校时前先与第三台主机比较。跳变可能影响数据库、证书、Kerberos 和定时任务")
                        .disproved(
                                "a third host agrees with it and not with this machine",
                                "第三台主机与它一致而与本机不一致"));
    }

    private static List<Conclusion> kept(Seen<ServiceList.Units> seen) {
        List<ServiceList.Unit> keepers =
                seen.value().units().stream()
                        .filter(one -> KEEPERS.contains(one.unit().value()))
                        .toList();
        List<ServiceList.Unit> running =
                keepers.stream().filter(one -> one.active().isUp()).toList();
        String names =
                running.stream().map(one -> one.unit().value()).collect(Collectors.joining(", "));
        List<Conclusion> found = new ArrayList<>();
        keepers.stream()
                .filter(one -> one.active().word().equals("failed"))
                .forEach(one ->
                        found.add(
                                Conclusion.confirmed(
                                        Severity.WARNING,
                                        one.unit() + " failed: it no longer keeps the clock",
                                        one.unit() + " 已失败：不再校时",
                                        Citation.of(seen.clue(), one.unit().value()))));
        if (running.size() > 1) {
            found.add(
                    Conclusion.confirmed(
                            Severity.WARNING,
                            "several services keep the clock and pull it back and forth: " + names,
                            "同时有多个校时服务在互相干扰：" + names,
                            Citation.of(seen.clue(), running.getFirst().unit().value())));
        } else if (running.isEmpty() && found.isEmpty()) {
            found.add(
                    Conclusion.open(
                            "drift: no time service runs here",
                            "可能漂移：本机没有运行校时服务",
                            Bilingual.of(
                                    "whether something outside keeps the clock (a container's host,"
                                            + " a hypervisor) cannot be seen from inside",
                                    "是否由外部（容器宿主机、虚拟化层）校时，从内部看不到"),
                            seen.clue()));
        }
        return found;
    }

    /// A daemon that runs and is not synchronised; that none runs is told already.
    private static List<Conclusion> synchronised(Seen<TimeStatus.Clock> seen) {
        return seen.value().daemons().isEmpty()
                ? List.of()
                : Borrowed.all(seen, "its time service is synchronised", "其校时服务已同步");
    }
}
