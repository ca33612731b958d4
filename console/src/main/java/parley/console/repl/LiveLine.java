package parley.console.repl;

import parley.console.show.Width;
import parley.safety.gate.Sanitiser;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/// The last line of a terminal, rewritten in place: how far the work on each host is. Other lines
/// go above it.
final class LiveLine {
    private static final String CLEAR = "\r\u001b[K";

    private final Map<String, String> hosts = new LinkedHashMap<>();
    private boolean shown;

    /// Says how far `host` is and shows the line, cut to `columns`.
    synchronized void put(PrintWriter writer, String host, String what, int columns) {
        hosts.put(host, Sanitiser.line(what));
        draw(writer, columns);
    }

    /// The work on `host` is no longer watched.
    synchronized void remove(PrintWriter writer, String host, int columns) {
        if (hosts.remove(host) != null) {
            hide(writer);
            if (!hosts.isEmpty()) {
                draw(writer, columns);
            }
            writer.flush();
        }
    }

    /// Prints what belongs above the line, then the line again.
    synchronized void above(PrintWriter writer, Runnable printing, int columns) {
        hide(writer);
        printing.run();
        if (!hosts.isEmpty()) {
            draw(writer, columns);
        }
        writer.flush();
    }

    private void draw(PrintWriter writer, int columns) {
        StringJoiner line = new StringJoiner("  ");
        hosts.forEach((host, what) -> line.add(host + ": " + what));
        // A line as wide as the window would begin a new one.
        writer.print(CLEAR + "\u001b[2m" + Width.cut(line.toString(), columns - 1) + "\u001b[0m");
        writer.flush();
        shown = true;
    }

    private void hide(PrintWriter writer) {
        if (shown) {
            writer.print(CLEAR);
            shown = false;
        }
    }
}
