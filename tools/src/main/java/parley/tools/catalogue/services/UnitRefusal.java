package parley.tools.catalogue.services;

import parley.tools.Bilingual;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Units that are never restarted, reloaded or started here: restarting one that is not running
/// starts it, and these open a root shell or take the whole host down.
final class RestartRefusal {
    private static final Set<String> TYPES = Set.of("service", "timer", "socket", "path");

    private static final Pattern NEVER =
            Pattern.compile(
                    "debug-shell|emergency|rescue|initrd-.*"
                        + "|systemd-(reboot|poweroff|halt|kexec|soft-reboot|exit|suspend|hibernate"
                        + "|hybrid-sleep|suspend-then-hibernate)");

    private RestartRefusal() {}

    /// Why `unit`, a full name, is refused; empty when it is not.
    static Optional<Bilingual> of(String unit) {
        int dot = unit.lastIndexOf('.');
        String type = unit.substring(dot + 1);
        if (!TYPES.contains(type)) {
            return Optional.of(
                    Bilingual.of(
                            unit
                                    + " is not a service, timer, socket or path: restarting a unit"
                                    + " of type "
                                    + type
                                    + " can take down many others, and no tool does it",
                            unit
                                    + " 不是 service、timer、socket 或 path：重启 "
                                    + type
                                    + " 类型的单元会波及许多其他单元，没有工具做这件事"));
        }
        return NEVER.matcher(unit.substring(0, dot)).matches()
                ? Optional.of(
                        Bilingual.of(
                                unit
                                        + " is never started or restarted: it opens a root shell or"
                                        + " takes the host down",
                                unit + " 绝不允许启动或重启：它会打开 root shell 或使主机停机"))
                : Optional.empty();
    }
}
