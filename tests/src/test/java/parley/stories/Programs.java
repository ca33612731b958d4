package parley.stories;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs programs of this machine to their end.
final class Programs {
    private Programs() {}

    /// How a program ended and what it printed.
    record Ended(int exit, String out, String err) {
        /// Asserts that it ended so.
        Ended exits(int expected) {
            assertEquals(expected, exit, () -> out + err);
            return this;
        }

        /// Asserts that these words are printed. Line ends and spaces do not count: windows break
        /// lines.
        Ended says(String words) {
            assertTrue(dense(out).contains(dense(words)), () -> "not said: " + words + "\n" + out);
            return this;
        }

        Ended doesNotSay(String words) {
            assertTrue(!dense(out).contains(dense(words)), () -> "said: " + words + "\n" + out);
            return this;
        }

        /// What it printed, when it succeeded.
        String orFail(String what) {
            if (exit != 0) {
                throw new AssertionError(what + " ended with " + exit + ": " + err + out);
            }
            return out;
        }
    }

    /// `text` without blanks and line ends.
    static String dense(String text) {
        return text.replaceAll("\\s", "");
    }

    /// @throws AssertionError when it does not end within `limit`; it is killed then
    static Ended run(Map<String, String> environment, Duration limit, List<String> words)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("story", ".out");
        Path err = Files.createTempFile("story", ".err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(words)
                            .redirectInput(Path.of("/dev/null").toFile())
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError(
                        "did not end within "
                                + limit
                                + ": "
                                + words
                                + "\n"
                                + text(out)
                                + text(err));
            }
            return new Ended(process.exitValue(), text(out), text(err));
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    /// Bytes that are no UTF-8 are shown as such, never a reason to fail here.
    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
