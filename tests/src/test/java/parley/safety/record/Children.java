package parley.safety.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Starts real processes: this JVM's Java with this class path.
final class Children {
    private Children() {}

    /// The words that run `main` with `arguments` in a JVM of its own.
    static List<String> java(Class<?> main, String... arguments) {
        String home = System.getProperty("java.home");
        List<String> words =
                new ArrayList<>(
                        List.of(
                                home + "/bin/java",
                                "-XX:TieredStopAtLevel=1",
                                "-Xshare:auto",
                                "-Xmx128m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()));
        words.addAll(List.of(arguments));
        return words;
    }

    static Process start(List<String> words, Path output) throws IOException {
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /// Runs to the end, at most a minute, and returns what it printed.
    static List<String> run(List<String> words, Path output) throws Exception {
        Process process = start(words, output);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("did not end: " + Files.readString(output));
        }
        return Files.readAllLines(output);
    }

    /// Waits until `output` holds `count` lines.
    static void awaitLines(Path output, int count) throws Exception {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!Files.exists(output) || Files.readAllLines(output).size() < count) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("too little output: " + Files.readString(output));
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    static boolean available(String... probe) {
        try {
            Process process =
                    new ProcessBuilder(probe)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
