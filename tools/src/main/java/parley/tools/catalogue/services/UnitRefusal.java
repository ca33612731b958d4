package parley.tools.catalogue.services;

import parley.tools.Bilingual;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Units that are never started, stopped or changed here: those open a root shell or take the whole
/// host down, and units that are no services take others with them.
final class UnitRefusal {
    private static final Set<String> TYPES = Set.of("service", "timer", "socket", "path");

    private static final Pattern NEVER =
            Pattern.compile(
                    "debug-shell|emergency|rescue|initrd-.*"
                        + "|systemd-(reboot|poweroff|halt|kexec|soft-reboot|exit|suspend|hibernate"
                        + "|hybrid-sleep|suspend-then-hibernate)");

    private UnitRefusal() {}

    /// Why `unit`, a full name, is refused; empty when it is not.
    static Optional<Bilingual> of(String unit) {
        int dot = unit.lastIndexOf('.');
        String type = unit.substring(dot + 1);
        if (!TYPES.contains(type)) {
            return Optional.of(
                    Bilingual.of(
                            "{0} is not a service, timer, socket or path: changing a unit of type"
                                    + " {1} can take down many others, and no tool does it",
                            "{0} 不是 service、timer、socket 或 path：改动 {1} 类型的单元会波及许多其他单元，没有工具做这件事",
                            unit,
                            type));
        }
        return NEVER.matcher(unit.substring(0, dot)).matches()
                ? Optional.of(
                        Bilingual.of(
                                "{0} is never touched here: it opens a root shell or takes the host"
                                        + " down",
                                "{0} 在此绝不操作：它会打开 root shell 或使主机停机", unit))
                : Optional.empty();
    }
}
