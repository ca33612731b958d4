package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

/// Why a host is rebooted, as everybody logged in there is told.
@Text(pattern = "[A-Za-z0-9][A-Za-z0-9 ._-]{0,79}", most = 80, example = "new kernel")
@Means(en = "a reason in plain letters", zh = "原因（英文字母、数字、空格、. _ -）")
public record WallReason(@JsonValue String value) {
    public WallReason {
        Checks.text(WallReason.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
