package parley.tools.catalogue.security;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.catalogue.network.SocketTable;
import parley.tools.catalogue.packages.Unsupported;
import parley.tools.read.Captures;
import parley.tools.read.Line;
import parley.tools.read.Lines;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What of a host is reachable from outside, and what about it is weak.
///
/// Source: `ss` for what listens beyond the loopback; `sshd -T`, `systemd-analyze security`; `find`
/// for programs that run as their owner (setuid), which the package database must know, and for
/// programs that anybody may change. Never empty. Whether a firewall stands before a port, and
/// which security updates wait, other tools tell (`net.firewall`, `package.updates`). Without root
/// the reading is partial. Exit 1 of `find` means that some folders could not be searched.
public final class SecurityExposure implements Observation<SecurityExposure.Arguments, Exposure> {
    private static final int MOST_PROGRAMS = 100;
    private static final int ANALYZE_JSON = 250;

    public record Arguments() {}

    @Override
    public Card card() {
        return Card.observe(
                "security.exposure",
                "security",
                Bilingual.of("What is reachable from outside, and what is weak", "暴露面与弱点"),
                Card.onlyOn(Family.APT, Family.DNF),
                Bilingual.of("audit how exposed lb-1 is", "审计一下 lb-1 的暴露面"),
                Bilingual.of("what is the attack surface of web-1", "web-1 的攻击面有哪些"),
                Bilingual.of("security audit of db-1", "检查 db-1 的暴露面"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                RootCommand.of("ss -H -n -p -t -u -l"),
                RootCommand.of("sshd -T"),
                RootCommand.of("find / -xdev -type f -perm -4000 -printf %p\\0"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    static Argv listeners() {
        return SocketTable.list(List.of("-t", "-u", "-l"));
    }

    static Argv confinement() {
        return Argv.of("systemd-analyze", "security", "--json=short", "--no-pager")
                .within(Duration.ofSeconds(30));
    }

    static Argv setuid() {
        return Argv.of("find", "/", "-xdev", "-type", "f", "-perm", "-4000", "-printf", "%p\\0")
                .betterAsRoot()
                .within(Duration.ofMinutes(1))
                .alsoReadableWhenExit(1);
    }

    static Argv writable() {
        return Argv.of(
                        "find",
                        "/usr/local/sbin/",
                        "/usr/local/bin/",
                        "/usr/sbin/",
                        "/usr/bin/",
                        "-maxdepth",
                        "1",
                        "-perm",
                        "-0002",
                        "!",
                        "-type",
                        "l",
                        "-printf",
                        "%p\\0")
                .alsoReadableWhenExit(1);
    }

    /// Which of `paths` a package brought. dpkg knows a file under the name that its package gave
    /// it, with or without `/usr`, so both are asked for.
    static Argv owners(Family family, List<String> paths) {
        List<String> words =
                new ArrayList<>(
                        family == Family.APT
                                ? List.of("dpkg-query", "-S", "--")
                                : List.of("rpm", "-qf", "--"));
        for (String path : paths) {
            words.add(path);
            if (family == Family.APT && path.startsWith("/usr/")) {
                words.add(path.substring("/usr".length()));
            }
        }
        Integer[] unowned = new Integer[Math.min(paths.size(), 255)];
        for (int count = 0; count < unowned.length; count++) {
            unowned[count] = count + 1;
        }
        return Argv.of(words).alsoReadableWhenExit(unowned);
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        if (platform.family() != Family.APT && platform.family() != Family.DNF) {
            return Unsupported.on(platform);
        }
        return Next.known(soFar, () -> commands(platform, soFar));
    }

    private static List<Argv> commands(Platform platform, List<Capture> soFar) throws Unreadable {
        List<Argv> commands =
                new ArrayList<>(
                        List.of(
                                listeners(),
                                SocketTable.units(),
                                SshSettings.show(),
                                setuid(),
                                writable()));
        if (platform.systemdVersion() >= ANALYZE_JSON) {
            commands.add(confinement());
        }
        if (soFar.size() >= commands.size()) {
            List<String> programs = programs(soFar);
            if (!programs.isEmpty()) {
                commands.add(owners(platform.family(), programs));
            }
        }
        return commands;
    }

    /// The setuid programs, at most so many as one question to the package database can hold.
    static List<String> programs(List<Capture> captures) throws Unreadable {
        return Lines.rows(Captures.number(captures, setuid()), captures).stream()
                .map(Line::text)
                .filter(path -> path.startsWith("/") && path.indexOf('\n') < 0)
                .limit(MOST_PROGRAMS)
                .toList();
    }

    @Override
    public Reading<Exposure> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        return ExposureReading.of(platform, captures);
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Exposure> reading) {
        return ExposureFindings.of(reading);
    }
}
