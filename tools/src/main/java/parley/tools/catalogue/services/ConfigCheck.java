package parley.tools.catalogue.services;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Means;
import parley.tools.RootCommand;
import parley.tools.value.HostText;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a service's own program says about its configuration before it is restarted with it.
///
/// Only programs whose check is known to change nothing are asked, by their unit's own name. Most
/// of them need root to read everything: a check that fails without root proves nothing.
///
/// @param program the command that checked
/// @param lines its last lines, when it refuses the configuration
public record ConfigCheck(
        @Means(en = "checked by", zh = "检查命令") HostText program,
        @Means(en = "accepted", zh = "通过") boolean accepted,
        @Means(en = "says", zh = "信息") List<HostText> lines) {
    private static final int NO_SUCH_PROGRAM = 127;
    private static final int MOST_LINES = 3;

    private static final Map<String, Argv> COMMANDS =
            Map.ofEntries(
                    Map.entry("nginx.service", Argv.of("nginx", "-t")),
                    Map.entry("ssh.service", Argv.of("sshd", "-t")),
                    Map.entry("sshd.service", Argv.of("sshd", "-t")),
                    Map.entry(
                            "haproxy.service",
                            Argv.of("haproxy", "-c", "-f", "/etc/haproxy/haproxy.cfg")),
                    Map.entry("named.service", Argv.of("named-checkconf")),
                    Map.entry("bind9.service", Argv.of("named-checkconf")),
                    Map.entry("apache2.service", Argv.of("apachectl", "-t")),
                    Map.entry("httpd.service", Argv.of("apachectl", "-t")),
                    Map.entry("postfix.service", Argv.of("postfix", "check")));

    public ConfigCheck {
        lines = List.copyOf(lines);
    }

    /// The forms of all of them.
    static List<RootCommand> rootCommands() {
        return COMMANDS.values().stream()
                .map(argv -> RootCommand.of(String.join(" ", argv.words())))
                .distinct()
                .toList();
    }

    /// The check for `unit`, a full name; empty where none is known.
    static Optional<Argv> of(String unit) {
        return Optional.ofNullable(COMMANDS.get(unit))
                .map(argv ->
                        argv.betterAsRoot().alsoReadableWhenExit(1, 2, 3, 255, NO_SUCH_PROGRAM));
    }

    /// What the check came to; empty, and a gap more, where it could not be made.
    static Optional<ConfigCheck> read(Capture capture, List<Bilingual> gaps) {
        String program = String.join(" ", capture.argv().words());
        if (capture.exit() == 0) {
            return Optional.of(new ConfigCheck(new HostText(program), true, List.of()));
        }
        if (capture.exit() == NO_SUCH_PROGRAM || capture.exit() == 124) {
            gaps.add(
                    Bilingual.of(
                            "its configuration was not checked: {0} did not run",
                            "未检查其配置：{0} 没有运行成功", program));
            return Optional.empty();
        }
        if (!capture.asRoot()) {
            gaps.add(
                    Bilingual.of(
                            "its configuration could not be checked without root ({0})",
                            "没有 root 权限，无法检查其配置（{0}）", program));
            return Optional.empty();
        }
        List<HostText> said =
                Stream.concat(capture.stderr().lines(), capture.stdout().lines())
                        .filter(line -> !line.isBlank())
                        .map(HostText::new)
                        .toList();
        return Optional.of(
                new ConfigCheck(
                        new HostText(program),
                        false,
                        said.subList(0, Math.min(MOST_LINES, said.size()))));
    }

    Bilingual says() {
        return accepted
                ? Bilingual.of("its configuration is accepted by {0}", "配置检查通过（{0}）", program)
                : refused();
    }

    private Bilingual refused() {
        String said = String.join(" | ", lines.stream().map(HostText::value).toList());
        return Bilingual.of(
                "its configuration is refused by {0}: {1}", "配置检查未通过（{0}）：{1}", program, said);
    }

    /// Why nothing may be restarted with this configuration.
    Optional<Bilingual> obstacle() {
        return accepted
                ? Optional.empty()
                : Optional.of(
                        Bilingual.of(
                                refused().en() + "; it would not come back",
                                refused().zh() + "；重启后将无法恢复运行"));
    }
}
