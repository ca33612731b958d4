package parley.tools.catalogue.storage;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Reading;
import parley.tools.catalogue.storage.DiskHealth.Health;
import parley.tools.catalogue.storage.DiskHealth.Volume;
import parley.tools.value.HostText;
import parley.tools.value.Percent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the health of disks means in words.
final class DiskHealthFindings {
    private static final double WORN = 80;
    private static final long HOT = 65;
    private static final double POOL_NEARLY_FULL = 80;
    private static final double POOL_FULL = 90;

    private DiskHealthFindings() {}

    static List<Finding> of(Reading<Health> reading) {
        Health health = reading.value();
        List<Finding> findings = new ArrayList<>();
        health.disks().forEach(disk -> disk(disk).ifPresent(findings::add));
        health.arrays().forEach(array -> array(array).ifPresent(findings::add));
        health.volumes().forEach(volume -> volume(volume).ifPresent(findings::add));
        boolean known =
                health.disks().stream().anyMatch(SmartDisk::says)
                        || !health.arrays().isEmpty()
                        || !health.volumes().isEmpty();
        if (findings.isEmpty() && known) {
            findings.add(well(health));
        }
        String silent =
                health.disks().stream()
                        .filter(disk -> !disk.says())
                        .map(SmartDisk::device)
                        .collect(Collectors.joining(", "));
        if (!silent.isEmpty()) {
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            "{0} tells nothing of its health, as disks of virtual machines and"
                                    + " behind controllers do.",
                            "{0} 不提供健康信息（虚拟磁盘或位于控制器之后的磁盘通常如此）。",
                            silent));
        }
        if (findings.isEmpty()) {
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            "Nothing is known of the health of disks here.",
                            "无法得知这里磁盘的健康状况。"));
        }
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static Optional<Finding> disk(SmartDisk disk) {
        List<String> en = new ArrayList<>();
        List<String> zh = new ArrayList<>();
        boolean failing = disk.passed().filter(passed -> !passed).isPresent();
        if (failing) {
            en.add("it says itself that it is failing");
            zh.add("它自己报告即将失效");
        }
        count(disk.pending(), "%d sectors cannot be read", "%d 个扇区无法读取", en, zh);
        count(disk.uncorrectable(), "%d errors could not be corrected", "%d 个错误无法纠正", en, zh);
        count(disk.mediaErrors(), "%d media errors", "%d 个介质错误", en, zh);
        count(disk.reallocated(), "%d sectors were replaced", "%d 个扇区已重映射", en, zh);
        disk.wearPct()
                .filter(share -> share.value() >= WORN)
                .ifPresent(share -> {
                    en.add(share + " of its life is used");
                    zh.add("寿命已用 " + share);
                });
        disk.temperature()
                .filter(degrees -> degrees >= HOT)
                .ifPresent(degrees -> {
                    en.add("it is " + degrees + " °C hot");
                    zh.add("温度 " + degrees + " ℃");
                });
        return en.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Finding(
                                failing ? Severity.CRITICAL : Severity.WARNING,
                                Bilingual.of(
                                        disk.device() + ": " + String.join(", ", en) + ".",
                                        disk.device() + "：" + String.join("，", zh) + "。"),
                                List.of(disk.evidence())));
    }

    private static void count(
            Optional<Long> number, String en, String zh, List<String> allEn, List<String> allZh) {
        number.filter(one -> one > 0)
                .ifPresent(one -> {
                    allEn.add(en.replace("%d", one.toString()));
                    allZh.add(zh.replace("%d", one.toString()));
                });
    }

    private static Optional<Finding> array(RaidArray array) {
        if (!array.degraded()) {
            return Optional.empty();
        }
        String level = array.level().map(one -> " (" + one + ")").orElse("");
        String up =
                array.disks().isPresent()
                        ? "%d of %d disks work"
                                .formatted(array.up().orElse(0L), array.disks().get())
                        : "it is " + array.state();
        String upZh =
                array.disks().isPresent()
                        ? "%d 块磁盘中 %d 块正常".formatted(array.disks().get(), array.up().orElse(0L))
                        : "状态为 " + array.state();
        String failed =
                array.failed().isEmpty()
                        ? ""
                        : "; failed: "
                                + array.failed().stream()
                                        .map(HostText::value)
                                        .collect(Collectors.joining(", "));
        String recovering =
                array.recoveredPct().map(share -> "; being rebuilt, " + share).orElse("");
        return Optional.of(
                new Finding(
                        Severity.CRITICAL,
                        Bilingual.of(
                                "Array %s%s is degraded: %s%s%s."
                                        .formatted(array.name(), level, up, failed, recovering),
                                "阵列 %s%s 已降级：%s%s%s。"
                                        .formatted(
                                                array.name(),
                                                level.replace(" (", "（").replace(")", "）"),
                                                upZh,
                                                failed.replace("; failed: ", "；故障："),
                                                recovering.replace("; being rebuilt, ", "；正在重建，"))),
                        List.of(array.evidence())));
    }

    private static Optional<Finding> volume(Volume volume) {
        String name = volume.group() + "/" + volume.name();
        if (volume.health().isPresent()) {
            return Optional.of(
                    lvm(
                            Severity.WARNING,
                            "LVM says of %s: %s.".formatted(name, volume.health().get()),
                            "LVM 报告 %s：%s。".formatted(name, volume.health().get())));
        }
        double fullest = volume.fullestPct();
        String data = volume.dataPct().map(Percent::toString).orElse("?");
        String meta = volume.metadataPct().map(Percent::toString).orElse("?");
        return fullest < POOL_NEARLY_FULL
                ? Optional.empty()
                : Optional.of(
                        lvm(
                                fullest > POOL_FULL ? Severity.CRITICAL : Severity.WARNING,
                                "Thin pool %s is nearly full: data %s, metadata %s; when it is full, writes to all its volumes fail."
                                        .formatted(name, data, meta),
                                "精简池 %s 快满了：数据 %s，元数据 %s；写满后其中所有卷都将写入失败。"
                                        .formatted(name, data, meta)));
    }

    private static Finding lvm(Severity severity, String en, String zh) {
        return new Finding(severity, Bilingual.of(en, zh), List.of(new Finding.Lines(2, 1, 1)));
    }

    private static Finding well(Health health) {
        long disks = health.disks().stream().filter(SmartDisk::says).count();
        return Finding.of(
                Severity.HEALTHY,
                "No sign of failing: %d disks that tell of their health, %d arrays, %d thin pools."
                        .formatted(disks, health.arrays().size(), health.volumes().size()),
                "没有故障迹象：可自检的磁盘 %d 块，阵列 %d 个，精简池 %d 个。"
                        .formatted(disks, health.arrays().size(), health.volumes().size()));
    }
}
