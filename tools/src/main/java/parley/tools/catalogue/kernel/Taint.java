package parley.tools.catalogue.kernel;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Bilingual;
import parley.tools.ConstantWords;
import parley.tools.Finding.Severity;
import parley.tools.Means;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What a running kernel has been through that makes it less trustworthy: the bits of
/// `/proc/sys/kernel/tainted`, in their order.
public enum Taint {
    @Means(en = "a proprietary module was loaded", zh = "加载过专有模块")
    PROPRIETARY_MODULE(0, Severity.NOTICE),
    @Means(en = "a module was loaded by force", zh = "强制加载过模块")
    FORCED_MODULE(1, Severity.WARNING),
    @Means(en = "it runs on hardware out of specification", zh = "硬件超出规格")
    OUT_OF_SPECIFICATION(2, Severity.WARNING),
    @Means(en = "a module was unloaded by force", zh = "强制卸载过模块")
    FORCED_UNLOAD(3, Severity.WARNING),
    @Means(en = "the processor reported a fault", zh = "处理器报告过硬件错误")
    MACHINE_CHECK(4, Severity.CRITICAL),
    @Means(en = "it found damaged memory", zh = "发现过损坏的内存页")
    BAD_PAGE(5, Severity.CRITICAL),
    @Means(en = "somebody asked for the mark", zh = "由用户请求标记")
    REQUESTED(6, Severity.NOTICE),
    @Means(en = "it failed once (oops or bug)", zh = "曾经出错（oops 或 BUG）")
    DIED(7, Severity.CRITICAL),
    @Means(en = "a table of the firmware was replaced", zh = "覆盖过 ACPI 表")
    ACPI_OVERRIDDEN(8, Severity.NOTICE),
    @Means(en = "it warned about itself", zh = "发出过自身告警")
    WARNED(9, Severity.WARNING),
    @Means(en = "an unfinished driver was loaded", zh = "加载过未成熟的驱动")
    STAGING_DRIVER(10, Severity.NOTICE),
    @Means(en = "it works around a fault of the firmware", zh = "绕过了固件缺陷")
    FIRMWARE_WORKAROUND(11, Severity.NOTICE),
    @Means(en = "a module from outside the kernel was loaded", zh = "加载过内核源码之外的模块")
    FOREIGN_MODULE(12, Severity.NOTICE),
    @Means(en = "a module without signature was loaded", zh = "加载过未签名的模块")
    UNSIGNED_MODULE(13, Severity.NOTICE),
    @Means(en = "a processor was stuck", zh = "处理器曾卡死")
    SOFT_LOCKUP(14, Severity.CRITICAL),
    @Means(en = "it was patched while running", zh = "已应用热补丁")
    LIVE_PATCHED(15, Severity.NOTICE),
    @Means(en = "the distribution set a mark of its own", zh = "发行版自定义标记")
    AUXILIARY(16, Severity.NOTICE),
    @Means(en = "it was built with a random layout", zh = "使用随机化结构布局构建")
    RANDOMISED_LAYOUT(17, Severity.NOTICE),
    @Means(en = "tests ran in it", zh = "运行过内核测试")
    TEST(18, Severity.NOTICE);

    private final int bit;
    private final Severity severity;

    Taint(int bit, Severity severity) {
        this.bit = bit;
        this.severity = severity;
    }

    /// The marks in `mask`; bits that no mark has are left out.
    static List<Taint> of(long mask) {
        return Arrays.stream(values()).filter(one -> (mask >> one.bit & 1) == 1).toList();
    }

    Severity severity() {
        return severity;
    }

    Bilingual meaning() {
        return ConstantWords.of(this);
    }

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
