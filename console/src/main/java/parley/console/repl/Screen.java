package parley.console.repl;

import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.utils.NonBlockingReader;
import org.jspecify.annotations.Nullable;

import parley.safety.gate.Sanitiser;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/// A terminal with a person in front of it.
public final class Screen implements AutoCloseable {
    private static final int NARROWEST = 20;

    private final Terminal terminal;
    private final LineReader reader;
    private final LiveLine live = new LiveLine();
    private volatile @Nullable Cast cast;

    public Screen(Terminal terminal, LineReader reader) {
        this.terminal = terminal;
        this.reader = reader;
    }

    public Terminal terminal() {
        return terminal;
    }

    public LineReader reader() {
        return reader;
    }

    public int columns() {
        int width = terminal.getColumns();
        return width > 0 ? Math.max(width, NARROWEST) : 80;
    }

    /// Keeps everything that is shown and typed from now on in `kept`.
    public void keep(Cast kept) {
        cast = kept;
    }

    public void print(List<String> lines) {
        Cast kept = cast;
        if (kept != null) {
            lines.forEach(kept::line);
        }
        PrintWriter writer = terminal.writer();
        live.above(writer, () -> lines.forEach(writer::println), columns());
    }

    /// Says how far the work on `host` is, in place; empty when it is no longer watched.
    void live(String host, Optional<String> what) {
        Cast kept = cast;
        if (kept != null) {
            what.ifPresent(words -> kept.line("\u001b[2m" + host + ": " + words + "\u001b[0m"));
        }
        what.ifPresentOrElse(
                words -> live.put(terminal.writer(), host, words, columns()),
                () -> live.remove(terminal.writer(), host, columns()));
    }

    public void print(String line) {
        print(List.of(line));
    }

    /// Words as they arrive, made harmless; no line end.
    public void stream(String words) {
        // Line ends are the only control characters that a stream may carry.
        String[] lines = words.split("\n", -1);
        for (int index = 0; index < lines.length; index++) {
            terminal.writer().print((index == 0 ? "" : "\n") + Sanitiser.line(lines[index]));
        }
        terminal.writer().flush();
        Cast kept = cast;
        if (kept != null) {
            kept.shown(String.join("\n", Stream.of(lines).map(Sanitiser::line).toList()));
        }
    }

    /// Asks and returns what was typed after the question. What was typed before it is thrown away:
    /// nobody agrees to what they have not seen.
    ///
    /// @throws InterruptedException on Ctrl-C or Ctrl-D
    public String ask(String question) throws InterruptedException {
        flushTypedAhead();
        try {
            // The answer to a question is not a request: it does not belong in the history.
            reader.setVariable(LineReader.DISABLE_HISTORY, true);
            Cast kept = cast;
            if (kept != null) {
                kept.shown(question);
            }
            String typed = reader.readLine(question).strip();
            if (kept != null) {
                kept.typed(typed);
            }
            return typed;
        } catch (UserInterruptException | EndOfFileException cancelled) {
            throw new InterruptedException("cancelled at a question");
        } finally {
            reader.setVariable(LineReader.DISABLE_HISTORY, false);
        }
    }

    /// Asks like [#ask(String)], but not for longer than `limit`.
    ///
    /// @return what was typed; empty when nobody answered in time
    public Optional<String> ask(String question, Duration limit) throws InterruptedException {
        AtomicBoolean late = new AtomicBoolean();
        Thread asking = Thread.currentThread();
        Thread watch =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                TimeUnit.MILLISECONDS.sleep(limit.toMillis());
                                late.set(true);
                                asking.interrupt();
                            } catch (InterruptedException answered) {
                                // In time: nothing is to be done.
                                return;
                            }
                        });
        try {
            return Optional.of(ask(question));
        } catch (InterruptedException cancelled) {
            if (late.get()) {
                return Optional.empty();
            }
            throw cancelled;
        } finally {
            watch.interrupt();
            watch.join();
            if (late.get()) {
                // The watch's own interrupt, should it have come too late to be used up.
                Thread.interrupted();
            }
        }
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }

    private void flushTypedAhead() {
        NonBlockingReader typed = terminal.reader();
        // Half a line that was typed ahead can be read, and thrown away, in raw mode only.
        Attributes before = terminal.enterRawMode();
        try {
            while (typed.peek(20) >= 0) {
                typed.read();
            }
        } catch (IOException closed) {
            throw new IllegalStateException("the terminal cannot be read", closed);
        } finally {
            terminal.setAttributes(before);
        }
    }
}
