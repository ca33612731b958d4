package parley.tools.catalogue.jobs;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

/// A transaction was handed to systemd; how it goes on is for [JobStatus] to say.
public record Started(@Means(en = "started as", zh = "启动为") HostText unit) {
    public Started {
        requireNonNull(unit, "unit is null");
    }
}
