package parley.tools.catalogue.storage;

import static java.util.Objects.requireNonNull;

import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.value.Bytes;
import parley.tools.value.HostText;
import parley.tools.value.Percent;

import java.util.Optional;
import java.util.Set;

/// One mounted filesystem and how full it is.
///
/// @param usedPct of what a user who is not root can ever fill: used / (used + available), as `df`
///   counts
/// @param inodesPct empty where the filesystem has no fixed number of inodes
/// @param readOnly empty when it was not in the table of mounts
public record Filesystem(
        @Means(en = "mounted on", zh = "挂载点") HostText mount,
        @Means(en = "device", zh = "设备") HostText source,
        @Means(en = "type", zh = "类型") String fstype,
        @Means(en = "size", zh = "大小") Bytes size,
        @Means(en = "used", zh = "已用") Bytes used,
        @Means(en = "available", zh = "可用") Bytes available,
        @Means(en = "used %", zh = "使用率") Percent usedPct,
        @Means(en = "inodes used %", zh = "inode 使用率") Optional<Percent> inodesPct,
        @Means(en = "inodes free", zh = "空闲 inode") Optional<Long> inodesFree,
        @Means(en = "read-only", zh = "只读") Optional<Boolean> readOnly,
        @Means(en = "network", zh = "网络") boolean network,
        @Means(en = "evidence", zh = "出处") Finding.Lines evidence) {
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "devtmpfs", "ramfs");

    /// Read-only images, full by their nature.
    static final Set<String> IMAGES = Set.of("squashfs", "iso9660", "erofs", "cramfs");

    private static final Set<String> NO_DISKS =
            Set.of("overlay", "efivarfs", "fuse.lxcfs", "autofs", "configfs");

    public Filesystem {
        requireNonNull(mount, "mount is null");
        requireNonNull(source, "source is null");
        requireNonNull(fstype, "fstype is null");
        requireNonNull(size, "size is null");
        requireNonNull(used, "used is null");
        requireNonNull(available, "available is null");
        requireNonNull(usedPct, "usedPct is null");
        requireNonNull(inodesPct, "inodesPct is null");
        requireNonNull(inodesFree, "inodesFree is null");
        requireNonNull(readOnly, "readOnly is null");
        requireNonNull(evidence, "evidence is null");
    }

    /// Space or inodes, whichever is scarcer.
    Percent fullest() {
        return inodesPct.filter(inodes -> inodes.compareTo(usedPct) > 0).orElse(usedPct);
    }

    /// A read-only image, full by its nature.
    boolean image() {
        return IMAGES.contains(fstype);
    }

    /// Whether somebody who asks for disks means it: `/` always, memory only when it runs out.
    boolean listed() {
        if (mount.value().equals("/")) {
            return true;
        }
        if (IN_MEMORY.contains(fstype)) {
            return fullest().value() >= DiskUsageFindings.NEARLY_FULL;
        }
        return !image() && !NO_DISKS.contains(fstype);
    }
}
