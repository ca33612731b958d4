package parley.console.reach;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Assumptions;

import parley.tools.Environment;
import parley.tools.Host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A real OpenSSH server on a free loopback port, with its own keys and files in a folder that is
/// deleted afterwards.
final class Sshd implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/sshd");

    private final Path folder;
    private final int port;
    private final List<String> before;
    private final List<String> settings;
    private Process server;

    private Sshd(Path folder, int port, List<String> before, List<String> settings)
            throws Exception {
        this.folder = folder;
        this.port = port;
        this.settings = settings;
        this.before = before;
        this.server = launch();
    }

    /// @param settings further lines for its configuration, with `%d` for its folder
    static Sshd start(String... settings) throws Exception {
        return start(List.of(), settings);
    }

    /// @param before words that start the server in surroundings of its own
    static Sshd start(List<String> before, String... settings) throws Exception {
        Assumptions.assumeTrue(
                Files.isExecutable(PROGRAM), "SKIPPED: no sshd here; install openssh-server");
        Path folder = Files.createTempDirectory("parley-sshd");
        // The users of other tests pass through it.
        run("chmod", "0755", folder.toString());
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder + "/host_ed25519");
        run("ssh-keygen", "-q", "-t", "rsa", "-N", "", "-f", folder + "/host_rsa");
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder + "/client");
        Files.copy(folder.resolve("client.pub"), folder.resolve("authorized_keys"));
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Sshd sshd = new Sshd(folder, port, before, List.of(settings));
        sshd.awaitPort();
        sshd.trustIt();
        sshd.writeClientConfig("IdentityFile " + folder + "/client");
        return sshd;
    }

    private Process launch() throws Exception {
        if (isRoot()) {
            // Where the server gives up its rights; systemd makes it where the package is in use.
            Files.createDirectories(Path.of("/run/sshd"));
        }
        List<String> lines = new ArrayList<>();
        settings.forEach(line -> lines.add(line.replace("%d", folder.toString())));
        lines.addAll(
                List.of(
                        "Port " + port,
                        "ListenAddress 127.0.0.1",
                        "HostKey " + folder + "/host_ed25519",
                        "AuthorizedKeysFile " + folder + "/authorized_keys",
                        "PidFile none",
                        "UsePAM no",
                        "StrictModes no",
                        "PasswordAuthentication no",
                        "KbdInteractiveAuthentication no",
                        "PermitRootLogin yes",
                        "LogLevel INFO"));
        Files.write(folder.resolve("sshd_config"), lines);
        List<String> words = new ArrayList<>(before);
        words.addAll(List.of(PROGRAM.toString(), "-D", "-e", "-f", folder + "/sshd_config"));
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    /// Ends the server with every session, and starts it again on the same port.
    void restart() throws Exception {
        stop();
        server = launch();
        awaitPort();
    }

    private void awaitPort() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() > end || !server.isAlive()) {
                    throw new IOException("sshd did not start:\n" + log(), notYet);
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    /// Ends the server with every session.
    void stop() {
        List<ProcessHandle> all = new ArrayList<>(server.descendants().toList());
        server.destroyForcibly().onExit().join();
        all.forEach(ProcessHandle::destroyForcibly);
    }

    /// Ends the server processes of all sessions, as a crash would; what they started lives on.
    long breakSessions() {
        List<ProcessHandle> sessions =
                server.descendants()
                        .filter(one -> one.info().command().orElse("").endsWith("/sshd"))
                        .toList();
        sessions.forEach(ProcessHandle::destroyForcibly);
        return sessions.size();
    }

    /// Stops the server processes of all sessions where they are, as a dead network would, or lets
    /// them go on.
    void freezeSessions(boolean frozen) throws IOException, InterruptedException {
        for (ProcessHandle one : server.descendants().toList()) {
            if (one.info().command().orElse("").endsWith("/sshd")) {
                run("kill", frozen ? "-STOP" : "-CONT", Long.toString(one.pid()));
            }
        }
    }

    Path folder() {
        return folder;
    }

    int port() {
        return port;
    }

    String knownAs() {
        return "[127.0.0.1]:" + port;
    }

    Path knownHosts() {
        return folder.resolve("known_hosts");
    }

    Path clientConfig() {
        return folder.resolve("client_config");
    }

    /// `ssh-ed25519 AAAA…`
    String hostKey() throws IOException {
        String[] fields = Files.readString(folder.resolve("host_ed25519.pub")).split(" ");
        return fields[0] + " " + fields[1].strip();
    }

    void trustIt() throws IOException {
        Files.writeString(knownHosts(), knownAs() + " " + hostKey() + "\n");
    }

    /// Gives the server another key.
    void changeHostKey() throws Exception {
        Files.delete(folder.resolve("host_ed25519"));
        Files.delete(folder.resolve("host_ed25519.pub"));
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder + "/host_ed25519");
        restart();
    }

    /// A client configuration that knows nothing but this folder.
    void writeClientConfig(String... more) throws IOException {
        List<String> lines = new ArrayList<>(List.of(more));
        lines.addAll(
                List.of(
                        "Host *",
                        "  UserKnownHostsFile " + knownHosts(),
                        "  GlobalKnownHostsFile none",
                        "  IdentitiesOnly yes",
                        "  IdentityAgent none"));
        Files.write(clientConfig(), lines);
    }

    String log() throws IOException {
        return Files.readString(folder.resolve("log"), UTF_8);
    }

    long logins() throws IOException {
        return log().lines().filter(line -> line.startsWith("Accepted publickey")).count();
    }

    Host host(String name) {
        return host(name, Optional.empty());
    }

    Host host(String name, Optional<String> via) {
        return host(name, System.getProperty("user.name"), via);
    }

    Host host(String name, String user, Optional<String> via) {
        return new Host(
                name,
                Optional.of("127.0.0.1"),
                Optional.of(port),
                Optional.of(user),
                via,
                Host.Become.SUDO,
                Environment.DEV,
                Set.of(),
                Set.of(),
                true,
                Map.of());
    }

    static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    static String run(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", words) + ": " + said);
        }
        return said;
    }

    @Override
    public void close() throws IOException {
        stop();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
