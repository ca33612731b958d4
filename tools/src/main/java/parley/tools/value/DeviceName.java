package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

/// A block device by the kernel's name, with or without `/dev/`: `sda`, `nvme0n1`, `/dev/dm-0`.
/// Never a path with steps upwards.
@Text(
        pattern = "(/dev/)?[a-z][A-Za-z0-9_-]{0,63}(/[A-Za-z0-9_-]{1,63})?",
        most = 134,
        example = "sda")
@Means(en = "a block device such as sda", zh = "块设备，如 sda")
public record DeviceName(@JsonValue String value) {
    public DeviceName {
        Checks.text(DeviceName.class, value);
    }

    /// Without `/dev/`.
    public String name() {
        return value.startsWith("/dev/") ? value.substring("/dev/".length()) : value;
    }

    /// With `/dev/`.
    public String path() {
        return "/dev/" + name();
    }

    @Override
    public String toString() {
        return value;
    }
}
