package parley.stories;

import java.util.Locale;

/// Which package manager a host of the testbed has.
enum Family {
    APT,
    DNF;

    /// As the testbed's command line says it.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
