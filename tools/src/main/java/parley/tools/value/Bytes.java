package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Bilingual;
import parley.tools.Means;

import java.util.Locale;

/// An amount of storage. As an argument it is text such as `500M` or `2G`, with units of 1024.
@Text(pattern = "[0-9]{1,15}[KMGTkmgt]?(i?[Bb])?", most = 20, example = "500M")
@Means(en = "an amount such as 500M or 2G", zh = "容量，如 500M 或 2G")
public record Bytes(@JsonValue long value) implements Comparable<Bytes> {
    private static final String UNITS = "KMGT";

    public Bytes {
        if (value < 0) {
            throw new BadValue(
                    Bilingual.of("an amount is never negative: " + value, "容量不能为负：" + value));
        }
    }

    /// Reads `500M`, `2G`, `1GiB`, `4096`.
    ///
    /// @throws BadValue when it is not such a text or does not fit into 63 bits
    public static Bytes of(String text) {
        Checks.text(Bytes.class, text);
        String digits = text.replaceAll("[^0-9]", "");
        String rest = text.substring(digits.length()).toUpperCase(Locale.ROOT);
        int unit = rest.isEmpty() ? -1 : UNITS.indexOf(rest.charAt(0));
        try {
            return new Bytes(Math.multiplyExact(Long.parseLong(digits), 1L << (10 * (unit + 1))));
        } catch (ArithmeticException tooLarge) {
            throw new BadValue(Bilingual.of(text + " is larger than any disk", text + " 超出可表示的范围"));
        }
    }

    /// The text that [#of] reads back to the same amount, in the largest unit that divides it:
    /// `2G`, `4096`→`4K`.
    public String exact() {
        int unit = 0;
        long rest = value;
        while (unit < UNITS.length() && rest > 0 && rest % 1024 == 0) {
            rest /= 1024;
            unit++;
        }
        return unit == 0 ? Long.toString(rest) : rest + UNITS.substring(unit - 1, unit);
    }

    /// For people, two or three digits: `1.4 GiB`, `312 MiB`.
    @Override
    public String toString() {
        if (value < 1024) {
            return value + " B";
        }
        double amount = value;
        int unit = -1;
        while (amount >= 1024 && unit < UNITS.length() - 1) {
            amount /= 1024;
            unit++;
        }
        String form = amount < 10 ? "%.1f %siB" : "%.0f %siB";
        return String.format(Locale.ROOT, form, amount, UNITS.charAt(unit));
    }

    @Override
    public int compareTo(Bytes other) {
        return Long.compare(value, other.value);
    }
}
