package parley.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.console.Main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Parley as a process of its own, with something missing that it judges or records by: it says
/// what, and runs nothing, not even what only looks.
final class FailClosedTest {
    @TempDir Path home;

    private record Ended(int exit, String said) {}

    private Ended looks(Map<String, String> environment) throws IOException, InterruptedException {
        Path said = home.resolve("said");
        ProcessBuilder builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-Dstdout.encoding=UTF-8",
                                "-Dstderr.encoding=UTF-8",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "run",
                                "mem.usage",
                                "--host",
                                "localhost")
                        .redirectErrorStream(true)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(said.toFile());
        Map<String, String> all = builder.environment();
        all.put("HOME", home.toString());
        all.put("XDG_CONFIG_HOME", home.resolve("config").toString());
        all.put("XDG_STATE_HOME", home.resolve("state").toString());
        all.put("XDG_CACHE_HOME", home.resolve("cache").toString());
        all.put("LANG", "C.UTF-8");
        all.remove("LC_ALL");
        all.putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("did not end: " + Files.readString(said));
        }
        return new Ended(process.exitValue(), Files.readString(said));
    }

    /// How many commands the record says were about to run.
    private long intents() throws IOException {
        Path record = home.resolve("state/parley/record/seg");
        if (!Files.isDirectory(record)) {
            return 0;
        }
        long count = 0;
        try (Stream<Path> files = Files.list(record)) {
            for (Path file : files.toList()) {
                count +=
                        Files.readString(file)
                                .lines()
                                .filter(line -> line.contains("\"exec.intent\""))
                                .count();
            }
        }
        return count;
    }

    private void runsNothing(Map<String, String> environment, int exit, List<String> says)
            throws Exception {
        long before = intents();
        Ended ended = looks(environment);
        assertEquals(exit, ended.exit(), ended.said());
        says.forEach(words -> assertTrue(ended.said().contains(words), ended.said()));
        assertEquals(before, intents(), "something ran");
    }

    @Test
    void withEverythingThereItLooks() throws Exception {
        Ended ended = looks(Map.of());
        assertEquals(0, ended.exit(), ended.said());
        assertTrue(intents() > 0, "the record is where this test looks for it");
    }

    @Test
    void withoutTheNativeLibraryNothingRuns() throws Exception {
        String missing = home.resolve("missing.so").toString();
        runsNothing(
                Map.of("CEDAR_JAVA_FFI_LIB", missing),
                2,
                List.of("native library cannot be loaded", "CEDAR_JAVA_FFI_LIB"));
        runsNothing(
                Map.of("CEDAR_JAVA_FFI_LIB", missing, "LANG", "zh_CN.UTF-8"),
                2,
                List.of("无法加载策略引擎的本地库", "在此之前一切操作都不被允许"));
    }

    @Test
    void withoutARecordNothingRuns() throws Exception {
        Path file = Files.writeString(home.resolve("file"), "not a folder");
        runsNothing(Map.of("XDG_STATE_HOME", file.toString()), 10, List.of("record"));
    }

    @Test
    void withoutAFolderWhereThePoliciesShouldBeNothingRuns() throws Exception {
        Path configuration = Files.createDirectories(home.resolve("config/parley"));
        Path policies = configuration.resolve("policies");
        Files.writeString(policies, "not a folder");
        runsNothing(Map.of(), 2, List.of(policies + " cannot be read"));
        Files.delete(policies);
        Files.createSymbolicLink(policies, home.resolve("gone"));
        runsNothing(Map.of(), 2, List.of(policies + " cannot be read"));
    }
}
