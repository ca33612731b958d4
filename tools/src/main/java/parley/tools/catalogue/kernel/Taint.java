package parley.tools.catalogue.kernel;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Bilingual;
import parley.tools.Finding.Severity;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What a running kernel has been through that makes it less trustworthy: the bits of
/// `/proc/sys/kernel/tainted`, in their order.
public enum Taint {
    PROPRIETARY_MODULE(0, Severity.NOTICE, "a proprietary module was loaded", "加载过专有模块"),
    FORCED_MODULE(1, Severity.WARNING, "a module was loaded by force", "强制加载过模块"),
    OUT_OF_SPECIFICATION(2, Severity.WARNING, "it runs on hardware out of specification", "硬件超出规格"),
    FORCED_UNLOAD(3, Severity.WARNING, "a module was unloaded by force", "强制卸载过模块"),
    MACHINE_CHECK(4, Severity.CRITICAL, "the processor reported a fault", "处理器报告过硬件错误"),
    BAD_PAGE(5, Severity.CRITICAL, "it found damaged memory", "发现过损坏的内存页"),
    REQUESTED(6, Severity.NOTICE, "somebody asked for the mark", "由用户请求标记"),
    DIED(7, Severity.CRITICAL, "it failed once (oops or bug)", "曾经出错（oops 或 BUG）"),
    ACPI_OVERRIDDEN(8, Severity.NOTICE, "a table of the firmware was replaced", "覆盖过 ACPI 表"),
    WARNED(9, Severity.WARNING, "it warned about itself", "发出过自身告警"),
    STAGING_DRIVER(10, Severity.NOTICE, "an unfinished driver was loaded", "加载过未成熟的驱动"),
    FIRMWARE_WORKAROUND(11, Severity.NOTICE, "it works around a fault of the firmware", "绕过了固件缺陷"),
    FOREIGN_MODULE(
            12, Severity.NOTICE, "a module from outside the kernel was loaded", "加载过内核源码之外的模块"),
    UNSIGNED_MODULE(13, Severity.NOTICE, "a module without signature was loaded", "加载过未签名的模块"),
    SOFT_LOCKUP(14, Severity.CRITICAL, "a processor was stuck", "处理器曾卡死"),
    LIVE_PATCHED(15, Severity.NOTICE, "it was patched while running", "已应用热补丁"),
    AUXILIARY(16, Severity.NOTICE, "the distribution set a mark of its own", "发行版自定义标记"),
    RANDOMISED_LAYOUT(17, Severity.NOTICE, "it was built with a random layout", "使用随机化结构布局构建"),
    TEST(18, Severity.NOTICE, "tests ran in it", "运行过内核测试");

    private final int bit;
    private final Severity severity;
    private final String english;
    private final String chinese;

    Taint(int bit, Severity severity, String english, String chinese) {
        this.bit = bit;
        this.severity = severity;
        this.english = english;
        this.chinese = chinese;
    }

    /// The marks in `mask`; bits that no mark has are left out.
    static List<Taint> of(long mask) {
        return Arrays.stream(values()).filter(one -> (mask >> one.bit & 1) == 1).toList();
    }

    Severity severity() {
        return severity;
    }

    Bilingual meaning() {
        return Bilingual.of(english, chinese);
    }

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
