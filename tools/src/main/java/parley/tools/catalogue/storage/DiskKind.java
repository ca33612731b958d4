package parley.tools.catalogue.storage;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

import java.util.Locale;

/// What a disk is made of, as the kernel was told: disks of virtual machines often claim to rotate.
public enum DiskKind {
    @Means(en = "hard disk", zh = "机械盘")
    HDD(50),
    @Means(en = "SSD", zh = "固态盘")
    SSD(10),
    @Means(en = "NVMe", zh = "NVMe 盘")
    NVME(5),
    /// A partition or a volume, which says nothing of itself.
    @Means(en = "unknown", zh = "未知")
    UNKNOWN(50);

    private final double slowMillis;

    DiskKind(double slowMillis) {
        this.slowMillis = slowMillis;
    }

    /// From this time a request on, with requests queued, it is the bottleneck.
    public double slowMillis() {
        return slowMillis;
    }

    static DiskKind of(String device, boolean rotates) {
        return device.startsWith("nvme") ? NVME : rotates ? HDD : SSD;
    }

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
