package parley.tools.catalogue.packages;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a host could upgrade, as far as the package lists that it has tell.
///
/// @param held packages that are locked at their version
/// @param keptBack packages that an upgrade would leave alone for another reason
/// @param listsAt when the host last fetched its package lists, by its own clock
/// @param askedAt when it was asked, by its own clock
public record PendingUpdates(
        @Means(en = "updates", zh = "可升级") List<Update> updates,
        @Means(en = "held", zh = "已锁定") List<HostText> held,
        @Means(en = "kept back", zh = "暂不升级") List<HostText> keptBack,
        @Means(en = "lists of", zh = "列表时间") Optional<Instant> listsAt,
        @Means(en = "asked at", zh = "查询时间") Instant askedAt) {
    /// One upgrade.
    ///
    /// @param from empty for a package that an upgrade would newly install
    /// @param security empty where nothing says whether it mends a security hole
    public record Update(
            @Means(en = "package", zh = "软件包") HostText name,
            @Means(en = "from", zh = "当前版本") Optional<HostText> from,
            @Means(en = "to", zh = "新版本") HostText to,
            @Means(en = "architecture", zh = "架构") HostText architecture,
            @Means(en = "repository", zh = "软件源") HostText repository,
            @Means(en = "security", zh = "安全更新") Optional<Boolean> security,
            @Means(en = "severity", zh = "严重程度") Optional<HostText> severity,
            @Means(en = "advisories", zh = "公告") List<HostText> advisories,
            @Means(en = "CVEs", zh = "CVE") List<HostText> cves) {
        public Update {
            requireNonNull(name, "name is null");
            requireNonNull(from, "from is null");
            requireNonNull(to, "to is null");
            advisories = List.copyOf(advisories);
            cves = List.copyOf(cves);
        }

        boolean isSecurity() {
            return security.orElse(false);
        }
    }

    public PendingUpdates {
        updates = List.copyOf(updates);
        held = List.copyOf(held);
        keptBack = List.copyOf(keptBack);
        requireNonNull(listsAt, "listsAt is null");
        requireNonNull(askedAt, "askedAt is null");
    }

    /// How old the package lists were when the host was asked.
    Optional<Duration> age() {
        return listsAt.map(at -> Duration.between(at, askedAt));
    }
}
