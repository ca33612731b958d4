package parley.tools.catalogue.host;

import static java.util.Objects.requireNonNull;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Means;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.read.Assignments;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a host is: system, kernel, init, package manager, boot, and how its clock stands to ours.
///
/// Source: `/etc/os-release`, `uname`, `/proc`, `systemctl --version` (without systemd, whether
/// OpenRC's folder in `/run` is there), `systemd-detect-virt` (exits 1 and says `none` on bare
/// metal; absent without systemd), the package manager's own version, and `date`. Runs on any host
/// before anything is known about it. Never empty.
public final class HostIdentify
        implements Observation<HostIdentify.Arguments, HostIdentify.Identity> {
    private static final int NO_SUCH_PROGRAM = 127;
    private static final String SYSTEMD = "systemd";

    /// There while OpenRC runs the services, whatever program is process 1.
    private static final String OPENRC = "/run/openrc";

    private static final Pattern UNAME = Pattern.compile("(\\S+) (\\S+) (\\S+) (\\S+)");
    private static final Pattern BOOT =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern UPTIME = Pattern.compile("(\\d{1,12})\\.\\d+ \\d+\\.\\d+");
    private static final Pattern SYSTEMD_VERSION =
            Pattern.compile("systemd (\\d{1,6})(?:[ .~(-].*)?");
    private static final Pattern CLOCK = Pattern.compile("\\d{1,11}\\.(\\d{9}|%?N)");
    private static final Pattern WORD = Pattern.compile("[a-z0-9][a-z0-9_-]*");
    private static final Duration TOLERATED = Duration.ofSeconds(1);

    /// How many commands come before those that depend on what was seen.
    private static final int FIXED = 4;

    public record Arguments() {}

    /// @param osId `ID` of os-release: `debian`, `anolis`
    /// @param idLike what it calls itself a relative of
    /// @param init what starts the services: `systemd`, `openrc`, or the program that is process 1
    /// @param systemdVersion 0 where process 1 is not systemd
    /// @param virt `none`, `kvm`, `docker`, …; empty when nothing could tell
    /// @param pkgToolVersion of the package manager; empty when none was recognized
    /// @param clock the host's own, when it was asked
    /// @param hostOffsetMs how far its clock is ahead of ours; right to half of `roundTripMs`
    public record Identity(
            @Means(en = "name", zh = "主机名") HostText hostname,
            @Means(en = "system", zh = "系统") HostText osName,
            @Means(en = "system id", zh = "系统标识") String osId,
            @Means(en = "version", zh = "版本") String osVersion,
            @Means(en = "related to", zh = "同源系统") List<String> idLike,
            @Means(en = "family", zh = "家族") Family family,
            @Means(en = "package manager version", zh = "包管理器版本") Optional<String> pkgToolVersion,
            @Means(en = "init", zh = "init") String init,
            @Means(en = "systemd", zh = "systemd 版本") int systemdVersion,
            @Means(en = "kernel", zh = "内核") String kernel,
            @Means(en = "architecture", zh = "架构") String arch,
            @Means(en = "virtualization", zh = "虚拟化") Optional<String> virt,
            @Means(en = "boot", zh = "启动标识") String bootId,
            @Means(en = "up for (s)", zh = "运行秒数") long uptimeS,
            @Means(en = "clock", zh = "时钟") Instant clock,
            @Means(en = "ahead of us (ms)", zh = "比本机快（毫秒）") long hostOffsetMs,
            @Means(en = "round trip (ms)", zh = "往返时间（毫秒）") long roundTripMs) {
        public Identity {
            requireNonNull(hostname, "hostname is null");
            requireNonNull(osName, "osName is null");
            requireNonNull(osId, "osId is null");
            requireNonNull(osVersion, "osVersion is null");
            idLike = List.copyOf(idLike);
            requireNonNull(family, "family is null");
            requireNonNull(pkgToolVersion, "pkgToolVersion is null");
            requireNonNull(init, "init is null");
            requireNonNull(kernel, "kernel is null");
            requireNonNull(arch, "arch is null");
            requireNonNull(virt, "virt is null");
            requireNonNull(bootId, "bootId is null");
            requireNonNull(clock, "clock is null");
        }

        /// What the choice of commands depends on.
        public Platform platform() {
            return new Platform(family, systemdVersion, osId, osVersion);
        }

        public Duration up() {
            return Duration.ofSeconds(uptimeS);
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "host.identify",
                "host",
                Bilingual.of("What a host is", "主机的基本信息"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("what os is web-1 running", "web-1 是什么系统"),
                Bilingual.of("kernel version and architecture of db-1", "db-1 的内核版本和架构"),
                Bilingual.of("how long has this machine been up", "这台机器开机多久了"),
                Bilingual.of("is it a virtual machine", "是虚拟机还是物理机"),
                Bilingual.of("which distribution and systemd version", "发行版和 systemd 版本是什么"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        if (soFar.size() < FIXED) {
            return Next.sequence(
                    soFar,
                    Argv.of("cat", "--", "/etc/os-release"),
                    Argv.of("uname", "-s", "-r", "-m", "-n"),
                    Argv.of(
                            "cat",
                            "/proc/sys/kernel/random/boot_id",
                            "/proc/uptime",
                            "/proc/1/comm"),
                    PackageTool.command());
        }
        try {
            List<Argv> rest = rest(soFar);
            return Next.sequence(soFar.subList(FIXED, soFar.size()), rest.toArray(Argv[]::new));
        } catch (Unreadable refused) {
            // read() meets the same line again and refuses it there
            return Next.done();
        }
    }

    /// What is asked once os-release, process 1 and the package managers are known.
    private static List<Argv> rest(List<Capture> captures) throws Unreadable {
        List<Argv> rest = new ArrayList<>();
        rest.add(Argv.of("systemd-detect-virt").alsoReadableWhenExit(1, NO_SUCH_PROGRAM));
        rest.add(
                init(captures).text().equals(SYSTEMD)
                        ? Argv.of("systemctl", "--version")
                        : Argv.of("ls", "-d", "--", OPENRC).alsoReadableWhenExit(1, 2));
        tool(captures).ifPresent(tool -> rest.add(tool.version()));
        rest.add(Argv.of("date", "+%s.%N"));
        return rest;
    }

    private static Optional<PackageTool> tool(List<Capture> captures) throws Unreadable {
        Map<String, String> release = Assignments.of(Lines.of(1, captures));
        List<String> ids = new ArrayList<>();
        ids.add(release.getOrDefault("ID", "linux").toLowerCase(Locale.ROOT));
        ids.addAll(like(release));
        return PackageTool.choose(PackageTool.present(FIXED, captures), ids);
    }

    private static List<String> like(Map<String, String> release) {
        String like = release.getOrDefault("ID_LIKE", "").toLowerCase(Locale.ROOT).strip();
        return like.isEmpty() ? List.of() : Arrays.asList(like.split("\\s+"));
    }

    private static Line line(int number, int index, int count, List<Capture> captures)
            throws Unreadable {
        List<Line> lines = Lines.of(number, captures);
        if (lines.size() != count) {
            String program = captures.get(number - 1).argv().program();
            throw new Unreadable(
                    Bilingual.of(
                            "{0} printed {1} lines instead of {2}",
                            "{0} 输出了 {1} 行，应为 {2} 行", program, lines.size(), count));
        }
        return lines.get(index);
    }

    private static Line init(List<Capture> captures) throws Unreadable {
        return line(3, 2, 3, captures);
    }

    @Override
    public Reading<Identity> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        Map<String, String> release = Assignments.of(Lines.of(1, captures));
        Matcher uname = line(2, 0, 1, captures).match(UNAME, "system name release machine");
        Line boot = line(3, 0, 3, captures);
        boot.match(BOOT, "a boot id");
        Line up = line(3, 1, 3, captures);
        String init = init(captures).text();
        Optional<PackageTool> tool = tool(captures);
        List<Bilingual> gaps = new ArrayList<>();
        int next = FIXED + 1;
        Optional<String> virt = virt(next++, captures);
        if (virt.isEmpty()) {
            gaps.add(Bilingual.of("whether it is virtual is not known", "无法判断是否为虚拟机"));
        }
        int systemd = 0;
        if (init.equals(SYSTEMD)) {
            systemd = systemd(next++, captures);
        } else if (captures.get(next++ - 1).readable().exit() == 0) {
            init = "openrc";
        }
        Family family = Family.UNKNOWN;
        Optional<String> version = Optional.empty();
        if (tool.isPresent()) {
            version = Optional.of(PackageTool.version(next++, captures));
            family = tool.get().family(version.get());
        } else {
            gaps.add(Bilingual.of("no package manager was recognized", "没有识别出包管理器"));
        }
        Capture date = captures.get(next - 1);
        Instant clock = clock(line(next, 0, 1, captures));
        return Reading.of(
                new Identity(
                        new HostText(uname.group(2)),
                        new HostText(
                                release.getOrDefault(
                                        "PRETTY_NAME", release.getOrDefault("NAME", "Linux"))),
                        word(release.getOrDefault("ID", "linux")),
                        release.getOrDefault("VERSION_ID", ""),
                        like(release),
                        family,
                        version,
                        init,
                        systemd,
                        uname.group(3),
                        uname.group(4),
                        virt,
                        boot.text(),
                        up.whole(up.match(UPTIME, "two numbers of seconds").group(1)),
                        clock,
                        Duration.between(date.midpoint(), clock).toMillis(),
                        date.took().toMillis()),
                gaps);
    }

    private static String word(String id) {
        String lower = id.toLowerCase(Locale.ROOT);
        return WORD.matcher(lower).matches() ? lower : "linux";
    }

    private static Optional<String> virt(int number, List<Capture> captures) throws Unreadable {
        Capture capture = captures.get(number - 1);
        if (capture.readable().exit() == NO_SUCH_PROGRAM) {
            return Optional.empty();
        }
        Line line = line(number, 0, 1, captures);
        line.match(WORD, "one word");
        return Optional.of(line.text());
    }

    private static int systemd(int number, List<Capture> captures) throws Unreadable {
        List<Line> lines = Lines.of(number, captures);
        if (lines.isEmpty()) {
            throw new Unreadable(Bilingual.of("systemctl printed no version", "systemctl 没有输出版本"));
        }
        Line first = lines.getFirst();
        return (int) first.whole(first.match(SYSTEMD_VERSION, "systemd and a version").group(1));
    }

    private static Instant clock(Line line) throws Unreadable {
        Matcher form = line.match(CLOCK, "seconds and nanoseconds");
        // BusyBox prints no nanoseconds
        boolean exact = !form.group(1).endsWith("N");
        String digits = exact ? line.text() : line.text().replaceAll("\\..*", "");
        return Instant.EPOCH.plus(nanos(digits));
    }

    private static Duration nanos(String seconds) {
        BigDecimal exact = new BigDecimal(seconds);
        long whole = exact.longValue();
        return Duration.ofSeconds(
                whole, exact.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue());
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Identity> reading) {
        Identity host = reading.value();
        List<Finding> findings = new ArrayList<>();
        Duration offset = Duration.ofMillis(Math.abs(host.hostOffsetMs()));
        if (offset.minusMillis(host.roundTripMs() / 2).compareTo(TOLERATED) > 0) {
            boolean ahead = host.hostOffsetMs() > 0;
            String seconds = String.format(Locale.ROOT, "%.1f s", offset.toMillis() / 1000.0);
            findings.add(
                    Finding.of(
                            Severity.WARNING,
                            "Its clock is "
                                    + seconds
                                    + (ahead ? " ahead of" : " behind")
                                    + " this machine's.",
                            "它的时钟比本机" + (ahead ? "快 " : "慢 ") + seconds + "。"));
        }
        String packages =
                host.family() == Family.UNKNOWN
                        ? ""
                        : host.family().word() + " " + host.pkgToolVersion().orElse("");
        findings.add(
                Finding.of(
                        Severity.NOTICE,
                        "%s is %s, kernel %s on %s%s; %s%s."
                                .formatted(
                                        host.hostname(),
                                        host.osName(),
                                        host.kernel(),
                                        host.arch(),
                                        host.virt().map(HostIdentify::machine).orElse(""),
                                        starts(host).en(),
                                        packages.isEmpty() ? "" : "; packages by " + packages),
                        "%s：%s，内核 %s，%s%s；%s%s。"
                                .formatted(
                                        host.hostname(),
                                        host.osName(),
                                        host.kernel(),
                                        host.arch(),
                                        host.virt().map(HostIdentify::machineZh).orElse(""),
                                        starts(host).zh(),
                                        packages.isEmpty() ? "" : "；包管理 " + packages)));
        findings.add(
                Finding.of(
                                Severity.NOTICE,
                                "It has been up for " + spoken(host.up(), "d", "h", "min") + ".",
                                "已运行 " + spoken(host.up(), "天", "小时", "分钟") + "。")
                        .at(3, 2));
        return List.copyOf(findings);
    }

    private static Bilingual starts(Identity host) {
        if (host.init().equals("openrc")) {
            return Bilingual.of("services by OpenRC", "服务由 OpenRC 管理");
        }
        String init = host.systemdVersion() > 0 ? "systemd " + host.systemdVersion() : host.init();
        return Bilingual.of("process 1 is " + init, "1 号进程为 " + init);
    }

    private static String machine(String virt) {
        return virt.equals("none") ? ", no virtualization" : ", under " + virt;
    }

    private static String machineZh(String virt) {
        return virt.equals("none") ? "，物理机" : "，运行于 " + virt;
    }

    private static String spoken(Duration up, String d, String h, String min) {
        String hours = up.toHoursPart() + " " + h;
        return up.toDays() > 0
                ? up.toDays() + " " + d + " " + hours
                : up.toHours() > 0
                        ? hours + " " + up.toMinutesPart() + " " + min
                        : up.toMinutes() + " " + min;
    }
}
