package parley.tools;

import static java.util.Objects.requireNonNull;

/// What `host.identify` found out about a host, as far as the choice of commands depends on it.
///
/// @param systemdVersion 0 where the host has no systemd
public record Platform(Family family, int systemdVersion, String operatingSystem, String version) {
    /// A host nobody has looked at yet: taken to run systemd, family not known.
    public static final Platform UNSEEN = new Platform(Family.UNKNOWN, 252, "unknown", "");

    public Platform {
        requireNonNull(family, "family is null");
        requireNonNull(operatingSystem, "operatingSystem is null");
        requireNonNull(version, "version is null");
        if (systemdVersion < 0) {
            throw new IllegalArgumentException("systemdVersion is negative: " + systemdVersion);
        }
    }

    public boolean hasSystemd() {
        return systemdVersion > 0;
    }

    /// `debian-12`, `anolis-8.8`: the first half of a recording's name.
    public String label() {
        return version.isEmpty() ? operatingSystem : operatingSystem + "-" + version;
    }
}
