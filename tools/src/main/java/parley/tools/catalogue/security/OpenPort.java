package parley.tools.catalogue.security;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.util.Optional;

/// Something that accepts from outside the host.
///
/// @param local address and port
/// @param exposure systemd's own estimate of how little the unit is confined, from 0 to 10; empty
///   where it does not estimate
/// @param line where it stands in its capture, the first line being 1
public record OpenPort(
        @Means(en = "protocol", zh = "协议") HostText protocol,
        @Means(en = "local", zh = "本地地址") HostText local,
        @Means(en = "program", zh = "程序") Optional<HostText> program,
        @Means(en = "unit", zh = "单元") Optional<HostText> unit,
        @Means(en = "exposure", zh = "暴露评分") Optional<Double> exposure,
        @Means(en = "line", zh = "行") long line) {
    public OpenPort {
        requireNonNull(protocol, "protocol is null");
        requireNonNull(local, "local is null");
        requireNonNull(program, "program is null");
        requireNonNull(unit, "unit is null");
        requireNonNull(exposure, "exposure is null");
    }
}
