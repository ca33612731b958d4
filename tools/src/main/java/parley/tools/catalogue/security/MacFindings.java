package parley.tools.catalogue.security;

import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Reading;
import parley.tools.read.HostTime;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What mandatory access control stopped. It never advises to switch it off.
final class MacFindings {
    private static final int MOST_NAMED = 6;

    private MacFindings() {}

    /// @param capture which capture the journal is, the first being 1
    static List<Finding> of(Reading<MacState> reading, int capture) {
        MacState state = reading.value();
        List<Finding> findings = new ArrayList<>();
        state.denials().stream()
                .limit(MOST_NAMED)
                .forEach(one -> findings.add(denial(one).at(capture, Math.toIntExact(one.line()))));
        if (state.denials().size() > MOST_NAMED) {
            int left = state.denials().size() - MOST_NAMED;
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            "{0} more kinds of denials are in the reading",
                            "另有 {0} 类拒绝记录见读数",
                            left));
        }
        findings.add(summary(reading));
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static Finding denial(MacDenial one) {
        String object = one.path().value().isEmpty() ? "" : " " + one.path();
        String target = one.target().value().isEmpty() ? "" : ", labelled " + one.target();
        String targetZh = one.target().value().isEmpty() ? "" : "，标签 " + one.target();
        String times = one.count() == 1 ? "" : ", " + one.count() + " times";
        String timesZh = one.count() == 1 ? "" : "，共 " + one.count() + " 次";
        String hint = hint(one, false);
        String hintZh = hint(one, true);
        return Finding.of(
                one.enforced() ? Severity.WARNING : Severity.NOTICE,
                one.program()
                        + " ("
                        + one.subject()
                        + (one.enforced() ? ") was denied " : ") would have been denied ")
                        + one.operation()
                        + object
                        + target
                        + times
                        + ", first at "
                        + HostTime.spoken(one.first())
                        + hint,
                one.program()
                        + "（"
                        + one.subject()
                        + (one.enforced() ? "）被拒绝：" : "）本应被拒绝（仅记录）：")
                        + one.operation()
                        + object
                        + targetZh
                        + timesZh
                        + "，首次 "
                        + HostTime.spoken(one.first())
                        + hintZh);
    }

    private static String hint(MacDenial one, boolean zh) {
        HostText target = one.target();
        boolean path = one.path().value().startsWith("/");
        if (target.value().isEmpty() || !one.enforced()) {
            return "";
        }
        if (path) {
            return zh
                    ? "；先用 restorecon -n -v 预览该路径应有的标签"
                    : "; restorecon -n -v shows which label the path should have";
        }
        return zh ? "；检查对应的布尔值或端口标签" : "; look for a boolean or a port label that allows it";
    }

    private static Finding summary(Reading<MacState> reading) {
        MacState state = reading.value();
        String selinux =
                switch (state.selinux()) {
                    case ENFORCING -> "SELinux is enforcing";
                    case PERMISSIVE -> "SELinux is permissive: it stops nothing";
                    case DISABLED -> "SELinux is off";
                    case NOT_INSTALLED -> "SELinux is not installed";
                };
        String selinuxZh =
                switch (state.selinux()) {
                    case ENFORCING -> "SELinux 为强制模式";
                    case PERMISSIVE -> "SELinux 为宽容模式（不阻止任何操作）";
                    case DISABLED -> "SELinux 已关闭";
                    case NOT_INSTALLED -> "未安装 SELinux";
                };
        String profiles = state.enforcing() + " profiles, " + state.complaining() + " complaining";
        String apparmor =
                switch (state.apparmor()) {
                    case ACTIVE -> "AppArmor enforces " + profiles;
                    case INACTIVE -> "AppArmor is off";
                    case NOT_INSTALLED -> "AppArmor is not installed";
                    case UNKNOWN -> "the state of AppArmor could not be seen";
                };
        String apparmorZh =
                switch (state.apparmor()) {
                    case ACTIVE ->
                            "AppArmor 强制 "
                                    + state.enforcing()
                                    + " 个配置，仅记录 "
                                    + state.complaining()
                                    + " 个";
                    case INACTIVE -> "AppArmor 未启用";
                    case NOT_INSTALLED -> "未安装 AppArmor";
                    case UNKNOWN -> "看不到 AppArmor 的状态";
                };
        boolean partial = reading.status() == Reading.Status.PARTIAL;
        boolean none = state.denials().isEmpty();
        String since = state.since().map(HostTime::spoken).orElse("");
        return Finding.of(
                Severity.NOTICE,
                selinux
                        + "; "
                        + apparmor
                        + (none
                                ? (partial
                                                ? "; no denial that could be seen"
                                                : "; nothing was denied")
                                        + (since.isEmpty() ? "" : " since " + since)
                                : ""),
                selinuxZh
                        + "；"
                        + apparmorZh
                        + (none
                                ? (since.isEmpty() ? "；" : "；自 " + since + " 以来")
                                        + (partial ? "可见范围内没有拒绝记录" : "没有拒绝记录")
                                : ""));
    }
}
