package parley.console.turn;

import parley.tools.Environment;
import parley.tools.Host;
import parley.tools.Hosts;

import java.util.Set;
import java.util.TreeSet;

/// How much of a production group a request hits.
///
/// @param size how many hosts the group has; 0 outside production
/// @param hit how many of them the request changes
record Share(int size, int hit) {
    private static final Share NONE = new Share(0, 0);

    /// The group of `host` that is hit furthest beyond a quarter of it; of equals the larger. Not
    /// the largest share: a group of one is always hit whole, and would hide the group beside it.
    static Share of(Hosts hosts, Host host, Set<String> targets) {
        if (host.environment() != Environment.PROD) {
            return NONE;
        }
        Share furthest = NONE;
        for (String group : host.groups()) {
            Set<String> members = new TreeSet<>(hosts.inGroup(group));
            int size = members.size();
            members.retainAll(targets);
            Share share = new Share(size, members.size());
            if (furthest.size == 0 || share.isFurtherThan(furthest)) {
                furthest = share;
            }
        }
        return furthest;
    }

    private boolean isFurtherThan(Share other) {
        return excess() > other.excess() || (excess() == other.excess() && size > other.size);
    }

    /// Four times how many hosts more than max(1, a quarter of the group) are hit.
    private int excess() {
        return 4 * hit - Math.max(4, size);
    }
}
