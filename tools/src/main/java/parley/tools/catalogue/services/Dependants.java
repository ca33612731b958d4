package parley.tools.catalogue.services;

import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Change.Proof;
import parley.tools.Observed;
import parley.tools.Preview;
import parley.tools.value.BadValue;
import parley.tools.value.HostText;
import parley.tools.value.UnitName;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Whether everything that hangs on a unit came back with it: the units that stop with it, and its
/// listening ports.
final class Dependants {
    /// More than these are compared by the list of running units alone.
    private static final int MOST_WATCHED = 6;

    /// Ports from here on are picked by the kernel for a while and mean nothing.
    private static final int FIRST_EPHEMERAL = 32_768;

    private Dependants() {}

    /// A look at each unit that was interrupted.
    static List<Call<?>> checks(Preview preview) {
        List<Call<?>> checks = new ArrayList<>();
        for (HostText unit : stopped(preview)) {
            try {
                if (checks.size() < MOST_WATCHED) {
                    checks.add(
                            new Call<>(
                                    new ServiceStatus(),
                                    ServiceStatus.Arguments.with(
                                            new UnitName(unit.value()),
                                            ServiceStatus.Include.LOGS)));
                }
            } catch (BadValue strange) {
                // A name that is none is compared by the list alone.
            }
        }
        return checks;
    }

    private static List<HostText> stopped(Preview preview) {
        return preview.find(ServiceDeps.Deps.class)
                .map(ServiceDeps.Deps::stopsToo)
                .orElse(List.of());
    }

    /// The proof of the unit itself, unless something that was there before is missing now.
    static Proof proof(Proof own, Preview preview, List<Observed> after) {
        Optional<ServiceDeps.Deps> before = preview.find(ServiceDeps.Deps.class);
        Optional<ServiceDeps.Deps> now = Observed.find(after, ServiceDeps.Deps.class);
        if (before.isEmpty() || now.isEmpty()) {
            return own;
        }
        Set<HostText> gone = new java.util.HashSet<>(before.get().stopsToo());
        gone.removeAll(now.get().stopsToo());
        if (!gone.isEmpty()) {
            return notBack(own, gone, after);
        }
        boolean rootless = isPartial(after, ServiceDeps.Deps.class);
        Set<String> silent = new TreeSet<>(ports(before.get()));
        silent.removeAll(ports(now.get()));
        if (!silent.isEmpty() && !rootless) {
            String ports = String.join(", ", silent);
            return new Proof(
                    false,
                    Bilingual.of(
                            "{0}; but it no longer listens on {1}",
                            "{0}；但不再监听 {1}", own.statement(), ports));
        }
        return own;
    }

    private static Proof notBack(Proof own, Set<HostText> gone, List<Observed> after) {
        String names =
                gone.stream().map(HostText::value).sorted().collect(Collectors.joining(", "));
        Optional<Bilingual> why =
                after.stream()
                        .map(one -> one.reading().value())
                        .filter(UnitStatus.class::isInstance)
                        .map(UnitStatus.class::cast)
                        .filter(status -> gone.contains(status.unit()))
                        .findFirst()
                        .map(status ->
                                UnitProof.failed(
                                                status,
                                                "is " + status.active().word(),
                                                "状态为 " + status.active().word())
                                        .statement());
        return new Proof(
                false,
                Bilingual.of(
                        own.statement().en()
                                + "; but did not come back with it: "
                                + names
                                + why.map(text -> " (" + text.en() + ")").orElse(""),
                        own.statement().zh()
                                + "；但未随之恢复："
                                + names
                                + why.map(text -> "（" + text.zh() + "）").orElse("")));
    }

    private static boolean isPartial(List<Observed> after, Class<?> type) {
        return after.stream()
                .filter(one -> type.isInstance(one.reading().value()))
                .anyMatch(one -> !one.reading().gaps().isEmpty());
    }

    /// `tcp 0.0.0.0:80` of the ports that somebody chose.
    private static Set<String> ports(ServiceDeps.Deps deps) {
        return deps.listening().stream()
                .map(HostText::value)
                .filter(socket -> port(socket) < FIRST_EPHEMERAL)
                .collect(Collectors.toSet());
    }

    private static int port(String socket) {
        String number = socket.substring(socket.lastIndexOf(':') + 1);
        return number.matches("[0-9]{1,5}") ? Integer.parseInt(number) : FIRST_EPHEMERAL;
    }
}
