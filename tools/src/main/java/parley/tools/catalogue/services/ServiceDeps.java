package parley.tools.catalogue.services;

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
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.catalogue.network.Socket;
import parley.tools.catalogue.network.SocketTable;
import parley.tools.read.KeyValues;
import parley.tools.value.HostText;
import parley.tools.value.UnitName;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What stopping or restarting a unit hits: the units that stop with it, its listening ports and
/// its open connections, and what would start it again.
///
/// Source: `systemctl show` of the unit and of every unit in memory (the relations through which
/// systemd passes a stop on, followed to their end), `ss` and `ps` for the sockets of its
/// processes. *Empty* means that nothing else is hit. Services that merely talk to this one, as
/// nearly all do with dbus, are not in systemd's relations and so not here.
public final class ServiceDeps implements Observation<ServiceDeps.Arguments, ServiceDeps.Deps> {
    private static final long MOST_BYTES = 4L * 1024 * 1024;
    private static final List<String> PASSES_STOP =
            List.of("RequiredBy", "RequisiteOf", "BoundBy", "ConsistsOf", "PropagatesStopTo");
    private static final String RELATIONS = "Id,ActiveState," + String.join(",", PASSES_STOP);
    private static final String[] LOADED = {
        "*.service",
        "*.socket",
        "*.timer",
        "*.path",
        "*.target",
        "*.mount",
        "*.automount",
        "*.swap",
        "*.slice",
        "*.scope"
    };

    public record Arguments(@Means(en = "the unit", zh = "单元") UnitName unit) {}

    /// @param stopsToo running units that stop when it stops, directly or through others
    /// @param triggeredBy units that start it again: sockets, timers, paths
    /// @param wantedBy units that start it along with themselves
    /// @param listening its sockets that others may connect to: `tcp 0.0.0.0:80`
    /// @param clients how many connections its processes have open
    /// @param processes how many processes it has, running or left behind
    public record Deps(
            @Means(en = "unit", zh = "单元") HostText unit,
            @Means(en = "load", zh = "加载状态") UnitLoad load,
            @Means(en = "active", zh = "运行状态") UnitActive active,
            @Means(en = "stops too", zh = "随之停止") List<HostText> stopsToo,
            @Means(en = "triggered by", zh = "触发者") List<HostText> triggeredBy,
            @Means(en = "wanted by", zh = "被拉起于") List<HostText> wantedBy,
            @Means(en = "listening", zh = "监听") List<HostText> listening,
            @Means(en = "open connections", zh = "已建立连接") long clients,
            @Means(en = "processes", zh = "进程数") long processes) {
        public Deps {
            stopsToo = List.copyOf(stopsToo);
            triggeredBy = List.copyOf(triggeredBy);
            wantedBy = List.copyOf(wantedBy);
            listening = List.copyOf(listening);
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "service.deps",
                "services",
                Bilingual.of("What stopping a service would hit", "停止某服务会影响什么"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("what depends on redis?", "哪些东西依赖 redis"),
                Bilingual.of("what breaks when I stop nginx", "停掉 nginx 会影响什么"),
                Bilingual.of("who uses docker on batch-1?", "batch-1 上谁在用 docker"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(SocketTable.rootCommand("-t -u -a"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        return platform.hasSystemd()
                ? Next.sequence(
                        soFar,
                        Systemctl.show(
                                platform,
                                "Id,LoadState,ActiveState,TriggeredBy,WantedBy",
                                arguments.unit().full()),
                        Systemctl.show(platform, RELATIONS, LOADED).keeping(MOST_BYTES),
                        SocketTable.list(List.of("-t", "-u", "-a")),
                        SocketTable.units())
                : Systemctl.noSystemd();
    }

    @Override
    public Reading<Deps> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        KeyValues unit = KeyValues.only(captures.getFirst().readable());
        Capture relations = captures.get(1);
        Capture ss = captures.get(2);
        Capture ps = captures.get(3);
        List<Socket> sockets =
                SocketTable.withUnits(SocketTable.read(ss, true, "", Optional.empty()), ps);
        HostText id = new HostText(unit.text("Id"));
        List<Socket> own =
                sockets.stream()
                        .filter(socket -> socket.unit().filter(id::equals).isPresent())
                        .toList();
        List<HostText> listening =
                own.stream()
                        .filter(Socket::listens)
                        .map(socket -> new HostText(socket.protocol() + " " + socket.local()))
                        .distinct()
                        .toList();
        long clients = own.stream().filter(Socket::isConnected).count();
        Deps deps =
                new Deps(
                        id,
                        UnitLoad.of(unit),
                        UnitActive.of(unit),
                        stopsToo(id.value(), relations),
                        texts(unit.words("TriggeredBy")),
                        texts(unit.words("WantedBy")),
                        listening,
                        clients,
                        SocketTable.processes(ps, id.value()));
        List<Bilingual> gaps = new ArrayList<>(SocketTable.gaps(ss, ps, sockets));
        if (relations.truncated()) {
            gaps.add(
                    Bilingual.of(
                            "the list of units was cut: more units may stop with it",
                            "单元列表被截断：随之停止的单元可能更多"));
        }
        boolean empty = deps.stopsToo().isEmpty() && listening.isEmpty() && clients == 0;
        return Reading.of(deps, empty, gaps);
    }

    /// Everything running that a stop of `unit` is passed on to.
    private static List<HostText> stopsToo(String unit, Capture capture) throws Unreadable {
        Map<String, KeyValues> loaded = new HashMap<>();
        for (KeyValues block : KeyValues.blocks(capture.readable())) {
            loaded.put(block.text("Id"), block);
        }
        TreeSet<String> reached = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(unit));
        while (!open.isEmpty()) {
            KeyValues block = loaded.get(open.removeFirst());
            if (block == null) {
                continue;
            }
            for (String relation : PASSES_STOP) {
                block.words(relation).stream().filter(reached::add).forEach(open::add);
            }
        }
        reached.remove(unit);
        List<HostText> running = new ArrayList<>();
        for (String name : reached) {
            KeyValues block = loaded.get(name);
            if (block != null && UnitActive.of(block).isUp()) {
                running.add(new HostText(name));
            }
        }
        return running;
    }

    private static List<HostText> texts(List<String> words) {
        return words.stream().map(HostText::new).toList();
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Deps> reading) {
        Deps deps = reading.value();
        if (deps.load() == UnitLoad.NOT_FOUND) {
            return List.of(
                    Finding.of(
                                    Severity.WARNING,
                                    "no such unit on this host: " + deps.unit(),
                                    "该主机上没有这个单元：" + deps.unit())
                            .at(1, 1));
        }
        List<Finding> findings = new ArrayList<>();
        if (!deps.stopsToo().isEmpty()) {
            findings.add(
                    Finding.of(
                            Severity.WARNING,
                            "these stop with {0}: {1}",
                            "随 {0} 一起停止：{1}",
                            deps.unit(),
                            names(deps.stopsToo())));
        }
        if (deps.clients() > 0) {
            findings.add(
                    Finding.of(
                            Severity.WARNING,
                            "its processes have {0} open connections",
                            "其进程有 {0} 个已建立的连接",
                            deps.clients()));
        }
        if (!deps.listening().isEmpty()) {
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            "it listens on " + names(deps.listening()),
                            "正在监听 " + names(deps.listening())));
        }
        if (!deps.triggeredBy().isEmpty()) {
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            "stopped, it can be started again by " + names(deps.triggeredBy()),
                            "停止后可能被再次触发：" + names(deps.triggeredBy())));
        }
        if (findings.isEmpty() && reading.status() != Reading.Status.PARTIAL) {
            findings.add(
                    Finding.of(
                            Severity.HEALTHY,
                            "systemd knows of nothing that stops with {0}, and it has no sockets"
                                    + " open to others",
                            "systemd 没有记录任何会随 {0} 停止的单元，也没有对外的套接字",
                            deps.unit()));
        }
        return List.copyOf(findings);
    }

    private static String names(List<HostText> names) {
        return names.stream().map(HostText::value).collect(Collectors.joining(", "));
    }
}
