package parley.tools.catalogue.services;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Names that somebody may have meant who typed another one.
public final class NearestNames {
    private static final int MOST = 3;

    private record Near(String name, int distance) {}

    private NearestNames() {}

    /// At most three of `known`, the nearest first; none when nothing is near.
    public static List<String> of(String typed, Collection<String> known) {
        String stem = stem(typed);
        int reach = stem.length() <= 4 ? 1 : 2;
        return known.stream()
                .distinct()
                .map(name -> new Near(name, distance(stem, stem(name))))
                .filter(near -> near.distance() <= reach)
                .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
                .limit(MOST)
                .map(Near::name)
                .toList();
    }

    /// A name that goes on where the other ends, as `postgresql` does after `postgres`, is near.
    private static int distance(String typed, String known) {
        boolean goesOn =
                (typed.length() >= 3 && known.startsWith(typed))
                        || (known.length() >= 3 && typed.startsWith(known));
        return goesOn ? 1 : edits(typed, known);
    }

    private static String stem(String unit) {
        int dot = unit.lastIndexOf('.');
        return dot < 0 ? unit : unit.substring(0, dot);
    }

    /// Insertions, deletions, changes, and swaps of neighbours that turn one into the other.
    private static int edits(String one, String other) {
        int[][] cost = new int[one.length() + 1][other.length() + 1];
        for (int row = 0; row <= one.length(); row++) {
            for (int column = 0; column <= other.length(); column++) {
                if (row == 0 || column == 0) {
                    cost[row][column] = row + column;
                    continue;
                }
                boolean same = one.charAt(row - 1) == other.charAt(column - 1);
                int best =
                        Math.min(
                                cost[row - 1][column - 1] + (same ? 0 : 1),
                                1 + Math.min(cost[row - 1][column], cost[row][column - 1]));
                boolean swapped =
                        row > 1
                                && column > 1
                                && one.charAt(row - 1) == other.charAt(column - 2)
                                && one.charAt(row - 2) == other.charAt(column - 1);
                cost[row][column] = swapped ? Math.min(best, cost[row - 2][column - 2] + 1) : best;
            }
        }
        return cost[one.length()][other.length()];
    }
}
