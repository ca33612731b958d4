package parley.tools.read;

import static java.util.Objects.requireNonNull;

import parley.tools.Argv;
import parley.tools.Finding;
import parley.tools.Unreadable;
import parley.tools.value.BadValue;
import parley.tools.value.Bytes;
import parley.tools.value.Percent;
import parley.tools.value.Pid;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One line of a capture that knows where it stands, so that a refusal and a finding can name it.
///
/// @param capture which capture of the call, the first being 1
/// @param number its line number, the first being 1
public record Line(Argv argv, int capture, int number, String text) {
    private static final Pattern BLANKS = Pattern.compile("[ \\t]+");

    public Line {
        requireNonNull(argv, "argv is null");
        requireNonNull(text, "text is null");
    }

    /// The match of the whole line.
    ///
    /// @throws Unreadable when the line does not have that form
    public Matcher match(Pattern form, String expected) throws Unreadable {
        Matcher matcher = form.matcher(text);
        if (!matcher.matches()) {
            throw refused(expected);
        }
        return matcher;
    }

    public boolean has(Pattern form) {
        return form.matcher(text).matches();
    }

    /// Its words between blanks; the last of `most` words is the rest of the line as it stands.
    ///
    /// @throws Unreadable when there are fewer than `least`
    public List<String> words(int least, int most, String expected) throws Unreadable {
        List<String> words = List.of(BLANKS.split(text.strip(), most));
        if (words.size() < least || words.getFirst().isEmpty()) {
            throw refused(expected);
        }
        return words;
    }

    /// A whole number that stands in this line.
    ///
    /// @throws Unreadable when `digits` is none or does not fit into 63 bits
    public long whole(String digits) throws Unreadable {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException notWhole) {
            throw refused("a whole number for \"" + digits + "\"");
        }
    }

    /// An amount that stands in this line in units of `unit` bytes.
    ///
    /// @throws Unreadable when `digits` is no amount, or larger than 63 bits can hold
    public Bytes bytes(String digits, long unit) throws Unreadable {
        try {
            return new Bytes(Math.multiplyExact(whole(digits), unit));
        } catch (ArithmeticException | BadValue noAmount) {
            throw refused("an amount for \"" + digits + "\"");
        }
    }

    /// A process id that stands in this line.
    ///
    /// @throws Unreadable when `digits` is none
    public Pid pid(String digits) throws Unreadable {
        try {
            return new Pid(whole(digits));
        } catch (BadValue noProcess) {
            throw refused("a process id for \"" + digits + "\"");
        }
    }

    /// A number with a decimal point that stands in this line.
    ///
    /// @throws Unreadable when `digits` is none
    public double decimal(String digits) throws Unreadable {
        try {
            return Double.parseDouble(digits);
        } catch (NumberFormatException notDecimal) {
            throw refused("a number for \"" + digits + "\"");
        }
    }

    /// A share that stands in this line.
    ///
    /// @throws Unreadable when `digits` is no number
    public Percent percent(String digits) throws Unreadable {
        double share = decimal(digits);
        if (Double.isNaN(share) || Double.isInfinite(share)) {
            throw refused("a share for \"" + digits + "\"");
        }
        return new Percent(share);
    }

    /// The refusal of this line.
    public Unreadable refused(String expected) {
        return Unreadable.line(argv, number, expected, text);
    }

    /// This line as the ground of a finding.
    public Finding.Lines at() {
        return new Finding.Lines(capture, number, number);
    }
}
