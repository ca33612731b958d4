package parley.prompts.plan.model;

import parley.tools.Bilingual;
import parley.tools.value.BadValue;

import java.util.regex.Pattern;

/// The key of a model endpoint. It is sent in one header and stands nowhere else: not in messages,
/// not in the record, not in `toString`.
public record ApiKey(String value) {
    /// Visible ASCII that needs no escape in a header or in JSON, so that hiding it is a plain
    /// search.
    private static final Pattern FORM = Pattern.compile("[!#-\\[\\]-~]{4,4096}");

    private static final String HIDDEN = "[key]";

    public ApiKey {
        if (!FORM.matcher(value).matches()) {
            throw new BadValue(
                    Bilingual.of(
                            "the model key must be 4 to 4096 visible ASCII characters without"
                                    + " spaces, quotes or backslashes; look into the variable or"
                                    + " file it is read from",
                            "模型密钥须为 4 到 4096 个可见 ASCII 字符，不含空格、引号或反斜杠；请检查存放它的环境变量或文件"));
        }
    }

    /// The key as it stands in a file or a variable: surrounding white space does not count.
    public static ApiKey of(String raw) {
        return new ApiKey(raw.strip());
    }

    /// `text` without the key.
    String hideIn(String text) {
        return text.replace(value, HIDDEN);
    }

    @Override
    public String toString() {
        return "ApiKey" + HIDDEN;
    }
}
