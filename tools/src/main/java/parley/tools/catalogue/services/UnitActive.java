package parley.tools.catalogue.services;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;
import parley.tools.Unreadable;
import parley.tools.read.KeyValues;

import java.util.Arrays;
import java.util.Locale;

/// systemd's `ActiveState`: the part of a unit's state that all unit types share.
public enum UnitActive {
    @Means(en = "active", zh = "活动")
    ACTIVE,
    @Means(en = "reloading", zh = "重新加载中")
    RELOADING,
    @Means(en = "refreshing", zh = "刷新中")
    REFRESHING,
    @Means(en = "inactive", zh = "未活动")
    INACTIVE,
    @Means(en = "failed", zh = "失败")
    FAILED,
    @Means(en = "activating", zh = "启动中")
    ACTIVATING,
    @Means(en = "deactivating", zh = "停止中")
    DEACTIVATING,
    @Means(en = "maintenance", zh = "维护中")
    MAINTENANCE;

    static UnitActive of(KeyValues block) throws Unreadable {
        String word = block.text("ActiveState");
        return Arrays.stream(values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> block.unreadable("ActiveState", "a known active state"));
    }

    /// Whether the unit does its work now, or is about to.
    public boolean isUp() {
        return switch (this) {
            case ACTIVE, RELOADING, REFRESHING, ACTIVATING -> true;
            case INACTIVE, FAILED, DEACTIVATING, MAINTENANCE -> false;
        };
    }

    /// Whether the state is one to stay in, not one on the way.
    public boolean isSettled() {
        return switch (this) {
            case ACTIVE, INACTIVE, FAILED -> true;
            case RELOADING, REFRESHING, ACTIVATING, DEACTIVATING, MAINTENANCE -> false;
        };
    }

    /// systemd's word: `active`.
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
