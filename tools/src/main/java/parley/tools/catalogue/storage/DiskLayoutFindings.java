package parley.tools.catalogue.storage;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Reading;
import parley.tools.catalogue.storage.DiskLayout.Device;
import parley.tools.catalogue.storage.DiskLayout.Layout;
import parley.tools.catalogue.storage.DiskLayout.VolumeGroup;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What the layout of disks says in words.
final class DiskLayoutFindings {
    private static final int MOST_NAMED = 8;

    private DiskLayoutFindings() {}

    static List<Finding> of(Reading<Layout> reading) {
        Layout layout = reading.value();
        if (layout.devices().isEmpty()) {
            return List.of(
                    Finding.of(
                            Severity.NOTICE,
                            "This host has no block device of its own.",
                            "该主机没有块设备。"));
        }
        List<Finding> findings = new ArrayList<>();
        List<Device> disks =
                layout.devices().stream()
                        .filter(one -> one.type().value().equals("disk") && one.size().value() > 0)
                        .toList();
        String named =
                disks.stream()
                        .limit(MOST_NAMED)
                        .map(one -> one.name() + " (" + one.size() + ")")
                        .collect(Collectors.joining(", "));
        findings.add(
                new Finding(
                        Severity.NOTICE,
                        Bilingual.of(
                                disks.size()
                                        + (disks.size() == 1 ? " disk: " : " disks: ")
                                        + named
                                        + ".",
                                "共 " + disks.size() + " 块磁盘：" + named.replace(", ", "、") + "。"),
                        disks.stream().map(Device::evidence).toList()));
        layout.groups().forEach(group -> findings.add(group(group)));
        layout.unused().stream()
                .limit(MOST_NAMED)
                .map(DiskLayoutFindings::unused)
                .forEach(findings::add);
        return List.copyOf(findings);
    }

    private static Finding group(VolumeGroup group) {
        boolean room = group.free().value() > 0;
        return new Finding(
                Severity.NOTICE,
                Bilingual.of(
                        "Volume group %s: %s of %s free%s."
                                .formatted(
                                        group.name(),
                                        group.free(),
                                        group.size(),
                                        room ? ", volumes can be extended" : ""),
                        "卷组 %s：共 %s，空闲 %s%s。"
                                .formatted(
                                        group.name(),
                                        group.size(),
                                        group.free(),
                                        room ? "，逻辑卷可以扩容" : "")),
                List.of(new Finding.Lines(2, 1, 1)));
    }

    private static Finding unused(Device disk) {
        return new Finding(
                Severity.NOTICE,
                Bilingual.of(
                        "%s (%s) holds no partition, no file system and is not mounted."
                                .formatted(disk.name(), disk.size()),
                        "%s（%s）没有分区、没有文件系统，也没有挂载。".formatted(disk.name(), disk.size())),
                List.of(disk.evidence()));
    }
}
