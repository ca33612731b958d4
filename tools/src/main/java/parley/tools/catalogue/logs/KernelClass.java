package parley.tools.catalogue.logs;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

import java.util.Locale;

/// What kind of trouble a kernel message tells of.
public enum KernelClass {
    /// A process was killed for want of memory.
    @Means(en = "out of memory", zh = "内存不足")
    OOM,
    /// A task waited for minutes, mostly for a disk.
    @Means(en = "hung task", zh = "任务挂起")
    HUNG,
    /// A device could not read or write.
    @Means(en = "input/output", zh = "读写错误")
    IO,
    /// A file system found itself damaged, or stopped.
    @Means(en = "file system", zh = "文件系统")
    FS,
    /// The processor or the memory reported a fault.
    @Means(en = "hardware fault", zh = "硬件错误")
    MCE,
    @Means(en = "network", zh = "网络")
    NET,
    @Means(en = "GPU", zh = "GPU")
    GPU,
    /// The kernel itself failed.
    @Means(en = "kernel failure", zh = "内核异常")
    OOPS,
    /// A processor was stuck in the kernel.
    @Means(en = "lockup", zh = "处理器卡死")
    LOCKUP,
    @Means(en = "USB", zh = "USB")
    USB,
    /// A program was ended for touching memory that is not its own.
    @Means(en = "segmentation fault", zh = "段错误")
    SEGFAULT,
    /// The kernel calls it an error, and no rule here knows it.
    @Means(en = "other", zh = "其他")
    OTHER;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
