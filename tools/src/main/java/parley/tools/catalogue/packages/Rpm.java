package parley.tools.catalogue.packages;

import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Support;

import java.util.EnumMap;
import java.util.Map;

/// What every host with an rpm database has in common, whichever program manages it.
final class Rpm {
    private Rpm() {}

    /// Whether hosts of `family` have one.
    static boolean has(Family family) {
        return switch (family) {
            case DNF, DNF5, YUM3, ZYPPER -> true;
            case APT, APK, UNKNOWN -> false;
        };
    }

    /// The table of a tool that asks dpkg or rpm itself: proven with apt and dnf, written for the
    /// other families with rpm, not supported elsewhere.
    static Map<Family, Support> families() {
        Map<Family, Support> table = new EnumMap<>(Card.onlyOn(Family.APT, Family.DNF));
        for (Family family : Family.values()) {
            if (has(family) && family != Family.DNF) {
                table.put(family, Support.UNTESTED);
            }
        }
        return table;
    }
}
