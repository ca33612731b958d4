package parley.tools.catalogue.packages;

import java.math.BigInteger;

/// A Debian version, ordered as dpkg orders them: the epoch first, then upstream and revision, in
/// each letters before other signs, `~` before everything, even the end, and numbers as numbers.
public record AptVersion(String text) implements Comparable<AptVersion> {
    @Override
    public int compareTo(AptVersion other) {
        int byEpoch = new BigInteger(epoch()).compareTo(new BigInteger(other.epoch()));
        if (byEpoch != 0) {
            return byEpoch;
        }
        int byUpstream = compare(upstream(), other.upstream());
        return byUpstream != 0 ? byUpstream : compare(revision(), other.revision());
    }

    private String epoch() {
        return text.matches("\\d+:.*") ? text.substring(0, text.indexOf(':')) : "0";
    }

    private String upstream() {
        String rest = text.replaceFirst("^\\d+:", "");
        int dash = rest.lastIndexOf('-');
        return dash < 0 ? rest : rest.substring(0, dash);
    }

    private String revision() {
        int dash = text.lastIndexOf('-');
        return dash < 0 ? "" : text.substring(dash + 1);
    }

    private static int compare(String one, String other) {
        String left = one;
        String right = other;
        while (!left.isEmpty() || !right.isEmpty()) {
            String signs = start(left, false);
            String against = start(right, false);
            for (int index = 0; index < Math.max(signs.length(), against.length()); index++) {
                int order = Integer.compare(weight(signs, index), weight(against, index));
                if (order != 0) {
                    return order;
                }
            }
            left = left.substring(signs.length());
            right = right.substring(against.length());
            String number = start(left, true);
            String than = start(right, true);
            int order = new BigInteger("0" + number).compareTo(new BigInteger("0" + than));
            if (order != 0) {
                return order;
            }
            left = left.substring(number.length());
            right = right.substring(than.length());
        }
        return 0;
    }

    /// The digits, or what is none, at the beginning.
    private static String start(String text, boolean digits) {
        int end = 0;
        while (end < text.length() && isDigit(text.charAt(end)) == digits) {
            end++;
        }
        return text.substring(0, end);
    }

    /// `~` before the end, the end before letters, letters before the rest.
    private static int weight(String signs, int index) {
        if (index >= signs.length()) {
            return 0;
        }
        char sign = signs.charAt(index);
        boolean letter = (sign >= 'A' && sign <= 'Z') || (sign >= 'a' && sign <= 'z');
        return sign == '~' ? -1 : letter ? sign : sign + Character.MAX_VALUE;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
