package parley.console.turn;

import parley.tools.Bilingual;
import parley.tools.Platform;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What was found out about hosts since this process started: their platform, and whether sudo
/// refuses us there.
public final class Platforms {
    private final Map<String, Platform> seen = new ConcurrentHashMap<>();
    private final Map<String, Bilingual> sudoRefused = new ConcurrentHashMap<>();

    /// The platform of a host that was identified already.
    public Optional<Platform> of(String host) {
        return Optional.ofNullable(seen.get(host));
    }

    void put(String host, Platform platform) {
        seen.put(host, platform);
    }

    /// Why sudo refused on this host, with the line that would allow it.
    Optional<Bilingual> sudoRefusal(String host) {
        return Optional.ofNullable(sudoRefused.get(host));
    }

    void sudoRefused(String host, Bilingual why) {
        sudoRefused.put(host, why);
    }
}
