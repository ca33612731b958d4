package parley.tools.catalogue.services;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;
import parley.tools.Unreadable;
import parley.tools.read.KeyValues;

import java.util.Arrays;
import java.util.Locale;

/// systemd's `LoadState`: whether the unit's definition was found and understood.
public enum UnitLoad {
    @Means(en = "loaded", zh = "已加载")
    LOADED,
    @Means(en = "not found", zh = "不存在")
    NOT_FOUND,
    @Means(en = "bad setting", zh = "配置错误")
    BAD_SETTING,
    @Means(en = "error", zh = "加载出错")
    ERROR,
    @Means(en = "masked", zh = "已屏蔽")
    MASKED,
    @Means(en = "merged", zh = "已合并")
    MERGED,
    @Means(en = "stub", zh = "占位")
    STUB;

    static UnitLoad of(KeyValues block) throws Unreadable {
        String word = block.text("LoadState");
        return Arrays.stream(values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> block.unreadable("LoadState", "a known load state"));
    }

    /// systemd's word: `not-found`.
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
