package parley.safety.policy;

import java.util.Set;

/// What the preview of a change says will happen.
///
/// @param removes names of packages that the solved plan takes away
/// @param restarts how many units are interrupted with it
/// @param reboots whether the host goes down with it
/// @param untouched how many hosts of the production group that is hit furthest stay untouched; -1
///   where no production group is hit
public record Foreseen(Set<String> removes, long restarts, boolean reboots, long untouched) {
    public static final Foreseen NOTHING = new Foreseen(Set.of(), 0, false, -1);

    public Foreseen {
        removes = Set.copyOf(removes);
    }
}
