package parley.tools.catalogue.packages;

import java.math.BigInteger;

/// An RPM version as `epoch:version-release`, ordered as `rpm` orders them: numbers as numbers,
/// letters as letters, a number newer than letters, `~` before everything, `^` after it.
public record RpmVersion(long epoch, String version, String release)
        implements Comparable<RpmVersion> {
    /// `1:2.4-3`, or `2.4-3` without an epoch.
    String text() {
        return (epoch == 0 ? "" : epoch + ":") + version + "-" + release;
    }

    @Override
    public int compareTo(RpmVersion other) {
        int byEpoch = Long.compare(epoch, other.epoch);
        if (byEpoch != 0) {
            return byEpoch;
        }
        int byVersion = compare(version, other.version);
        return byVersion != 0 ? byVersion : compare(release, other.release);
    }

    private static int compare(String one, String other) {
        String left = one;
        String right = other;
        while (true) {
            left = left.replaceFirst("^[^A-Za-z0-9~^]+", "");
            right = right.replaceFirst("^[^A-Za-z0-9~^]+", "");
            if (left.startsWith("~") || right.startsWith("~")) {
                if (!left.startsWith("~")) {
                    return 1;
                }
                if (!right.startsWith("~")) {
                    return -1;
                }
            } else if (left.startsWith("^") || right.startsWith("^")) {
                if (!left.startsWith("^")) {
                    return left.isEmpty() ? -1 : 1;
                }
                if (!right.startsWith("^")) {
                    return right.isEmpty() ? 1 : -1;
                }
            } else if (left.isEmpty() || right.isEmpty()) {
                return Integer.compare(left.length(), right.length());
            } else {
                String part = segment(left);
                String against = segment(right);
                int order = comparePart(part, against);
                if (order != 0) {
                    return order;
                }
                left = left.substring(part.length());
                right = right.substring(against.length());
                continue;
            }
            left = left.substring(1);
            right = right.substring(1);
        }
    }

    /// The digits or the letters at the beginning.
    private static String segment(String text) {
        boolean digits = isDigit(text.charAt(0));
        int end = 0;
        while (end < text.length()
                && isDigit(text.charAt(end)) == digits
                && isWord(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end);
    }

    private static int comparePart(String one, String other) {
        boolean number = isDigit(one.charAt(0));
        boolean otherNumber = isDigit(other.charAt(0));
        if (number != otherNumber) {
            return number ? 1 : -1;
        }
        return number ? new BigInteger(one).compareTo(new BigInteger(other)) : one.compareTo(other);
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static boolean isWord(char character) {
        return isDigit(character)
                || (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z');
    }
}
