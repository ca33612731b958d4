package parley.stories;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The person at this machine: an inventory, a key, known hosts, and the real launcher, all below a
/// home of their own.
final class Operator {
    private static final Path LAUNCHER =
            Path.of("..", "console", "bin", "parley").toAbsolutePath().normalize();
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path home;
    private final List<Talk> talks = new ArrayList<>();

    private Operator(Path home) {
        this.home = home;
    }

    /// An operator who knows `hosts`.
    ///
    /// @param login `ops`, who has sudo, or `plain`, who has not
    static Operator at(Path home, Collection<TestbedHost> hosts, String login) throws IOException {
        // `ssh -G` does not quote what it prints, so names with blanks would fall apart.
        Path ssh = Files.createTempDirectory("parley-operator");
        ssh.toFile().deleteOnExit();
        for (String name : List.of("id_ed25519", "known_hosts", "config")) {
            ssh.resolve(name).toFile().deleteOnExit();
        }
        Path bin = Files.createDirectories(home.resolve("bin"));
        Path run = hosts.iterator().next().run();
        Files.copy(run.resolve("id_ed25519"), ssh.resolve("id_ed25519"));
        Files.setPosixFilePermissions(
                ssh.resolve("id_ed25519"), PosixFilePermissions.fromString("rw-------"));
        Files.copy(run.resolve("known_hosts"), ssh.resolve("known_hosts"));
        Files.writeString(
                ssh.resolve("config"),
                "Host *\n  IdentityFile %s\n  UserKnownHostsFile %s\n  IdentityAgent none\n"
                        .formatted(ssh.resolve("id_ed25519"), ssh.resolve("known_hosts")));
        // OpenSSH takes the home of the account, whatever HOME says; this is the person's own file.
        Path program = bin.resolve("ssh");
        Files.writeString(
                program,
                "#!/bin/sh\nexec /usr/bin/ssh -F '" + ssh.resolve("config") + "' \"$@\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        String inventory =
                hosts.stream()
                        .map(host ->
                                "  %s: {address: %s, user: %s, groups: [%s], env: dev, become: %s}%n"
                                        .formatted(
                                                host.name(),
                                                host.address(),
                                                login,
                                                host.name().replaceAll("-.*", ""),
                                                login.equals("plain") ? "none" : "sudo"))
                        .collect(Collectors.joining("", "hosts:\n", ""));
        Files.createDirectories(home.resolve("config/parley"));
        Files.writeString(home.resolve("config/parley/inventory.yaml"), inventory);
        // The build has just made what the launcher starts; it need not be made again.
        Path built = Path.of("..", "console", "target", "built");
        if (!Files.exists(built)) {
            Files.createFile(built);
        }
        Files.setLastModifiedTime(built, FileTime.from(Instant.now()));
        return new Operator(home);
    }

    Path record() {
        return home.resolve("state/parley/record");
    }

    /// Starts Parley without a terminal, and waits for its end.
    Programs.Ended runs(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(LAUNCHER.toString()));
        all.addAll(List.of(words));
        return Programs.run(environment(), LIMIT, all);
    }

    /// Parley without a terminal, not yet started; its words go nowhere.
    ProcessBuilder starts(String... words) {
        List<String> all = new ArrayList<>(List.of(LAUNCHER.toString()));
        all.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(all)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said().toFile());
        builder.environment().putAll(environment());
        return builder;
    }

    /// What the last one that was only started has said so far.
    Path said() {
        return home.resolve("said.txt");
    }

    /// Starts Parley at a terminal of `columns`.
    Talk at(int columns, String... words) throws IOException {
        StringBuilder line =
                new StringBuilder(
                        "stty cols " + columns + " rows 50; exec " + quoted(LAUNCHER.toString()));
        for (String word : words) {
            line.append(' ').append(quoted(word));
        }
        ProcessBuilder builder =
                new ProcessBuilder(
                                "script",
                                "--quiet",
                                "--flush",
                                "--return",
                                "--command",
                                line.toString(),
                                "/dev/null")
                        .redirectErrorStream(true);
        builder.environment().putAll(environment());
        Talk talk = new Talk(builder.start());
        talks.add(talk);
        return talk;
    }

    List<Talk> talks() {
        return talks;
    }

    private Map<String, String> environment() {
        Map<String, String> all = new HashMap<>();
        all.put("HOME", home.toString());
        all.put("XDG_CONFIG_HOME", home.resolve("config").toString());
        all.put("XDG_STATE_HOME", home.resolve("state").toString());
        // The cache holds only what every run unpacks again: it is shared, to keep the tests quick.
        all.put("XDG_CACHE_HOME", Path.of("target", "launcher-cache").toAbsolutePath().toString());
        all.put("PATH", home.resolve("bin") + ":" + System.getenv("PATH"));
        all.put("SHELL", "/bin/sh");
        all.put("TERM", "xterm-256color");
        all.put("LANG", "C.UTF-8");
        all.put("LC_ALL", "C.UTF-8");
        all.put("SSH_AUTH_SOCK", "");
        return all;
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
