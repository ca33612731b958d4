package parley.tools.catalogue.security;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.util.List;
import java.util.Optional;

/// What of a host is reachable from outside, and what is weak.
///
/// @param ports what does not listen on the loopback alone; a firewall may still stand before it
/// @param ssh empty where no SSH server is installed, or its settings may not be read
/// @param setuid how many programs run as their owner whoever starts them
/// @param unowned those of them that no package brought
/// @param writable files in the folders of programs that anybody may change
public record Exposure(
        @Means(en = "open ports", zh = "开放端口") List<OpenPort> ports,
        @Means(en = "SSH server", zh = "SSH 服务") Optional<SshSettings> ssh,
        @Means(en = "setuid programs", zh = "setuid 程序数") long setuid,
        @Means(en = "of no package", zh = "不属于软件包") List<HostText> unowned,
        @Means(en = "anybody may change", zh = "任何人可写") List<HostText> writable) {
    public Exposure {
        ports = List.copyOf(ports);
        requireNonNull(ssh, "ssh is null");
        unowned = List.copyOf(unowned);
        writable = List.copyOf(writable);
    }
}
