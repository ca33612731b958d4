package parley.tools.catalogue.network;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.util.List;
import java.util.Optional;

/// A network interface of a host.
///
/// @param kind `veth`, `bond`, `vlan`; empty for a plain device
/// @param up whether it is switched on
/// @param carrier whether something is connected at the other end
/// @param speedMbps empty where the device does not tell, as most virtual ones
/// @param addresses with their prefix lengths
/// @param rxErrorsPerS errors and drops in receiving while it was watched, a second
/// @param qdiscDrops packets its queue has dropped since it was set up
public record NetworkLink(
        @Means(en = "device", zh = "网卡") HostText dev,
        @Means(en = "kind", zh = "类型") Optional<HostText> kind,
        @Means(en = "up", zh = "启用") boolean up,
        @Means(en = "carrier", zh = "链路") boolean carrier,
        @Means(en = "Mbit/s", zh = "速率 Mbit/s") Optional<Long> speedMbps,
        @Means(en = "duplex", zh = "双工") Optional<HostText> duplex,
        @Means(en = "MTU", zh = "MTU") long mtu,
        @Means(en = "addresses", zh = "地址") List<HostText> addresses,
        @Means(en = "received", zh = "接收") Traffic rx,
        @Means(en = "sent", zh = "发送") Traffic tx,
        @Means(en = "rx errors/s", zh = "每秒接收错误") double rxErrorsPerS,
        @Means(en = "tx errors/s", zh = "每秒发送错误") double txErrorsPerS,
        @Means(en = "queue drops", zh = "队列丢弃") long qdiscDrops,
        @Means(en = "bond", zh = "绑定") Optional<Bond> bond,
        @Means(en = "part of", zh = "隶属") Optional<HostText> master) {
    /// What went through since the device exists.
    ///
    /// @param errors all kinds together
    /// @param missed packets the device had no room for; 0 in sending
    public record Traffic(
            @Means(en = "bytes", zh = "字节") long bytes,
            @Means(en = "packets", zh = "包数") long packets,
            @Means(en = "errors", zh = "错误") long errors,
            @Means(en = "dropped", zh = "丢弃") long dropped,
            @Means(en = "missed", zh = "漏收") long missed) {
        long lost() {
            return errors + dropped + missed;
        }

        /// `12 MB, 9000 packets, 0 lost`: as a column shows it.
        @Override
        public String toString() {
            return bytes / 1_000_000 + " MB, " + packets + " packets, " + lost() + " lost";
        }
    }

    /// A bond.
    ///
    /// @param membersDown members without a link
    public record Bond(
            @Means(en = "mode", zh = "模式") HostText mode,
            @Means(en = "active member", zh = "活动成员") Optional<HostText> active,
            @Means(en = "members down", zh = "断开的成员") List<HostText> membersDown) {
        public Bond {
            requireNonNull(mode, "mode is null");
            requireNonNull(active, "active is null");
            membersDown = List.copyOf(membersDown);
        }
    }

    public NetworkLink {
        requireNonNull(dev, "dev is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(speedMbps, "speedMbps is null");
        requireNonNull(duplex, "duplex is null");
        addresses = List.copyOf(addresses);
        requireNonNull(rx, "rx is null");
        requireNonNull(tx, "tx is null");
        requireNonNull(bond, "bond is null");
        requireNonNull(master, "master is null");
    }

    /// Whether only the host itself uses it.
    public boolean loopback() {
        return dev.value().equals("lo");
    }
}
