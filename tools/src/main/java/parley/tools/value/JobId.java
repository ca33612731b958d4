package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

/// systemd's name of one run of a unit, its invocation id: it stays true after the unit is gone and
/// after a reboot.
@Text(pattern = "[0-9a-f]{32}", most = 32, example = "a0835044ec9b4df18d262005cf01ed88")
@Means(en = "a job's id, 32 hexadecimal digits", zh = "任务编号（32 位十六进制）")
public record JobId(@JsonValue String value) {
    public JobId {
        Checks.text(JobId.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
