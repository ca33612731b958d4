package parley.prompts.plan.embedded;

/// How many typing errors two words are apart: letters left out, added, changed or swapped.
final class Edits {
    private Edits() {}

    static boolean isOneApart(String one, String other) {
        return distance(one, other) == 1;
    }

    /// The optimal string alignment distance.
    static int distance(String one, String other) {
        int[][] cost = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                cost[i][j] = Math.min(i, j) == 0 ? Math.max(i, j) : step(one, other, cost, i, j);
            }
        }
        return cost[one.length()][other.length()];
    }

    private static int step(String one, String other, int[][] cost, int i, int j) {
        char a = one.charAt(i - 1);
        char b = other.charAt(j - 1);
        int least = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
        least = Math.min(least, cost[i - 1][j - 1] + (a == b ? 0 : 1));
        if (i > 1 && j > 1 && a == other.charAt(j - 2) && b == one.charAt(i - 2)) {
            least = Math.min(least, cost[i - 2][j - 2] + 1);
        }
        return least;
    }

    /// Whether `word` could be meant as `known`: close to it, and not only by its numbers.
    static boolean couldBe(String word, String known) {
        int allowed = known.length() <= 4 ? 1 : 2;
        if (word.equals(known)
                || known.length() < 3
                || Math.abs(word.length() - known.length()) > allowed) {
            return false;
        }
        return distance(word, known) <= allowed
                && !word.replaceAll("[0-9.]", "").equals(known.replaceAll("[0-9.]", ""));
    }
}
