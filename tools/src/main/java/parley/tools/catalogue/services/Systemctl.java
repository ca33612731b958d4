package parley.tools.catalogue.services;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Next;
import parley.tools.Platform;
import parley.tools.RootCommand;

import java.util.ArrayList;
import java.util.List;

/// The few forms in which `systemctl` is called: never a pager, never a password prompt, and `--`
/// before units.
final class Systemctl {
    /// The first systemd whose `show` can print times as seconds since 1970.
    private static final int UNIX_TIMES = 247;

    private Systemctl() {}

    /// `systemctl show` of these properties.
    static Argv show(Platform platform, String properties, String... units) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "systemctl",
                                "--no-ask-password",
                                "--no-pager",
                                "show",
                                "--property=" + properties));
        if (platform.systemdVersion() >= UNIX_TIMES) {
            words.add("--timestamp=unix");
        }
        words.add("--");
        words.addAll(List.of(units));
        return Argv.of(words);
    }

    /// `systemctl VERB -- UNIT`.
    static Argv of(String verb, String unit) {
        return Argv.of("systemctl", "--no-ask-password", "--no-pager", verb, "--", unit);
    }

    /// `systemctl VERB [OPTIONS] -- UNITS`, as root.
    static Argv change(List<String> verb, List<String> units) {
        List<String> words =
                new ArrayList<>(List.of("systemctl", "--no-ask-password", "--no-pager"));
        words.addAll(verb);
        words.add("--");
        words.addAll(units);
        return Argv.of(words).asRoot();
    }

    /// The form of [#change].
    static RootCommand rootCommand(String verb, String units) {
        return RootCommand.of("systemctl --no-ask-password --no-pager " + verb + " -- " + units);
    }

    static Next.NotSupported noSystemd() {
        return new Next.NotSupported(
                Bilingual.of(
                        "this host does not run systemd; only systemd services are supported",
                        "该主机没有运行 systemd；目前只支持 systemd 服务"));
    }
}
