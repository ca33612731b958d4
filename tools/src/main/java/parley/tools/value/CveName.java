package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

/// The public name of a vulnerability.
@Text(pattern = "CVE-[0-9]{4}-[0-9]{4,7}", most = 20, example = "CVE-2024-6387")
@Means(en = "a CVE name", zh = "CVE 编号")
public record CveName(@JsonValue String value) {
    public CveName {
        Checks.text(CveName.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
