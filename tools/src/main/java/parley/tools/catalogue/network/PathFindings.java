package parley.tools.catalogue.network;

import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.catalogue.network.NetPath.Path;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a way says: whether it leads there, where it loses, where it is slow, what fits through.
final class PathFindings {
    private static final double SLOW_STEP_MS = 20;
    private static final long ETHERNET = 1500;

    private PathFindings() {}

    /// The first hop of those at the end that all lose. Hops that never answer count as neither.
    static Optional<Long> lossFrom(List<PathHop> hops) {
        Optional<Long> from = Optional.empty();
        for (PathHop hop : hops.reversed()) {
            if (hop.address().isEmpty() && from.isPresent()) {
                continue;
            }
            if (hop.lossPct().value() <= 0) {
                return from;
            }
            from = Optional.of(hop.number());
        }
        return from;
    }

    /// The hop at which the fastest answer grows most, when that is much and stays so to the end.
    static Optional<Long> slowFrom(List<PathHop> hops) {
        List<PathHop> answered = hops.stream().filter(hop -> hop.address().isPresent()).toList();
        Optional<Long> slow = Optional.empty();
        double most = SLOW_STEP_MS;
        double before = 0;
        for (PathHop hop : answered) {
            double step = hop.bestMs() - before;
            boolean stays = answered.getLast().bestMs() >= before + step / 2;
            if (step >= most && stays) {
                most = step;
                slow = Optional.of(hop.number());
            }
            before = hop.bestMs();
        }
        return slow;
    }

    static List<Finding> of(Path path) {
        String target = path.target().value();
        if (path.forbidden()) {
            return List.of(
                    Finding.of(
                            Severity.CRITICAL,
                            "{0} leads to the metadata service of a cloud; it was not contacted",
                            "{0} 指向云元数据服务，没有访问",
                            target));
        }
        if (path.address().isEmpty()) {
            return List.of(
                    Finding.of(
                            Severity.CRITICAL,
                            "{0} has no address on this host; dns.check tells why",
                            "该主机查不到 {0} 的地址；用 dns.check 可查原因",
                            target));
        }
        if (!path.routed()) {
            return List.of(
                    Finding.of(
                            Severity.CRITICAL,
                            "this host knows no way to {0}",
                            "该主机没有到 {0} 的路由",
                            target));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(end(path));
        path.slowFrom()
                .ifPresent(hop ->
                        findings.add(
                                Finding.of(
                                        Severity.NOTICE,
                                        "most of the delay is added at hop " + name(path, hop),
                                        "时延主要增加在第 " + nameZh(path, hop))));
        size(path).ifPresent(findings::add);
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static Finding end(Path path) {
        String target = path.target().value();
        String by = path.dev().map(dev -> " by " + dev).orElse("");
        String byZh = path.dev().map(dev -> "（经 " + dev + "）").orElse(" ");
        if (!path.reached()) {
            return path.last()
                    .map(hop ->
                            Finding.of(
                                    Severity.CRITICAL,
                                    "{0} does not answer; the last that does is hop {1}",
                                    "{0} 没有应答；最后应答的是第 {2}",
                                    target,
                                    name(path, hop.number()),
                                    nameZh(path, hop.number())))
                    .orElseGet(() ->
                            Finding.of(
                                    Severity.CRITICAL,
                                    target + by + " does not answer, nor does anything on the way",
                                    target + byZh + "没有应答，途中也没有任何应答"));
        }
        if (path.lossFrom().isPresent()) {
            long hop = path.lossFrom().get();
            return Finding.of(
                    Severity.WARNING,
                    "packets to %s are lost from hop %s on: %s at the end"
                            .formatted(target, name(path, hop), path.lossPct().orElseThrow()),
                    "到 %s 的包从第 %s开始丢失，终点丢包 %s"
                            .formatted(target, nameZh(path, hop), path.lossPct().orElseThrow()));
        }
        String ms = path.last().map(hop -> Milliseconds.spoken(hop.avgMs())).orElse("-");
        int hops = path.hops().size();
        String loss = path.measured() ? ", nothing lost" : "";
        return Finding.of(
                Severity.HEALTHY,
                target
                        + by
                        + " is "
                        + hops
                        + (hops == 1 ? " hop" : " hops")
                        + " away, "
                        + ms
                        + loss,
                target + byZh + "相距 " + hops + " 跳，" + ms + (path.measured() ? "，无丢包" : ""));
    }

    private static Optional<Finding> size(Path path) {
        if (path.mtuBelow().isPresent() && path.mtuAtLeast().isEmpty()) {
            return Optional.of(
                    Finding.of(
                            Severity.NOTICE,
                            "the path MTU is not known: the target answers no echo of any size",
                            "无法得知路径 MTU：目标对任何大小的回显都没有应答"));
        }
        if (path.mtuBelow().isEmpty()) {
            return path.mtuAtLeast()
                    .map(size ->
                            Finding.of(
                                    Severity.HEALTHY,
                                    "packets of {0} bytes get through unbroken",
                                    "{0} 字节的包可以不分片通过",
                                    size));
        }
        boolean told = path.mtuTold().filter(size -> size < ETHERNET).isPresent();
        String range = path.mtuAtLeast().get() + "–" + (path.mtuBelow().get() - 1);
        return Optional.of(
                Finding.of(
                        told ? Severity.NOTICE : Severity.WARNING,
                        "the path MTU is "
                                + (told ? path.mtuTold().get() : range)
                                + " bytes"
                                + (told
                                        ? ", and senders are told"
                                        : ", and nobody tells: larger packets vanish"),
                        "路径 MTU 为 "
                                + (told ? path.mtuTold().get() : range)
                                + " 字节"
                                + (told ? "，发送方会收到通知" : "，但没有通知：更大的包会消失")));
    }

    private static String name(Path path, long number) {
        return number + at(path, number).map(address -> " (" + address + ")").orElse("");
    }

    private static String nameZh(Path path, long number) {
        return number + " 跳" + at(path, number).map(address -> "（" + address + "）").orElse("");
    }

    private static Optional<HostText> at(Path path, long number) {
        return path.hops().stream()
                .filter(hop -> hop.number() == number)
                .findFirst()
                .flatMap(PathHop::address);
    }
}
