package parley.console.reach;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Hands a line to a program that this user named in a command or a file of their own.
public final class Handing {
    private static final int MOST_SECONDS = 60;

    private Handing() {}

    /// Runs `words`, without a shell, with `line` on its standard input.
    ///
    /// @throws IOException when it cannot be started, does not end with 0, or not in a minute
    public static void to(List<String> words, String line)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(words)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(line.getBytes(UTF_8));
        } catch (IOException endedEarly) {
            // Its exit code says what is to be known.
            process.destroy();
        }
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(words.getFirst() + " took more than " + MOST_SECONDS + " s");
        }
        if (process.exitValue() != 0) {
            throw new IOException(words.getFirst() + " ended with " + process.exitValue());
        }
    }
}
