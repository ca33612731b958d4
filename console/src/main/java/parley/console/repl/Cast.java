package parley.console.repl;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.tools.schema.Json;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What the screen showed during a request, and what was typed, with the time between: an asciicast
/// (version 3) that `audit replay` and asciinema play. Safe for many threads.
public final class Cast {
    /// More than that nobody watches again; that there was more is said.
    private static final int MOST_CHARACTERS = 512 * 1024;

    private final int columns;
    private final List<Event> events = new ArrayList<>();
    private long before = System.nanoTime();
    private int characters;
    private boolean full;

    /// @param columns the width of the window
    public Cast(int columns) {
        this.columns = columns;
    }

    private record Event(double after, String kind, String text) {}

    /// A line was shown.
    public void line(String line) {
        add("o", line + "\r\n");
    }

    /// Something was shown that is no whole line: a question, words as they come.
    public void shown(String text) {
        add("o", text.replace("\n", "\r\n"));
    }

    /// A line was typed; the terminal showed it, too.
    public void typed(String line) {
        add("i", line + "\r");
        add("o", line + "\r\n");
    }

    private synchronized void add(String kind, String text) {
        if (full) {
            return;
        }
        characters += text.length();
        full = characters > MOST_CHARACTERS;
        long now = System.nanoTime();
        String kept = full ? "[…]\r\n" : text;
        events.add(new Event(Math.round((now - before) / 1e6) / 1e3, full ? "o" : kind, kept));
        before = now;
    }

    /// Everything that is printed to it goes to `stream` and is kept.
    public PrintStream over(PrintStream stream) {
        return new PrintStream(new Kept(stream), true, StandardCharsets.UTF_8);
    }

    private final class Kept extends OutputStream {
        private final PrintStream stream;

        Kept(PrintStream stream) {
            this.stream = stream;
        }

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) {
            stream.write(bytes, from, count);
            stream.flush();
            shown(new String(bytes, from, count, StandardCharsets.UTF_8));
        }
    }

    /// The asciicast: a header and one event a line. Nothing that was not shown is in it.
    public synchronized byte[] bytes() {
        StringBuilder text = new StringBuilder();
        ObjectNode header = Json.mapper().createObjectNode().put("version", 3);
        header.putObject("term").put("cols", columns).put("rows", 24);
        text.append(header).append('\n');
        for (Event event : events) {
            ArrayNode line = Json.mapper().createArrayNode();
            line.add(event.after()).add(event.kind()).add(event.text());
            text.append(line).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
