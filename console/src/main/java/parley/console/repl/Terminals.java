package parley.console.repl;

import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.impl.completer.NullCompleter;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Opens the terminal, when there is one with a person at it.
public final class Terminals {
    /// Older lines are forgotten beyond this many.
    private static final int MOST_HISTORY = 2_000;

    private Terminals() {}

    /// Whether both input and output are a terminal.
    public static boolean present() {
        // Without a terminal some releases have no console at all, others one that is no terminal.
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /// The terminal without history or completion, for a single question. Only where one is
    /// [#present].
    public static Screen question() throws IOException {
        return screen(NullCompleter.INSTANCE, Optional.empty());
    }

    static Screen screen(Completer completer, Optional<Path> history) throws IOException {
        Terminal terminal =
                TerminalBuilder.builder().name("parley").system(true).dumb(true).build();
        LineReaderBuilder builder =
                LineReaderBuilder.builder()
                        .terminal(terminal)
                        .appName("parley")
                        .completer(completer)
                        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                        .variable(LineReader.HISTORY_SIZE, MOST_HISTORY)
                        .variable(LineReader.HISTORY_FILE_SIZE, MOST_HISTORY);
        history.ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
        return new Screen(terminal, builder.build());
    }
}
