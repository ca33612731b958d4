package parley.tools.read;

import parley.tools.Capture;

import java.util.List;

/// The lines of a capture that arrived whole: when the output was cut, the last one may be half.
public final class WholeLines {
    private WholeLines() {}

    public static List<String> of(Capture capture) {
        List<String> lines = capture.lines();
        boolean half = capture.truncated() && !capture.stdout().endsWith("\n");
        return half && !lines.isEmpty() ? lines.subList(0, lines.size() - 1) : lines;
    }
}
