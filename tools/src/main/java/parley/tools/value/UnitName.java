package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

/// A systemd unit as people say it: `nginx`, `nginx.service`, `backup.timer`. Never a pattern.
@Text(pattern = "[A-Za-z0-9][A-Za-z0-9@:._\\\\-]{0,240}", most = 241, example = "nginx.service")
@Means(en = "a unit name", zh = "单元名")
public record UnitName(@JsonValue String value) {
    public UnitName {
        Checks.text(UnitName.class, value);
    }

    /// The name with its suffix: `.service` unless it has one that systemd knows.
    public String full() {
        return value.matches(
                        ".*\\.(service|timer|socket|target|mount|automount|path|slice|scope|device|swap)")
                ? value
                : value + ".service";
    }

    @Override
    public String toString() {
        return value;
    }
}
