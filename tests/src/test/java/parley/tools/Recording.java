package parley.tools;

import com.fasterxml.jackson.databind.JsonNode;

import parley.tools.catalogue.Catalogue;
import parley.tools.schema.BadArguments;
import parley.tools.schema.Json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// What a real host printed for one call of one tool, as it lies in `tests/recordings`.
///
/// @param folder `recordings/<tool>/<platform>--<case>`
public record Recording(String tool, Path folder, JsonNode description) {
    static final Path ROOT = Path.of(System.getProperty("basedir", "."), "recordings");

    /// One recorded command and what it gave.
    record Command(
            List<String> words,
            int exit,
            String stdout,
            String stderr,
            long stdoutBytes,
            boolean truncated,
            boolean asRoot,
            Instant midpoint,
            Duration took) {
        /// The capture of `argv`, had it run instead.
        Capture of(Argv argv) {
            return new Capture(
                    argv, exit, stdout, stderr, stdoutBytes, truncated, asRoot, midpoint, took);
        }
    }

    /// Every recording there is, by tool and name.
    public static List<Recording> all() {
        List<Recording> all = new ArrayList<>();
        for (Path tool : folders(ROOT)) {
            for (Path folder : folders(tool)) {
                all.add(new Recording(name(tool), folder, json(folder.resolve("case.json"))));
            }
        }
        return List.copyOf(all);
    }

    private static List<Path> folders(Path parent) {
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(Files::isDirectory).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static JsonNode json(Path file) {
        try {
            return Json.mapper().readTree(file.toFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public String name() {
        return name(folder);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    @Override
    public String toString() {
        return tool() + " " + name();
    }

    public boolean isFailure() {
        return Files.exists(folder.resolve("expected.error"));
    }

    public Platform platform() {
        JsonNode platform = description.required("platform");
        return new Platform(
                Family.valueOf(platform.required("family").asText().toUpperCase(Locale.ROOT)),
                platform.required("systemdVersion").asInt(),
                platform.required("operatingSystem").asText(),
                platform.required("version").asText());
    }

    /// The family of the host it was made on. `host.identify` runs before that is known: it finds
    /// it out.
    public Family family() {
        if (platform().equals(Platform.UNSEEN) && !isFailure()) {
            JsonNode found = json(folder.resolve("expected.json")).at("/reading/family");
            if (found.isTextual()) {
                return Family.valueOf(found.asText().toUpperCase(Locale.ROOT));
            }
        }
        return platform().family();
    }

    List<Command> commands() {
        List<Command> commands = new ArrayList<>();
        for (JsonNode command : description.required("commands")) {
            int number = commands.size() + 1;
            String stdout = text(folder.resolve(number + ".stdout"));
            commands.add(
                    new Command(
                            StreamSupport.stream(command.required("argv").spliterator(), false)
                                    .map(JsonNode::asText)
                                    .toList(),
                            command.required("exit").asInt(),
                            stdout,
                            text(folder.resolve(number + ".stderr")),
                            command.path("stdoutBytes").asLong(stdout.length()),
                            command.required("truncated").asBoolean(),
                            command.required("asRoot").asBoolean(),
                            Instant.parse(command.required("midpoint").asText()),
                            Duration.ofMillis(command.required("tookMillis").asLong())));
        }
        return List.copyOf(commands);
    }

    /// Files that the description says nothing about, and those it needs but that are not there.
    Set<String> strayOrMissing() {
        Set<String> needed = new TreeSet<>(Set.of("case.json"));
        for (int number = 1; number <= description.required("commands").size(); number++) {
            needed.add(number + ".stdout");
            needed.add(number + ".stderr");
        }
        needed.add(isFailure() ? "expected.error" : "expected.json");
        Set<String> different = new TreeSet<>(needed);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = name(file);
                if (!different.remove(name)) {
                    different.add(name);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return different;
    }

    /// The call it is of.
    ///
    /// @throws IllegalStateException when there is no such tool, or it refuses the arguments
    public Call<?> call() {
        Tool<?, ?> tool =
                Catalogue.standard()
                        .find(tool())
                        .orElseThrow(() -> new IllegalStateException("no tool " + tool()));
        try {
            return Catalogue.bind(tool, description.required("arguments"));
        } catch (BadArguments refused) {
            throw new IllegalStateException(this + ": " + refused.why().en(), refused);
        }
    }
}
