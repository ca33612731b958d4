package parley.tools.catalogue.services;

import parley.tools.Bilingual;
import parley.tools.Change.Impact;
import parley.tools.Preview;
import parley.tools.Risk;
import parley.tools.value.BadValue;
import parley.tools.value.HostText;
import parley.tools.value.UnitName;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What the cards of all changes of a unit say, from its status and from what hangs on it.
final class UnitImpact {
    private UnitImpact() {}

    /// The unit's own name as the host states it, whatever other name of it was asked for; the
    /// asked one while nobody has looked, and where the host's answer is no unit name.
    static String name(UnitName asked, Preview preview) {
        Optional<String> own =
                preview.find(UnitStatus.class)
                        .filter(UnitStatus::exists)
                        .map(status -> status.unit().value());
        try {
            return own.map(name -> new UnitName(name).full()).orElse(asked.full());
        } catch (BadValue strange) {
            return asked.full();
        }
    }

    /// Nobody could look: then nothing is attempted.
    static Impact unread(String asked, Risk risk) {
        Bilingual unread =
                Bilingual.of(
                        "the state of {0} could not be read, so what this would hit is unknown",
                        "读不到 {0} 的状态，无法判断影响范围", asked);
        return new Impact(risk, Set.of(asked), Set.of(), Set.of(), List.of(), List.of(unread));
    }

    static Bilingual state(String asked, UnitStatus status) {
        String unit = status.unit().value();
        String alias = unit.equals(asked) ? "" : " (" + asked + ")";
        String state = status.active().word() + " (" + status.sub() + ")";
        String pid = status.mainPid().map(number -> ", main process " + number).orElse("");
        String pidZh = status.mainPid().map(number -> "，主进程 " + number).orElse("");
        return Bilingual.of(
                unit + alias + " is " + state + pid, unit + alias + " 当前为 " + state + pidZh);
    }

    /// What is interrupted while the unit is down, added to `lines`.
    static void hit(Optional<ServiceDeps.Deps> deps, List<Bilingual> lines) {
        deps.ifPresentOrElse(one -> hit(one, lines), () -> lines.add(unknownRadius()));
    }

    /// The running units that stop with it.
    static Set<String> alsoHit(Optional<ServiceDeps.Deps> deps) {
        return deps.stream()
                .flatMap(one -> one.stopsToo().stream())
                .map(HostText::value)
                .collect(Collectors.toSet());
    }

    private static void hit(ServiceDeps.Deps deps, List<Bilingual> lines) {
        if (!deps.stopsToo().isEmpty()) {
            String names = names(deps.stopsToo());
            lines.add(Bilingual.of("interrupted with it: " + names, "一并中断：" + names));
        }
        if (!deps.listening().isEmpty()) {
            String sockets = names(deps.listening());
            lines.add(Bilingual.of("not reachable meanwhile: " + sockets, "期间无法访问：" + sockets));
        }
        if (deps.clients() > 0) {
            lines.add(
                    Bilingual.of(
                            deps.clients() + " open connections will be cut",
                            deps.clients() + " 个已建立的连接将被断开"));
        }
        if (!deps.triggeredBy().isEmpty()) {
            String names = names(deps.triggeredBy());
            lines.add(Bilingual.of("it is also started by " + names, "它也会被以下单元触发：" + names));
        }
    }

    private static Bilingual unknownRadius() {
        return Bilingual.of("what is interrupted with it could not be read", "读不到会一并中断哪些单元");
    }

    /// That it failed before, and why.
    static Optional<Bilingual> failedBefore(UnitStatus status) {
        if (status.active() != UnitActive.FAILED) {
            return Optional.empty();
        }
        Bilingual reason = UnitReason.of(status);
        return Optional.of(
                Bilingual.of(
                        "it failed before ({0}): it may fail again", "它此前已失败（{0}）：可能再次失败", reason));
    }

    /// Why the unit cannot be started as it is; empty when it can.
    static Optional<Bilingual> unusable(String asked, UnitStatus status) {
        return switch (status.load()) {
            case NOT_FOUND -> {
                String near = names(status.similar());
                yield Optional.of(
                        Bilingual.of(
                                "there is no unit "
                                        + asked
                                        + " on this host"
                                        + (near.isEmpty() ? "" : "; similar: " + near),
                                "该主机上没有单元 " + asked + (near.isEmpty() ? "" : "；相近的有：" + near)));
            }
            case MASKED ->
                    Optional.of(
                            Bilingual.of(
                                    status.unit() + " is masked; it must be unmasked first",
                                    status.unit() + " 已被屏蔽（masked），须先解除"));
            case BAD_SETTING, ERROR -> {
                String why = status.loadError().map(HostText::value).orElse(status.load().word());
                yield Optional.of(
                        Bilingual.of(
                                "the definition of {0} is broken: {1}",
                                "{0} 的定义有误：{1}", status.unit(), why));
            }
            case LOADED, MERGED, STUB -> Optional.empty();
        };
    }

    static String names(List<HostText> names) {
        return names.stream().map(HostText::value).collect(Collectors.joining(", "));
    }
}
