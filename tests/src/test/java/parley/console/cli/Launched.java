package parley.console.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs the real launcher as a person would, with directories of its own and without a terminal.
final class Launched {
    private static final Path LAUNCHER =
            Path.of("..", "console", "bin", "parley").toAbsolutePath().normalize();
    private static final long MOST_SECONDS = 120;

    private final Path home;

    /// @param home an empty directory that stands for the person's home
    Launched(Path home) {
        this.home = home;
        try {
            // The reactor has just built what the launcher starts; it need not be built again.
            Path built = Path.of("..", "console", "target", "built");
            if (!Files.exists(built)) {
                Files.createFile(built);
            }
            Files.setLastModifiedTime(built, FileTime.from(Instant.now()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// How a run ended.
    record Ended(int exit, String out, String err) {}

    Path state() {
        return home.resolve("state/parley");
    }

    Ended run(String... words) throws Exception {
        return run(Map.of(), words);
    }

    Ended run(Map<String, String> environment, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(List.of(words));
        Path out = Files.createTempFile(home, "out", "");
        Path err = Files.createTempFile(home, "err", "");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        Map<String, String> all = builder.environment();
        all.put("HOME", home.toString());
        all.put("XDG_CONFIG_HOME", home.resolve("config").toString());
        all.put("XDG_STATE_HOME", home.resolve("state").toString());
        // The cache holds only what every run unpacks again: it is shared, to keep the tests quick.
        all.put("XDG_CACHE_HOME", Path.of("target", "launcher-cache").toAbsolutePath().toString());
        all.put("LANG", "C.UTF-8");
        all.remove("LC_ALL");
        all.putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("did not end within " + MOST_SECONDS + " s: " + command);
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
