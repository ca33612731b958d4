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
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Which programs a host has, and what the login user may do there.
///
/// Source: `find` in the folders that commands are taken from (exit 1: one of the folders is not
/// there), `id`, `journalctl --lines=0` for how much of the journal is visible, and `sudo -n -l`
/// with the words that a tool would run, which says whether they are allowed (exit 0) or not (exit
/// 1) without running them. The words hold sample names: a rule for one unit only may answer
///    otherwise. Never empty.
public final class HostCapabilities
        implements Observation<HostCapabilities.Arguments, HostCapabilities.Capabilities> {
    private static final int FIXED = 3;
    private static final int NO_SUCH_PROGRAM = 127;

    /// In the order in which a command is looked for.
    private static final List<String> FOLDERS = List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin");

    private static final List<String> PROGRAMS =
            List.of(
                    "apk",
                    "apt-cache",
                    "apt-get",
                    "apt-mark",
                    "chronyc",
                    "curl",
                    "df",
                    "dig",
                    "dnf",
                    "dnf5",
                    "dpkg-query",
                    "du",
                    "ethtool",
                    "find",
                    "findmnt",
                    "firewall-cmd",
                    "iostat",
                    "ip",
                    "journalctl",
                    "lsblk",
                    "lslocks",
                    "lsof",
                    "mpstat",
                    "nft",
                    "nstat",
                    "nvidia-smi",
                    "openssl",
                    "pidstat",
                    "ping",
                    "ps",
                    "rpm",
                    "sar",
                    "smartctl",
                    "ss",
                    "sudo",
                    "systemctl",
                    "systemd-run",
                    "timedatectl",
                    "timeout",
                    "traceroute",
                    "yum",
                    "zypper");

    private static final Pattern PATH =
            Pattern.compile("(?:/usr)?/s?bin/([A-Za-z0-9][A-Za-z0-9._+-]*)");
    private static final Pattern MISSING =
            Pattern.compile("find: .*/s?bin.*: No such file or directory");
    private static final Pattern USER = Pattern.compile("uid=(\\d{1,10})(?:\\(([^)]*)\\))? .*");
    private static final Pattern GROUP = Pattern.compile("\\d{1,10}\\(([^)]*)\\)");

    public record Arguments() {}

    /// How much of the journal the login user sees without root.
    public enum Visibility {
        @Means(en = "full", zh = "全部可见")
        FULL,
        /// Entries of its own only.
        @Means(en = "its own only", zh = "仅自身可见")
        SELF
    }

    /// @param user the login user's name
    /// @param root whether that user is root, who needs no sudo
    /// @param programs where those are that tools use
    /// @param missing those that are not there
    /// @param rights what sudo permits without a password; empty for root
    /// @param journal empty when there is no `journalctl`
    public record Capabilities(
            @Means(en = "user", zh = "登录用户") HostText user,
            @Means(en = "root", zh = "是否 root") boolean root,
            @Means(en = "groups", zh = "所属组") List<HostText> groups,
            @Means(en = "programs", zh = "可用程序") List<Program> programs,
            @Means(en = "not there", zh = "缺少的程序") List<String> missing,
            @Means(en = "sudo", zh = "sudo 权限") List<Right> rights,
            @Means(en = "journal", zh = "日志可见范围") Optional<Visibility> journal) {
        public Capabilities {
            requireNonNull(user, "user is null");
            groups = List.copyOf(groups);
            programs = List.copyOf(programs);
            missing = List.copyOf(missing);
            rights = List.copyOf(rights);
            requireNonNull(journal, "journal is null");
        }
    }

    /// A program and the path it is run from.
    public record Program(
            @Means(en = "program", zh = "程序") String name,
            @Means(en = "path", zh = "路径") HostText path) {}

    /// Whether sudo lets a tool do its work.
    public record Right(
            @Means(en = "tool", zh = "工具") String tool,
            @Means(en = "permitted", zh = "允许") boolean permitted,
            @Means(en = "command", zh = "命令") Finding.Lines command) {}

    @Override
    public Card card() {
        return Card.observe(
                "host.capabilities",
                "host",
                Bilingual.of("Programs and rights on a host", "主机上的程序与权限"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("which binaries does web-1 have", "web-1 上有哪些可用命令"),
                Bilingual.of("what sudo rights do we have on db-1", "我们在 db-1 上有什么 sudo 权限"),
                Bilingual.of("show the capabilities of lb-1", "看看 lb-1 的能力"));
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
                    programs(),
                    Argv.of("id"),
                    Argv.of("journalctl", "--no-pager", "--lines=0")
                            .alsoReadableWhenExit(1, NO_SUCH_PROGRAM));
        }
        try {
            if (isRoot(soFar)) {
                return Next.done();
            }
            List<Argv> asked = SudoSample.of(platform).stream().map(SudoSample::question).toList();
            boolean noSudo = soFar.getLast().exit() == NO_SUCH_PROGRAM && soFar.size() > FIXED;
            return noSudo
                    ? Next.done()
                    : Next.sequence(soFar.subList(FIXED, soFar.size()), asked.toArray(Argv[]::new));
        } catch (Unreadable refused) {
            // read() meets the same line again and refuses it there
            return Next.done();
        }
    }

    private static Argv programs() {
        List<String> words = new ArrayList<>(List.of("find"));
        words.addAll(FOLDERS);
        words.addAll(List.of("-maxdepth", "1", "("));
        for (String program : PROGRAMS) {
            words.addAll(List.of("-name", program, "-o"));
        }
        words.removeLast();
        words.add(")");
        return Argv.of(words).alsoReadableWhenExit(1);
    }

    private static boolean isRoot(List<Capture> captures) throws Unreadable {
        return user(captures).match(USER, "uid=number(name)").group(1).equals("0");
    }

    private static Line user(List<Capture> captures) throws Unreadable {
        List<Line> lines = Lines.of(2, captures);
        if (lines.size() != 1) {
            throw new Unreadable(Bilingual.of("id printed not one line", "id 的输出不是一行"));
        }
        return lines.getFirst();
    }

    @Override
    public Reading<Capabilities> read(
            Arguments arguments, Platform platform, List<Capture> captures) throws Unreadable {
        Map<String, String> found = found(captures);
        Line user = user(captures);
        var form = user.match(USER, "uid=number(name)");
        boolean root = isRoot(captures);
        List<Bilingual> gaps = new ArrayList<>();
        for (Line line : Lines.errors(1, captures)) {
            if (!line.has(MISSING)) {
                gaps.add(Bilingual.of("not seen: " + line.text(), "未能看到：" + line.text()));
            }
        }
        return Reading.of(
                new Capabilities(
                        new HostText(Optional.ofNullable(form.group(2)).orElse(form.group(1))),
                        root,
                        groups(user),
                        found.entrySet().stream()
                                .map(one -> new Program(one.getKey(), new HostText(one.getValue())))
                                .toList(),
                        PROGRAMS.stream().filter(one -> !found.containsKey(one)).toList(),
                        root ? List.of() : rights(platform, captures),
                        journal(captures.get(2))),
                gaps);
    }

    /// The first path of each program.
    private static Map<String, String> found(List<Capture> captures) throws Unreadable {
        Map<String, String> paths = new LinkedHashMap<>();
        for (Line line : Lines.of(1, captures)) {
            String name = line.match(PATH, "the path of a program").group(1);
            if (!PROGRAMS.contains(name)) {
                throw line.refused("the path of a program that was asked for");
            }
            paths.putIfAbsent(name, line.text());
        }
        Map<String, String> found = new LinkedHashMap<>();
        PROGRAMS.forEach(
                name -> Optional.ofNullable(paths.get(name)).ifPresent(at -> found.put(name, at)));
        return found;
    }

    private static List<HostText> groups(Line user) {
        int at = user.text().indexOf("groups=");
        return at < 0
                ? List.of()
                : Arrays.stream(user.text().substring(at + 7).split(" ")[0].split(","))
                        .map(one -> GROUP.matcher(one).replaceAll("$1"))
                        .map(HostText::new)
                        .toList();
    }

    private static List<Right> rights(Platform platform, List<Capture> captures) throws Unreadable {
        List<Right> rights = new ArrayList<>();
        List<SudoSample> samples = SudoSample.of(platform);
        for (int index = 0; index < samples.size(); index++) {
            int number = Math.min(FIXED + index + 1, captures.size());
            // without sudo, the first question has answered all of them
            boolean permitted = captures.get(number - 1).readable().exit() == 0;
            rights.add(
                    new Right(
                            samples.get(index).tool(), permitted, new Finding.Lines(number, 1, 1)));
        }
        return rights;
    }

    private static Optional<Visibility> journal(Capture capture) throws Unreadable {
        if (capture.readable().exit() == NO_SUCH_PROGRAM) {
            return Optional.empty();
        }
        boolean hidden =
                capture.stderr().contains("not seeing messages from other users")
                        || capture.stderr().contains("insufficient permissions");
        return Optional.of(hidden ? Visibility.SELF : Visibility.FULL);
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Capabilities> reading) {
        Capabilities value = reading.value();
        List<Finding> findings = new ArrayList<>();
        String denied = tools(value, false);
        if (!denied.isEmpty()) {
            findings.add(
                    Finding.of(
                            Severity.WARNING,
                            "sudo does not permit, without a password, what these tools need: "
                                    + denied,
                            "sudo 不允许免密执行以下工具所需的命令：" + denied));
        }
        findings.add(login(value));
        String permitted = tools(value, true);
        if (!permitted.isEmpty()) {
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            "sudo permits, without a password, what these tools need: " + permitted,
                            "sudo 允许免密执行以下工具所需的命令：" + permitted));
        }
        value.journal().ifPresent(seen -> findings.add(journal(seen)));
        String missing = String.join(", ", value.missing());
        int of = value.programs().size() + value.missing().size();
        findings.add(
                Finding.of(
                        Severity.NOTICE,
                        value.programs().size()
                                + " of "
                                + of
                                + " programs that tools use are there"
                                + (missing.isEmpty() ? "" : "; not there: " + missing),
                        "工具会用到的 "
                                + of
                                + " 个程序中有 "
                                + value.programs().size()
                                + " 个"
                                + (missing.isEmpty() ? "" : "；缺少：" + missing)));
        return List.copyOf(findings);
    }

    private static String tools(Capabilities value, boolean permitted) {
        return value.rights().stream()
                .filter(one -> one.permitted() == permitted)
                .map(Right::tool)
                .collect(Collectors.joining(", "));
    }

    private static Finding login(Capabilities value) {
        boolean named = value.root() && !value.user().value().equals("root");
        String groups =
                value.groups().stream().map(HostText::value).collect(Collectors.joining(", "));
        return Finding.of(
                        Severity.NOTICE,
                        "the login is "
                                + value.user()
                                + (named ? ", which is root" : "")
                                + ", in the groups "
                                + groups,
                        "登录用户为 " + value.user() + (named ? "（即 root）" : "") + "，所属组：" + groups)
                .at(2, 1);
    }

    private static Finding journal(Visibility seen) {
        return switch (seen) {
            case FULL ->
                    Finding.of(
                            Severity.NOTICE,
                            "it sees the whole journal without sudo",
                            "该用户不用 sudo 就能看到全部日志（journal）");
            case SELF ->
                    Finding.of(
                            Severity.NOTICE,
                            "without sudo it sees only its own entries of the journal",
                            "不用 sudo 时，该用户只能看到自己的日志（journal）");
        };
    }
}
