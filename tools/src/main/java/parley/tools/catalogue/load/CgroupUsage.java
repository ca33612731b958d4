package parley.tools.catalogue.load;

import static java.util.Objects.requireNonNull;

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
import parley.tools.Unreadable;
import parley.tools.read.KeyValues;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.AbsolutePath;
import parley.tools.value.BadValue;
import parley.tools.value.Count;
import parley.tools.value.HostText;
import parley.tools.value.Percent;
import parley.tools.value.UnitName;
import parley.tools.value.Whole;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What units and containers use of processor, memory and tasks, and where their limits hold them
/// back.
///
/// Source: `stat -f` (which version of control groups), for a unit its `ControlGroup`, then two
/// looks one second apart at the groups' own files under `/sys/fs/cgroup`, both versions. The group
/// `/` is the whole host, or container. Memory counts the page cache. What a version does not count
/// for a group is left empty: under version 1 groups have processor shares only where systemd was
/// told to account for them. *Empty* means that the unit runs nothing. `grep` exits 2 when a group
/// ended meanwhile.
public final class CgroupUsage implements Observation<CgroupUsage.Arguments, CgroupUsage.Usage> {
    private static final long DEFAULT_DEPTH = 2;
    private static final int MOST_SHOWN = 60;
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9@:._\\\\-]{1,255}){1,16}");
    private static final Pattern ENDED =
            Pattern.compile(
                    ".*: (No such file or directory|No such device|Operation not supported)");
    private static final Argv VERSION = Argv.of("stat", "-f", "-c", "%T", "--", CgroupFiles.ROOT);

    public record Arguments(
            @Means(en = "only this unit and what is in it", zh = "只看该单元及其内部")
                    Optional<UnitName> unit,
            @Means(
                            en = "only this control group and what is in it, such as /system.slice",
                            zh = "只看该控制组及其内部，如 /system.slice")
                    Optional<AbsolutePath> path,
            @Means(en = "levels of groups, 1 to 3; default 2", zh = "层数，1 到 3，默认 2")
                    @Whole(least = 1, most = 3)
                    Optional<Count> depth) {
        public Arguments {
            requireNonNull(unit, "unit is null");
            requireNonNull(path, "path is null");
            requireNonNull(depth, "depth is null");
            if (unit.isPresent() && path.isPresent()) {
                throw new BadValue(
                        Bilingual.of("give \"unit\" or \"path\", not both", "“unit”与“path”只能给一个"));
            }
            if (path.filter(one -> !isGroup(one.value())).isPresent()) {
                throw new BadValue(
                        Bilingual.of(
                                path.get() + " is not a control group such as /system.slice",
                                path.get() + " 不是控制组路径；例如 /system.slice"));
            }
        }

        /// What uses the host, down to two levels.
        public static Arguments all() {
            return new Arguments(Optional.empty(), Optional.empty(), Optional.empty());
        }

        public static Arguments of(UnitName unit) {
            return new Arguments(Optional.of(unit), Optional.empty(), Optional.empty());
        }

        long levels() {
            return depth.map(Count::value).orElse(DEFAULT_DEPTH);
        }
    }

    /// @param version 1 or 2
    /// @param asked the group that was asked for; empty when the unit runs nothing
    /// @param seconds between the two looks
    /// @param groups the busiest first, at most 60
    public record Usage(
            @Means(en = "version", zh = "版本") int version,
            @Means(en = "asked for", zh = "查询的控制组") Optional<HostText> asked,
            @Means(en = "seconds", zh = "秒数") double seconds,
            @Means(en = "groups", zh = "控制组") List<ControlGroup> groups) {
        public Usage {
            requireNonNull(asked, "asked is null");
            groups = List.copyOf(groups);
        }

        /// The group of `unit`.
        public Optional<ControlGroup> find(String unit) {
            return groups.stream().filter(one -> one.name().equals(unit)).findFirst();
        }
    }

    private static boolean isGroup(String path) {
        return path.equals("/") || PATH.matcher(path).matches();
    }

    @Override
    public Card card() {
        return Card.observe(
                "cgroup.usage",
                "load",
                Bilingual.of("What units and containers use and may use", "按单元和容器查看资源占用与限额"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("memory per service on web-1", "查看 web-1 的 cgroup"),
                Bilingual.of(
                        "is docker.service throttled on batch-1",
                        "batch-1 上 docker.service 有没有被限流"),
                Bilingual.of("show the cgroups of db-1", "查看 db-1 的 cgroup"),
                Bilingual.of("cpu throttling on web-2", "web-2 有没有 CPU 限流"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        if (arguments.unit().isPresent() && !platform.hasSystemd()) {
            return new Next.NotSupported(
                    Bilingual.of(
                            "this host does not run systemd and so has no units; ask for a path",
                            "该主机没有运行 systemd，没有单元；请改用 path"));
        }
        List<Argv> before = before(arguments);
        if (soFar.size() < before.size()) {
            return Next.run(before.get(soFar.size()));
        }
        if (soFar.size() == before.size() + 2) {
            return Next.done();
        }
        try {
            Optional<Argv> look = look(arguments, soFar);
            boolean second = soFar.size() > before.size();
            return look.<Next>map(argv ->
                            new Next.Run(argv, second ? Duration.ofSeconds(1) : Duration.ZERO))
                    .orElse(Next.done());
        } catch (Unreadable refused) {
            // read() meets the same line again and refuses it there
            return Next.done();
        }
    }

    private static List<Argv> before(Arguments arguments) {
        List<Argv> before = new ArrayList<>(List.of(VERSION));
        arguments
                .unit()
                .ifPresent(unit ->
                        before.add(
                                Argv.of(
                                        "systemctl",
                                        "--no-ask-password",
                                        "--no-pager",
                                        "show",
                                        "--property=Id,LoadState,ControlGroup",
                                        "--",
                                        unit.full())));
        return before;
    }

    private static boolean unified(List<Capture> captures) throws Unreadable {
        List<Line> lines = Lines.of(1, captures);
        if (lines.size() != 1) {
            throw new Unreadable(
                    Bilingual.of("stat printed no type of file system", "stat 没有输出文件系统类型"));
        }
        String type = lines.getFirst().text();
        if (!type.equals("cgroup2fs") && !type.equals("tmpfs")) {
            throw lines.getFirst().refused("cgroup2fs or tmpfs for " + CgroupFiles.ROOT);
        }
        return type.equals("cgroup2fs");
    }

    /// The group asked for; empty when the unit runs nothing.
    private static Optional<String> asked(Arguments arguments, List<Capture> captures)
            throws Unreadable {
        if (arguments.unit().isEmpty()) {
            return Optional.of(arguments.path().map(AbsolutePath::value).orElse("/"));
        }
        KeyValues show = KeyValues.only(captures.get(1).readable());
        if (show.text("LoadState").equals("not-found")) {
            String unit = arguments.unit().get().full();
            throw new Unreadable(
                    Bilingual.of("there is no unit {0} on this host", "该主机上没有单元 {0}", unit));
        }
        Optional<String> group = show.find("ControlGroup");
        if (group.isPresent() && !isGroup(group.get())) {
            throw show.unreadable("ControlGroup", "a path of a control group");
        }
        return group;
    }

    private static Optional<Argv> look(Arguments arguments, List<Capture> captures)
            throws Unreadable {
        boolean unified = unified(captures);
        Optional<String> asked = asked(arguments, captures);
        return asked.map(path -> {
            String below = path.equals("/") ? "" : path;
            List<String> folders =
                    unified
                            ? List.of(CgroupFiles.ROOT + below)
                            : CgroupFiles.CONTROLLERS.stream()
                                    .map(one -> CgroupFiles.ROOT + "/" + one + below)
                                    .toList();
            return CgroupFiles.look(unified, folders);
        });
    }

    @Override
    public Reading<Usage> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        boolean unified = unified(captures);
        Optional<String> asked = asked(arguments, captures);
        int version = unified ? 2 : 1;
        if (asked.isEmpty()) {
            return Reading.of(new Usage(version, Optional.empty(), 0, List.of()), true, List.of());
        }
        int first = before(arguments).size() + 1;
        CgroupFiles then = CgroupFiles.read(first, captures, unified);
        CgroupFiles now = CgroupFiles.read(first + 1, captures, unified);
        List<ControlGroup> groups = new ArrayList<>();
        for (String path : now.groups().keySet()) {
            if (levels(asked.get(), path) <= arguments.levels()) {
                groups.add(now.group(path, then));
            }
        }
        if (groups.isEmpty()) {
            throw new Unreadable(
                    Bilingual.of(
                            "there is no control group {0} on this host",
                            "该主机上没有控制组 {0}", asked.get()));
        }
        groups.sort(
                Comparator.comparing((ControlGroup one) -> one.cpuPct().orElse(new Percent(0)))
                        .thenComparing(one -> one.memBytes().map(bytes -> bytes.value()).orElse(0L))
                        .reversed()
                        .thenComparing(one -> one.path().value()));
        return Reading.of(
                new Usage(
                        version,
                        asked.map(HostText::new),
                        Math.round((now.uptime() - then.uptime()) * 100) / 100.0,
                        groups.stream().limit(MOST_SHOWN).toList()),
                gaps(first, captures, groups.size()));
    }

    private static long levels(String top, String path) {
        String below =
                top.equals("/") ? path : path.substring(Math.min(top.length(), path.length()));
        return below.equals("/") ? 0 : below.chars().filter(one -> one == '/').count();
    }

    private static List<Bilingual> gaps(int first, List<Capture> captures, int found) {
        List<Bilingual> gaps = new ArrayList<>();
        for (Line error : Lines.errors(first + 1, captures)) {
            if (!error.has(ENDED)) {
                gaps.add(Bilingual.of("not seen: " + error.text(), "未能看到：" + error.text()));
            }
        }
        if (found > MOST_SHOWN) {
            int left = found - MOST_SHOWN;
            gaps.add(
                    Bilingual.of(
                            "{0} more groups, those that use least, are left out",
                            "另有 {0} 个占用最少的控制组未列出", left));
        }
        return gaps.size() <= 5 ? gaps : gaps.subList(0, 5);
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Usage> reading) {
        return CgroupFindings.of(arguments, reading);
    }
}
