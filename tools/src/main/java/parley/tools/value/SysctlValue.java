package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

/// What a kernel parameter is set to: one number, or several with blanks between.
@Text(pattern = "[0-9]{1,20}( [0-9]{1,20}){0,3}", most = 64, example = "1024")
@Means(en = "a number, or several with blanks between", zh = "一个数字，或用空格分隔的多个数字")
public record SysctlValue(@JsonValue String value) {
    public SysctlValue {
        Checks.text(SysctlValue.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
