package parley.stories;

import static parley.stories.Family.APT;
import static parley.stories.Family.DNF;

import java.util.List;

/// Ports, names and hosts that are not reached.
final class NetworkTroubles {
    private static final String PORT_EN = "why can't I reach port 8080 on HOST?";
    private static final String PORT_ZH = "HOST 的 8080 端口为什么连不上";
    private static final String PORT = "port-unreachable";
    private static final String HOST_EN = "HOST is unreachable, why?";
    private static final String HOST_ZH = "HOST 失联了，ssh 也上不去，看看怎么回事";
    private static final String HOST = "host-unreachable";

    private static final String DNS = "dns";
    private static final String DNS_EN = "why does HOST resolve no names?";
    private static final String DNS_ZH = "HOST 为什么解析不了域名";
    private static final String CERTIFICATE = "certificate";
    private static final String CERTIFICATE_EN =
            "why is the certificate on HOST port 8443 not accepted?";
    private static final String CERTIFICATE_ZH = "HOST 上 8443 端口的证书有什么问题";

    private NetworkTroubles() {}

    static List<Trouble> all() {
        return List.of(
                Trouble.of(
                        "nothing listens",
                        APT,
                        new Fault.Named("port-closed"),
                        PORT,
                        PORT_EN,
                        PORT_ZH,
                        "nothing listens on port 8080 of web-1; from db-1 the connection is"
                                + " refused",
                        "web-1 的 8080 端口上没有任何程序监听",
                        "LISTEN"),
                Trouble.of(
                        "listens on loopback only",
                        DNF,
                        new Fault.Named("port-loopback-only"),
                        PORT,
                        PORT_EN,
                        PORT_ZH,
                        "demo-web.service .*listens on 127.0.0.1:8080 only",
                        "只监听 127.0.0.1:8080",
                        "LISTEN.*127.0.0.1:8080"),
                Trouble.of(
                        "packets are dropped",
                        APT,
                        new Fault.Named("packets-dropped"),
                        PORT,
                        "connection from PEER to HOST port 8080 times out, why?",
                        "PEER 连不上 HOST 的 8080 端口，为什么",
                        "packet filter of web-1 drops",
                        "web-1 的包过滤（防火墙）.*丢弃",
                        "8080.*drop"),
                Trouble.of(
                        "link is down",
                        DNF,
                        new Fault.Named("host-unreachable"),
                        HOST,
                        HOST_EN,
                        HOST_ZH,
                        "cannot be reached.*the host is down, or its own network is cut",
                        "无法连接.*主机已宕机，或其自身网络中断",
                        ""),
                Trouble.of(
                        "another host key",
                        APT,
                        new Fault.Named("host-key-changed"),
                        HOST,
                        HOST_EN,
                        HOST_ZH,
                        "HOST KEY OF web-1 HAS CHANGED",
                        "web-1 的密钥已改变",
                        ""),
                Trouble.of(
                        "power cut",
                        APT,
                        new Fault.Named("host-dead"),
                        HOST,
                        HOST_EN,
                        HOST_ZH,
                        "the host is down, or its own network is cut",
                        "主机已宕机，或其自身网络中断",
                        ""),
                Trouble.of(
                                "resolver that nobody runs",
                                APT,
                                new Fault.Named("dns refused"),
                                DNS,
                                DNS_EN,
                                DNS_ZH,
                                "points to this host itself \\(127.0.0.1\\), and nothing listens",
                                "指向本机（127.0.0.1），而本机 UDP 53 端口没有任何程序监听",
                                "")
                        .inBrief(),
                Trouble.of(
                        "resolver that is silent",
                        DNF,
                        new Fault.Named("dns silent"),
                        DNS,
                        DNS_EN,
                        DNS_ZH,
                        "name-server.service \\(name-server, PID \\d+\\) has UDP port 53 and gives"
                                + " no answer",
                        "由 name-server.service \\(name-server, PID \\d+\\) 占有 UDP 53 端口",
                        "127.0.0.1:53"),
                Trouble.of(
                        "resolver that fails",
                        APT,
                        new Fault.Named("dns servfail"),
                        DNS,
                        DNS_EN,
                        DNS_ZH,
                        "name-server.service \\(name-server, PID \\d+\\) has UDP port 53 and gives"
                                + " no answer",
                        "由 name-server.service \\(name-server, PID \\d+\\) 占有 UDP 53 端口",
                        "127.0.0.1:53"),
                Trouble.of(
                        "resolver that knows no name",
                        DNF,
                        new Fault.Named("dns nxdomain"),
                        DNS,
                        DNS_EN,
                        DNS_ZH,
                        "name-server.service \\(name-server, PID \\d+\\) has UDP port 53 and gives"
                                + " no answer",
                        "由 name-server.service \\(name-server, PID \\d+\\) 占有 UDP 53 端口",
                        "127.0.0.1:53"),
                Trouble.of(
                                "resolver that lies",
                                APT,
                                new Fault.Named("dns wrong"),
                                DNS,
                                DNS_EN,
                                DNS_ZH,
                                "203.0.113.66",
                                "203.0.113.66",
                                "203.0.113.66")
                        .knownToBeMissed("nothing on the host says that the answer is wrong"),
                Trouble.of(
                        "clock ahead by 90 s",
                        DNF,
                        new Fault.Named("clock-skew"),
                        "clock-skew",
                        "why is the clock of HOST wrong?",
                        "HOST 的时间不准，怎么回事",
                        "its clock is \\d+\\.\\d s ahead of this machine's",
                        "其时钟比本机快 \\d+\\.\\d 秒",
                        "\\d{10}\\.\\d{9}"),
                Trouble.of(
                        "expired certificate",
                        APT,
                        new Fault.Named("certificate expired"),
                        CERTIFICATE,
                        CERTIFICATE_EN,
                        CERTIFICATE_ZH,
                        "shop.testbed.example expired",
                        "shop.testbed.example 已过期",
                        "BEGIN CERTIFICATE"),
                Trouble.of(
                        "certificate that soon expires",
                        DNF,
                        new Fault.Named("certificate expiring"),
                        CERTIFICATE,
                        CERTIFICATE_EN,
                        CERTIFICATE_ZH,
                        "shop.testbed.example expires in [45] days",
                        "shop.testbed.example 将在 [45] 天后过期",
                        "BEGIN CERTIFICATE"));
    }
}
