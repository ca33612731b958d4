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
                                "LISTEN.*127.0.0.1:8080")
                        .inBrief(),
                Trouble.of(
                        "packets are dropped",
                        APT,
                        new Fault.Named("packets-dropped"),
                        PORT,
                        "connection from PEER to HOST port 8080 times out, why?",
                        "PEER 连不上 HOST 的 8080 端口，为什么",
                        "packet filter",
                        "包过滤",
                        "8080"),
                Trouble.of(
                                "link is down",
                                DNF,
                                new Fault.Named("host-unreachable"),
                                HOST,
                                HOST_EN,
                                HOST_ZH,
                                "cannot be reached.*the host is down, or its own network is cut",
                                "无法连接.*主机已宕机，或其自身网络中断",
                                "")
                        .inBrief(),
                Trouble.of(
                        "another host key",
                        APT,
                        new Fault.Named("host-key-changed"),
                        HOST,
                        HOST_EN,
                        HOST_ZH,
                        "HOST KEY OF web-1 HAS CHANGED",
                        "web-1.*主机密钥",
                        ""));
    }
}
