package parley.tools.catalogue.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.catalogue.logs.JournalEntry;
import parley.tools.catalogue.logs.JournalLines;
import parley.tools.catalogue.logs.TimeFrame;
import parley.tools.catalogue.security.MacState.Apparmor;
import parley.tools.catalogue.security.MacState.Selinux;
import parley.tools.read.Captures;
import parley.tools.read.HostClock;
import parley.tools.schema.Json;
import parley.tools.value.Since;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether SELinux or AppArmor is at work, and what they denied.
///
/// Source: `getenforce`; `aa-status --json`, which exits with 0 and says nothing where AppArmor is
/// absent, 1 and 3 where it is off, 4 where it may not be read; the journal's entries of kernel and
/// audit. *Empty* means that neither is installed and nothing was denied. Without root the reading
/// is partial. What was only written down (permissive, complain) stopped nobody.
public final class SecurityMac implements Observation<SecurityMac.Arguments, MacState> {
    private static final long MOST_LINES = 2000;
    private static final String COPY = "audit: type=";
    private static final Argv GETENFORCE = Argv.of("getenforce").alsoReadableWhenExit(127);
    private static final Argv AA_STATUS =
            Argv.of("aa-status", "--json").betterAsRoot().alsoReadableWhenExit(1, 2, 3, 4, 127);

    public record Arguments(
            @Means(en = "denials from this time on (default 24h)", zh = "拒绝记录的起始时间（默认 24h）")
                    Optional<Since> since) {
        TimeFrame frame() {
            return TimeFrame.since(since.orElse(new Since("24h")));
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "security.mac",
                "security",
                Bilingual.of(
                        "SELinux and AppArmor, and what they denied", "SELinux 与 AppArmor 状态及拒绝记录"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("show the selinux state of db-1", "db-1 的 selinux 是强制模式吗"),
                Bilingual.of("what did apparmor deny on web-1", "web-1 上 apparmor 拒绝了什么"),
                Bilingual.of("show selinux on web-2", "web-2 上 selinux 拒绝了什么"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                RootCommand.of("aa-status --json"),
                JournalLines.rootCommand(
                        "[[ --since=<moment> ]] --grep=avc: +denied|apparmor=\"(DENIED|ALLOWED)\""
                                + " _TRANSPORT=kernel + _TRANSPORT=audit"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        if (!platform.hasSystemd()) {
            return new Next.NotSupported(
                    Bilingual.of(
                            "this host does not run systemd and so has no journal of denials",
                            "该主机没有运行 systemd，因此没有拒绝记录（journal）"));
        }
        return Next.known(soFar, () -> commands(arguments, platform, soFar));
    }

    private static List<Argv> commands(Arguments arguments, Platform platform, List<Capture> soFar)
            throws Unreadable {
        List<Argv> commands = new ArrayList<>(arguments.frame().commands());
        Optional<HostClock> clock = arguments.frame().clock(soFar);
        if (!commands.isEmpty() && clock.isEmpty()) {
            return commands;
        }
        commands.add(GETENFORCE);
        commands.add(AA_STATUS);
        commands.add(journal(arguments, platform, clock));
        commands.add(JournalLines.groups());
        return commands;
    }

    private static Argv journal(Arguments arguments, Platform platform, Optional<HostClock> clock) {
        List<String> conditions = new ArrayList<>(arguments.frame().conditions(clock));
        conditions.add("--grep=avc: +denied|apparmor=\"(DENIED|ALLOWED)\"");
        conditions.addAll(List.of("_TRANSPORT=kernel", "+", "_TRANSPORT=audit"));
        return JournalLines.newest(platform, MOST_LINES + 1, conditions)
                .within(Duration.ofSeconds(30));
    }

    @Override
    public Reading<MacState> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        Optional<HostClock> clock = arguments.frame().clock(captures);
        Capture journal = Captures.need(captures, journal(arguments, platform, clock));
        List<Bilingual> gaps =
                new ArrayList<>(
                        JournalLines.gaps(
                                journal,
                                Captures.find(captures, JournalLines.groups()),
                                Optional.empty()));
        List<MacDenial> denials = new ArrayList<>();
        for (JournalEntry entry : once(JournalLines.read(journal))) {
            MacDenial.of(entry).ifPresent(denial -> fold(denials, denial));
        }
        Selinux selinux = selinux(Captures.need(captures, GETENFORCE));
        Capture status = Captures.need(captures, AA_STATUS);
        Apparmor apparmor = apparmor(status);
        if (apparmor == Apparmor.UNKNOWN) {
            gaps.add(
                    Bilingual.of(
                            "the state of AppArmor may only be read by root",
                            "只有 root 可以读取 AppArmor 的状态"));
        }
        MacState value =
                new MacState(
                        selinux,
                        apparmor,
                        profiles(status, apparmor, "enforce"),
                        profiles(status, apparmor, "complain"),
                        arguments.frame().start(clock),
                        denials);
        boolean nothing =
                denials.isEmpty()
                        && selinux == Selinux.NOT_INSTALLED
                        && apparmor == Apparmor.NOT_INSTALLED;
        return Reading.of(value, nothing, gaps);
    }

    /// Without the kernel's copies of what the audit system wrote down itself.
    private static List<JournalEntry> once(List<JournalEntry> entries) {
        Set<String> audited = new HashSet<>();
        for (JournalEntry entry : entries) {
            if (!entry.message().value().startsWith(COPY)) {
                audited.add(fields(entry));
            }
        }
        return entries.stream()
                .filter(entry ->
                        !entry.message().value().startsWith(COPY)
                                || !audited.contains(fields(entry)))
                .toList();
    }

    /// The fields of a denial, from the first that both copies have.
    private static String fields(JournalEntry entry) {
        String text = entry.message().value();
        int from = Math.max(text.indexOf("apparmor="), text.indexOf("avc:"));
        return from < 0 ? text : text.substring(from);
    }

    private static void fold(List<MacDenial> denials, MacDenial denial) {
        for (int index = 0; index < denials.size(); index++) {
            if (denials.get(index).isLike(denial)) {
                denials.set(index, denials.get(index).andAt(denial.last()));
                return;
            }
        }
        denials.add(denial);
    }

    private static Selinux selinux(Capture capture) throws Unreadable {
        if (capture.exit() == 127) {
            return Selinux.NOT_INSTALLED;
        }
        String mode = capture.readable().stdout().strip();
        return switch (mode) {
            case "Enforcing" -> Selinux.ENFORCING;
            case "Permissive" -> Selinux.PERMISSIVE;
            case "Disabled" -> Selinux.DISABLED;
            default ->
                    throw Unreadable.line(
                            capture.argv(), 1, "Enforcing, Permissive or Disabled", mode);
        };
    }

    private static Apparmor apparmor(Capture capture) throws Unreadable {
        boolean missing = capture.exit() == 127 || capture.stderr().contains("command not found");
        if (missing) {
            return Apparmor.NOT_INSTALLED;
        }
        return switch (capture.readable().exit()) {
            case 0, 2 -> capture.stdout().isBlank() ? Apparmor.INACTIVE : Apparmor.ACTIVE;
            case 4 -> Apparmor.UNKNOWN;
            default -> capture.asRoot() ? Apparmor.INACTIVE : Apparmor.UNKNOWN;
        };
    }

    /// How many profiles `aa-status` lists in this mode.
    private static long profiles(Capture status, Apparmor apparmor, String mode) throws Unreadable {
        if (apparmor != Apparmor.ACTIVE) {
            return 0;
        }
        try {
            JsonNode profiles = Json.mapper().readTree(status.stdout()).path("profiles");
            if (!profiles.isObject()) {
                throw Unreadable.line(status.argv(), 1, "profiles", status.stdout());
            }
            long count = 0;
            for (JsonNode profile : profiles) {
                count += profile.asText().equals(mode) ? 1 : 0;
            }
            return count;
        } catch (JsonProcessingException broken) {
            throw Unreadable.line(status.argv(), 1, "JSON", status.stdout());
        }
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<MacState> reading) {
        return MacFindings.of(reading, arguments.frame().commands().size() + 3);
    }
}
