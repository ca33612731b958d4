package parley.console.reach;

import parley.tools.Host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// What `~/.ssh/config` says about a host, by asking `ssh -G`: every reader of that format that is
/// not OpenSSH gets `Match`, `Include` or tokens wrong somewhere.
///
/// The inventory's port and user are given on the command line, where they win, as they do for a
/// person. Without an `ssh` program OpenSSH's own defaults hold.
final class SshConfig {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final List<String> DEFAULT_KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

    private final Optional<Path> file;

    /// @param file another configuration file than `~/.ssh/config`
    SshConfig(Optional<Path> file) {
        this.file = file;
    }

    /// @throws NotRun when `ssh -G` refuses the configuration
    SshTarget resolve(Host host) throws NotRun, InterruptedException {
        String address = host.address().orElseThrow();
        List<String> words = new ArrayList<>(List.of("ssh", "-G"));
        file.ifPresent(path -> words.addAll(List.of("-F", path.toString())));
        host.user().ifPresent(user -> words.addAll(List.of("-l", user)));
        host.port().ifPresent(port -> words.addAll(List.of("-p", Integer.toString(port))));
        words.addAll(List.of("--", address));
        Process process;
        try {
            process =
                    new ProcessBuilder(words)
                            .redirectInput(
                                    ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                            .redirectError(ProcessBuilder.Redirect.PIPE)
                            .start();
        } catch (IOException noSsh) {
            return target(host, Map.of());
        }
        return target(host, answer(host, process));
    }

    private static Map<String, List<String>> answer(Host host, Process process)
            throws NotRun, InterruptedException {
        Drain out = Drain.start("ssh -G", process.getInputStream(), 256 * 1024);
        Drain err = Drain.start("ssh -G errors", process.getErrorStream(), 16 * 1024);
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw Failures.badSshConfig(host, "no answer within " + LIMIT.toSeconds() + " s");
            }
            out.await(LIMIT);
            err.await(LIMIT);
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw Failures.badSshConfig(host, err.text(StandardCharsets.UTF_8).strip());
        }
        Map<String, List<String>> settings = new TreeMap<>();
        for (String line : out.text(StandardCharsets.UTF_8).lines().toList()) {
            int space = line.indexOf(' ');
            if (space > 0) {
                settings.computeIfAbsent(
                                line.substring(0, space).toLowerCase(Locale.ROOT),
                                ignored -> new ArrayList<>())
                        .add(line.substring(space + 1));
            }
        }
        return settings;
    }

    private static SshTarget target(Host host, Map<String, List<String>> settings) {
        String address = host.address().orElseThrow();
        String hostName = one(settings, "hostname").orElse(address);
        int port = host.port().or(() -> one(settings, "port").map(Integer::valueOf)).orElse(22);
        String user =
                host.user().or(() -> one(settings, "user")).orElse(System.getProperty("user.name"));
        Tokens tokens = new Tokens(address, hostName, port, user);
        return new SshTarget(
                hostName,
                port,
                user,
                identities(settings, tokens),
                one(settings, "identitiesonly").filter("yes"::equals).isPresent(),
                agent(settings, tokens),
                files(settings, "userknownhostsfile", "~/.ssh/known_hosts", tokens),
                files(settings, "globalknownhostsfile", "/etc/ssh/ssh_known_hosts", tokens),
                one(settings, "hostkeyalias"),
                one(settings, "hashknownhosts").filter("yes"::equals).isPresent(),
                host.via().isPresent()
                        ? List.of()
                        : one(settings, "proxyjump")
                                .map(jumps -> List.of(jumps.split(",")))
                                .orElse(List.of()),
                host.via().isPresent() ? Optional.empty() : one(settings, "proxycommand"));
    }

    private static Optional<String> one(Map<String, List<String>> settings, String key) {
        return settings.getOrDefault(key, List.of()).stream()
                .filter(value -> !value.isBlank() && !value.equals("none"))
                .findFirst();
    }

    private static List<Path> identities(Map<String, List<String>> settings, Tokens tokens) {
        List<String> files =
                settings.getOrDefault(
                        "identityfile",
                        DEFAULT_KEYS.stream().map(name -> "~/.ssh/" + name).toList());
        return files.stream().filter(name -> !name.equals("none")).map(tokens::path).toList();
    }

    private static List<Path> files(
            Map<String, List<String>> settings, String key, String otherwise, Tokens tokens) {
        return settings.getOrDefault(key, List.of(otherwise)).stream()
                .flatMap(line -> List.of(line.split(" ")).stream())
                .filter(name -> !name.isBlank() && !name.equals("none"))
                .map(tokens::path)
                .toList();
    }

    private static Optional<Path> agent(Map<String, List<String>> settings, Tokens tokens) {
        String named = settings.getOrDefault("identityagent", List.of("SSH_AUTH_SOCK")).getFirst();
        if (named.equals("none")) {
            return Optional.empty();
        }
        String variable = named.startsWith("$") ? named.substring(1) : named;
        if (named.startsWith("$") || named.equals("SSH_AUTH_SOCK")) {
            return Optional.ofNullable(System.getenv(variable))
                    .filter(path -> !path.isBlank())
                    .map(Path::of);
        }
        return Optional.of(tokens.path(named));
    }

    /// `~` and the percent tokens that file names may hold; `ssh -G` leaves them in some.
    private record Tokens(String given, String hostName, int port, String user) {
        Path path(String name) {
            String home = System.getProperty("user.home");
            String bare = name.startsWith("\"") ? name.substring(1, name.length() - 1) : name;
            String full = bare.startsWith("~/") ? home + bare.substring(1) : bare;
            StringBuilder out = new StringBuilder();
            for (int at = 0; at < full.length(); at++) {
                char here = full.charAt(at);
                if (here != '%' || at + 1 == full.length()) {
                    out.append(here);
                    continue;
                }
                char token = full.charAt(++at);
                out.append(
                        switch (token) {
                            case '%' -> "%";
                            case 'd' -> home;
                            case 'h' -> hostName;
                            case 'n' -> given;
                            case 'p' -> Integer.toString(port);
                            case 'r' -> user;
                            case 'u' -> System.getProperty("user.name");
                            default -> "%" + token;
                        });
            }
            return Path.of(out.toString());
        }
    }
}
