package parley.tools.catalogue.supply;

import parley.tools.Family;
import parley.tools.Support;

import java.util.EnumMap;
import java.util.Map;

/// Support tables of tools whose commands are the same on several families with rpm.
final class RpmFamilies {
    private RpmFamilies() {}

    /// Proven on apt and dnf 4; written, but never run, wherever else there is rpm.
    static Map<Family, Support> table() {
        Map<Family, Support> table = withRepositoryFiles();
        table.put(Family.ZYPPER, Support.UNTESTED);
        return table;
    }

    /// As [#table], but only where repositories are kept in `/etc/yum.repos.d`.
    static Map<Family, Support> withRepositoryFiles() {
        Map<Family, Support> table = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            table.put(
                    family,
                    switch (family) {
                        case APT, DNF -> Support.PROVEN;
                        case DNF5, YUM3 -> Support.UNTESTED;
                        case ZYPPER, APK, UNKNOWN -> Support.NOT_SUPPORTED;
                    });
        }
        return table;
    }
}
