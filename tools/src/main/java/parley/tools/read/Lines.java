package parley.tools.read;

import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Unreadable;

import java.util.ArrayList;
import java.util.List;

/// Captures as numbered lines.
public final class Lines {
    private Lines() {}

    /// Every line of capture number `number`, the first being 1.
    ///
    /// @throws Unreadable when the exit code is not a readable one, or when part was cut off
    public static List<Line> of(int number, List<Capture> captures) throws Unreadable {
        Capture capture = captures.get(number - 1).readable();
        if (capture.truncated()) {
            throw new Unreadable(
                    Bilingual.of(
                            "{0} printed {1} bytes; only the first {2} were kept",
                            "{0} 输出了 {1} 字节，只保留了前 {2} 字节",
                            capture.argv().program(),
                            capture.stdoutBytes(),
                            capture.argv().mostBytes()));
        }
        return lines(number, capture, capture.lines());
    }

    /// The lines that are whole: of a capture that was cut off, all but the last.
    ///
    /// @throws Unreadable when the exit code is not a readable one
    public static List<Line> whole(int number, List<Capture> captures) throws Unreadable {
        Capture capture = captures.get(number - 1).readable();
        List<String> texts = capture.lines();
        boolean cut = capture.truncated() && !texts.isEmpty();
        return lines(number, capture, cut ? texts.subList(0, texts.size() - 1) : texts);
    }

    /// What the program said on standard error, line by line.
    public static List<Line> errors(int number, List<Capture> captures) {
        Capture capture = captures.get(number - 1);
        return lines(number, capture, capture.stderr().lines().toList());
    }

    private static List<Line> lines(int number, Capture capture, List<String> texts) {
        List<Line> lines = new ArrayList<>(texts.size());
        for (String text : texts) {
            lines.add(new Line(capture.argv(), number, lines.size() + 1, text));
        }
        return List.copyOf(lines);
    }

    /// The rows that end with NUL, for programs that print names which may hold line ends. A last
    /// row without NUL was cut off and is left out.
    ///
    /// @throws Unreadable when the exit code is not a readable one
    public static List<Line> rows(int number, List<Capture> captures) throws Unreadable {
        Capture capture = captures.get(number - 1).readable();
        String text = capture.stdout();
        int end = text.lastIndexOf('\0');
        return end < 0
                ? List.of()
                : lines(number, capture, List.of(text.substring(0, end).split("\0", -1)));
    }
}
