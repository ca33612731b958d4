package parley.tools;

import java.util.Locale;

/// What a host is for. A host that does not say counts as production.
public enum Environment {
    DEV,
    STAGING,
    PROD;

    /// The word of the inventory: `dev`, `staging`, `prod`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
