package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

/// A kernel parameter as `sysctl` names it.
@Text(pattern = "[a-z][a-z0-9_-]*([./][A-Za-z0-9_-]+)+", most = 128, example = "vm.swappiness")
@Means(en = "a kernel parameter", zh = "内核参数")
public record SysctlKey(@JsonValue String value) {
    public SysctlKey {
        Checks.text(SysctlKey.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
