package parley.tools.catalogue.network;

import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.catalogue.network.NetInterfaces.DefaultRoute;
import parley.tools.catalogue.network.NetInterfaces.Interfaces;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What the interfaces say: links that are down, errors that go on, ways that are missing.
final class InterfaceFindings {
    private static final int MOST_NAMED = 8;

    /// Captures of [NetInterfaces], the first being 1.
    private static final int ADDRESSES = 2;

    private static final int ROUTES = 3;
    private static final int NEIGHBOURS = 5;
    private static final int LAST_LINKS = 8;

    private InterfaceFindings() {}

    static List<Finding> of(Interfaces value) {
        List<Finding> findings = new ArrayList<>();
        for (NetworkLink link : value.links()) {
            if (!link.loopback()) {
                state(link, findings);
                losses(link, findings);
            }
        }
        value.duplicates().stream()
                .limit(MOST_NAMED)
                .forEach(address ->
                        findings.add(
                                Finding.of(
                                                Severity.CRITICAL,
                                                address + " is used by another host, too",
                                                address + " 与其他主机的地址重复")
                                        .at(ADDRESSES, 1)));
        ways(value, findings);
        if (!value.silentNeighbours().isEmpty()) {
            String names = names(value.silentNeighbours());
            findings.add(
                    Finding.of(
                                    Severity.NOTICE,
                                    "no answer on the same network from " + names,
                                    "同一网段内没有应答：" + names)
                            .at(NEIGHBOURS, 1));
        }
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static void state(NetworkLink link, List<Finding> findings) {
        link.bond()
                .filter(bond -> !bond.membersDown().isEmpty())
                .ifPresent(bond ->
                        findings.add(
                                said(
                                        Severity.WARNING,
                                        "%s has lost %s of its members: %s"
                                                .formatted(
                                                        link.dev(),
                                                        bond.membersDown().size(),
                                                        names(bond.membersDown())),
                                        "%s 有 %s 个成员断开：%s"
                                                .formatted(
                                                        link.dev(),
                                                        bond.membersDown().size(),
                                                        names(bond.membersDown())))));
        if (link.up() && !link.carrier()) {
            findings.add(
                    said(
                            link.addresses().isEmpty() ? Severity.NOTICE : Severity.CRITICAL,
                            link.dev() + " is switched on but has no link",
                            link.dev() + " 已启用但没有链路"));
            return;
        }
        if (!link.up()) {
            findings.add(
                    said(
                            link.addresses().isEmpty() ? Severity.NOTICE : Severity.CRITICAL,
                            link.dev() + " is switched off",
                            link.dev() + " 已停用"));
            return;
        }
        if (link.duplex().filter(word -> word.value().equals("half")).isPresent()) {
            findings.add(
                    said(
                            Severity.WARNING,
                            link.dev() + " runs half duplex",
                            link.dev() + " 工作在半双工"));
        }
        String speed = link.speedMbps().map(mbps -> ", " + mbps + " Mbit/s").orElse("");
        findings.add(
                said(
                        Severity.HEALTHY,
                        link.dev()
                                + " is up: "
                                + (link.addresses().isEmpty()
                                        ? "no address"
                                        : names(link.addresses()))
                                + ", MTU "
                                + link.mtu()
                                + speed,
                        link.dev()
                                + " 正常："
                                + (link.addresses().isEmpty() ? "无地址" : names(link.addresses()))
                                + "，MTU "
                                + link.mtu()
                                + speed.replace(", ", "，")));
    }

    private static void losses(NetworkLink link, List<Finding> findings) {
        if (link.rxErrorsPerS() + link.txErrorsPerS() > 0) {
            findings.add(
                    said(
                            Severity.WARNING,
                            String.format(
                                    Locale.ROOT,
                                    "%s loses packets now: %.1f a second in receiving, %.1f in"
                                            + " sending",
                                    link.dev(),
                                    link.rxErrorsPerS(),
                                    link.txErrorsPerS()),
                            String.format(
                                    Locale.ROOT,
                                    "%s 正在丢包：接收每秒 %.1f 个，发送每秒 %.1f 个",
                                    link.dev(),
                                    link.rxErrorsPerS(),
                                    link.txErrorsPerS())));
        } else if (link.rx().errors() + link.tx().errors() + link.rx().missed() > 0) {
            findings.add(
                    said(
                            Severity.NOTICE,
                            "%s has had errors since it exists (%d in receiving, %d in sending),"
                                            .formatted(
                                                    link.dev(),
                                                    link.rx().errors() + link.rx().missed(),
                                                    link.tx().errors())
                                    + " none while it was watched",
                            "%s 自启用以来有过错误（接收 %d，发送 %d），观察期间没有新增"
                                    .formatted(
                                            link.dev(),
                                            link.rx().errors() + link.rx().missed(),
                                            link.tx().errors())));
        }
    }

    private static void ways(Interfaces value, List<Finding> findings) {
        if (value.defaultRoutes().isEmpty()) {
            findings.add(
                    Finding.of(
                                    Severity.NOTICE,
                                    "there is no default route: only its own networks can be"
                                            + " reached",
                                    "没有默认路由：只能访问本网段")
                            .at(ROUTES, 1));
            return;
        }
        String ways =
                value.defaultRoutes().stream()
                        .map(InterfaceFindings::way)
                        .collect(Collectors.joining(", "));
        findings.add(
                Finding.of(Severity.HEALTHY, "default route: " + ways, "默认路由：" + ways)
                        .at(ROUTES, 1));
    }

    private static String way(DefaultRoute route) {
        return route.via().map(via -> via + " ").orElse("") + "(" + route.dev() + ")";
    }

    private static String names(List<HostText> texts) {
        String shown =
                texts.stream()
                        .limit(MOST_NAMED)
                        .map(HostText::value)
                        .collect(Collectors.joining(", "));
        return texts.size() > MOST_NAMED ? shown + ", …" : shown;
    }

    private static Finding said(Severity severity, String en, String zh) {
        return Finding.of(severity, en, zh).at(LAST_LINKS, 1);
    }
}
