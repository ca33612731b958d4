package parley.tools.catalogue.fleet;

import parley.tools.catalogue.kernel.KernelFacts;
import parley.tools.catalogue.network.NetInterfaces;
import parley.tools.catalogue.network.TimeStatus;
import parley.tools.catalogue.packages.InstalledPackages;
import parley.tools.catalogue.services.ServiceList;
import parley.tools.catalogue.storage.DiskUsage;
import parley.tools.catalogue.supply.RepositoryList;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What of a reading two equal hosts have in common, as names and values: no host names, serial
/// numbers, addresses, times or amounts that differ by nature.
final class Facts {
    private static final double CLOCK_STEP_MS = 1000;

    private Facts() {}

    /// @return empty when the reading is not one of this aspect
    static Map<String, String> of(Aspect aspect, Record reading) {
        Map<String, String> facts = new TreeMap<>();
        switch (reading) {
            case InstalledPackages packages ->
                    packages.packages()
                            .forEach(one ->
                                    facts.merge(
                                            one.name() + ":" + one.architecture(),
                                            one.version().value(),
                                            (old, more) -> old + ", " + more));
            case KernelFacts kernel -> kernel(aspect, kernel, facts);
            case ServiceList.Units units ->
                    units.units()
                            .forEach(one ->
                                    facts.put(
                                            one.unit().value(),
                                            one.active().word()
                                                    + one.enabled()
                                                            .map(boot -> "/" + boot)
                                                            .orElse("")));
            case DiskUsage.Usage usage ->
                    usage.filesystems()
                            .forEach(one ->
                                    facts.put(
                                            one.mount().value(),
                                            one.fstype()
                                                    + (one.readOnly().orElse(false)
                                                            ? ", read-only"
                                                            : "")));
            case RepositoryList list ->
                    list.repositories().stream()
                            .filter(one -> one.enabled())
                            .forEach(one ->
                                    facts.put(
                                            one.id().value(),
                                            one.urls().stream()
                                                    .map(url -> url.value())
                                                    .collect(Collectors.joining(" "))));
            case TimeStatus.Clock clock -> clock(clock, facts);
            case NetInterfaces.Interfaces interfaces ->
                    interfaces
                            .links()
                            .forEach(one -> facts.put(one.dev().value(), Long.toString(one.mtu())));
            default -> {
                return Map.of();
            }
        }
        return facts;
    }

    private static void kernel(Aspect aspect, KernelFacts kernel, Map<String, String> facts) {
        if (aspect == Aspect.KERNEL) {
            facts.put("running", kernel.running().value());
            kernel.newestInstalled().ifPresent(one -> facts.put("newest installed", one.value()));
        } else if (aspect == Aspect.DRIVER) {
            facts.put("foreign modules", kernel.foreignModules().toString());
        } else {
            kernel.parameters()
                    .forEach(one ->
                            facts.put(
                                    one.key(),
                                    one.value().map(value -> value.value()).orElse("not there")));
        }
    }

    /// Clocks never agree exactly; a second apart they disagree.
    private static void clock(TimeStatus.Clock clock, Map<String, String> facts) {
        facts.put("zone", clock.timezone().value());
        facts.put("synchronised", clock.synced() ? "yes" : "no");
        double off = Math.abs(clock.consoleOffsetMs()) - clock.consoleErrorMs();
        facts.put(
                "offset to this machine",
                off < CLOCK_STEP_MS
                        ? "less than 1 s"
                        : Math.round(clock.consoleOffsetMs() / CLOCK_STEP_MS) + " s");
    }
}
