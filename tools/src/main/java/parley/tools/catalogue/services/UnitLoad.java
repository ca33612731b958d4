package parley.tools.catalogue.services;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Unreadable;
import parley.tools.read.KeyValues;

import java.util.Arrays;
import java.util.Locale;

/// systemd's `LoadState`: whether the unit's definition was found and understood.
public enum UnitLoad {
    LOADED,
    NOT_FOUND,
    BAD_SETTING,
    ERROR,
    MASKED,
    MERGED,
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
