package parley.tools.catalogue.logs;

import static java.util.Objects.requireNonNull;

import parley.tools.Bilingual;
import parley.tools.Finding.Severity;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How one kind of kernel message is recognised: the rules of the node problem detector, and the
/// words of drivers.
///
/// @param id its name, for policies and diagnoses: `io-error`
/// @param message matched anywhere in a message; its first group, where there is one, is what was
///   hit: a device, a program, a server
record KernelRule(
        String id, KernelClass kind, Severity severity, Bilingual title, Pattern message) {
    KernelRule {
        requireNonNull(id, "id is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(severity, "severity is null");
        requireNonNull(title, "title is null");
        requireNonNull(message, "message is null");
    }

    private static KernelRule rule(
            String id, KernelClass kind, Severity severity, String en, String zh, String message) {
        return new KernelRule(id, kind, severity, Bilingual.of(en, zh), Pattern.compile(message));
    }

    /// The first that matches counts, so the narrower stand before the wider.
    static final List<KernelRule> ALL =
            List.of(
                    rule(
                            "oom-kill",
                            KernelClass.OOM,
                            Severity.CRITICAL,
                            "a process was killed because memory ran out",
                            "有进程因内存不足被终止",
                            "[Oo]ut of memory: Kill(?:ed)? process \\d{1,9} \\(([^)]{0,64})\\)"),
                    rule(
                            "hung-task",
                            KernelClass.HUNG,
                            Severity.CRITICAL,
                            "a task was blocked for minutes",
                            "有任务长时间阻塞",
                            "task (\\S{1,64}):\\d{1,9} blocked for more than"),
                    rule(
                            "cpu-stuck",
                            KernelClass.LOCKUP,
                            Severity.CRITICAL,
                            "a processor was stuck in the kernel",
                            "处理器卡死在内核中",
                            "BUG: soft lockup|hard LOCKUP|rcu\\S{0,20}:? .{0,60}stall"),
                    rule(
                            "kernel-failure",
                            KernelClass.OOPS,
                            Severity.CRITICAL,
                            "the kernel failed",
                            "内核自身出错",
                            "BUG: unable|BUG: kernel NULL|kernel BUG at|Oops: |Kernel panic"),
                    rule(
                            "kernel-warning",
                            KernelClass.OOPS,
                            Severity.WARNING,
                            "the kernel warned about itself",
                            "内核发出自身告警",
                            "^WARNING: CPU: "),
                    rule(
                            "ext4-error",
                            KernelClass.FS,
                            Severity.CRITICAL,
                            "a file system is damaged",
                            "文件系统损坏",
                            "EXT4-fs error \\(device ([^):]{1,32})"),
                    rule(
                            "remounted-read-only",
                            KernelClass.FS,
                            Severity.CRITICAL,
                            "a file system was made read-only",
                            "文件系统被改为只读",
                            "(?:EXT[234]-fs|F2FS-fs|BTRFS[a-z ]{0,12}) \\(([^)]{1,32})\\):"
                                    + " .{0,40}[Rr]emounting filesystem read-only"),
                    rule(
                            "xfs-failure",
                            KernelClass.FS,
                            Severity.CRITICAL,
                            "a file system stopped or is damaged",
                            "文件系统停止工作或已损坏",
                            "XFS \\(([^)]{1,32})\\): .{0,160}(?:[Ss]hut(?:ting)? ?down|[Cc]orrupt"
                                    + "|I/O [Ee]rror)"),
                    rule(
                            "btrfs-error",
                            KernelClass.FS,
                            Severity.CRITICAL,
                            "a file system reports errors",
                            "文件系统报错",
                            "BTRFS (?:error|critical) \\(device ([^):]{1,32})"),
                    rule(
                            "journal-aborted",
                            KernelClass.FS,
                            Severity.CRITICAL,
                            "a file system's journal was given up",
                            "文件系统日志已中止",
                            "Aborting journal on device (\\S{1,32}?)\\.?$"),
                    rule(
                            "nfs-silent",
                            KernelClass.FS,
                            Severity.WARNING,
                            "a file server does not answer",
                            "文件服务器无响应",
                            "nfs: server (\\S{1,64}) not responding"),
                    rule(
                            "io-error",
                            KernelClass.IO,
                            Severity.CRITICAL,
                            "a device cannot read or write",
                            "设备读写失败",
                            "Buffer I/O error on dev(?:ice)? ([\\w!-]{1,32})"
                                    + "|(?:I/O|critical \\w{1,20}|protection|timeout) error, dev"
                                    + " ([\\w!-]{1,32})|(loop): (?:Write|Read) error"),
                    rule(
                            "disk-lost",
                            KernelClass.IO,
                            Severity.CRITICAL,
                            "a disk was lost",
                            "磁盘掉线",
                            "rejecting I/O to (?:offline|dead) device"
                                    + "|md/raid\\S{0,12}: ?Disk failure on (\\w{1,32})"),
                    rule(
                            "disk-slow",
                            KernelClass.IO,
                            Severity.WARNING,
                            "a disk answers late or wrongly",
                            "磁盘响应异常",
                            "(ata\\d{1,3}(?:\\.\\d{2})?): (?:exception Emask|failed command|SError)"
                                    + "|(nvme\\w{1,12}): .{0,40}(?:timeout|controller is down)"),
                    rule(
                            "hardware-error",
                            KernelClass.MCE,
                            Severity.CRITICAL,
                            "the hardware reported a fault",
                            "硬件报错",
                            "\\[Hardware Error\\]|mce: .{0,40}Machine [Cc]heck"
                                    + "|EDAC \\S{1,16}: \\d{1,9} UE "),
                    rule(
                            "memory-corrected",
                            KernelClass.MCE,
                            Severity.WARNING,
                            "memory errors were corrected",
                            "内存错误已被纠正",
                            "EDAC \\S{1,16}: \\d{1,9} CE "),
                    rule(
                            "too-hot",
                            KernelClass.MCE,
                            Severity.WARNING,
                            "a processor is too hot and slows down",
                            "处理器过热降频",
                            "temperature above threshold"),
                    rule(
                            "conntrack-full",
                            KernelClass.NET,
                            Severity.CRITICAL,
                            "the table of connections is full: packets are dropped",
                            "连接跟踪表已满，正在丢包",
                            "nf_conntrack: (?:nf_conntrack: )?table full"),
                    rule(
                            "nic-stopped",
                            KernelClass.NET,
                            Severity.CRITICAL,
                            "a network card stopped sending",
                            "网卡停止发送",
                            "NETDEV WATCHDOG: (?:CPU: \\d{1,4}: )?(\\S{1,32})"),
                    rule(
                            "syn-flood",
                            KernelClass.NET,
                            Severity.WARNING,
                            "more connections arrive than a program takes",
                            "新连接多于程序可处理的数量",
                            "Possible SYN flooding on port (\\S{1,48}?)\\.(?: |$)"),
                    rule(
                            "neighbours-full",
                            KernelClass.NET,
                            Severity.WARNING,
                            "the table of neighbours is full",
                            "邻居表已满",
                            "neighbou?r:? .{0,20}table overflow"),
                    rule(
                            "link-down",
                            KernelClass.NET,
                            Severity.WARNING,
                            "a network link went down",
                            "网络链路断开",
                            "(\\S{1,32}?):? (?:NIC )?[Ll]ink is [Dd]own"),
                    rule(
                            "gpu-error",
                            KernelClass.GPU,
                            Severity.CRITICAL,
                            "a GPU reported an error",
                            "GPU 报错",
                            "NVRM: Xid \\(([^)]{1,32})\\)|NVRM: GPU (\\S{1,32}) has fallen off"
                                    + "|(amdgpu) .{0,60}GPU reset|(i915) .{0,60}GPU HANG"),
                    rule(
                            "usb-failure",
                            KernelClass.USB,
                            Severity.WARNING,
                            "a USB device fails",
                            "USB 设备异常",
                            "usb (\\S{1,32}): (?:device descriptor read|device not accepting)"
                                    + "|over-current"),
                    rule(
                            "segfault",
                            KernelClass.SEGFAULT,
                            Severity.WARNING,
                            "a program crashed",
                            "有程序崩溃",
                            "(?:traps: )?(\\S{1,64})\\[\\d{1,9}\\]:? (?:segfault at|general"
                                    + " protection|trap (?:invalid|divide))"));

    static final KernelRule OTHER =
            rule(
                    "other",
                    KernelClass.OTHER,
                    Severity.WARNING,
                    "the kernel calls this an error",
                    "内核错误级别的消息",
                    "");

    /// The rule of this id.
    static KernelRule of(String id) {
        return ALL.stream().filter(rule -> rule.id().equals(id)).findFirst().orElse(OTHER);
    }

    /// What was hit, when the message is of this kind: empty inside when it does not say.
    Optional<Optional<String>> hit(String text) {
        Matcher matcher = message.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) {
                return Optional.of(Optional.of(matcher.group(group)));
            }
        }
        return Optional.of(Optional.empty());
    }
}
