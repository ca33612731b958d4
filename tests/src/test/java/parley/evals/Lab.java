package parley.evals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/// The real hosts: an instance of the testbed, reached through its own program.
///
/// Hosts are booted when a scenario first names them, and stay for the next. One that does not come
/// back to what it was is thrown away. What was up before stays up afterwards.
final class Lab implements AutoCloseable {
    /// What `testbed` answers on a machine that cannot have hosts.
    static final int CANNOT = 77;

    private static final Duration LIMIT = Duration.ofMinutes(8);

    private final Path program;
    private final Map<String, String> flavours = new TreeMap<>();
    private final Map<String, SortedSet<String>> pristine = new TreeMap<>();
    private final boolean empty;
    private Path run = Path.of("/run/parley-testbed");

    /// The testbed did not do what it was told.
    static final class Trouble extends Exception {
        private final int exit;

        Trouble(int exit, String what) {
            super(what);
            this.exit = exit;
        }

        int exit() {
            return exit;
        }
    }

    Lab(Path program) throws Trouble, InterruptedException {
        this.program = program;
        this.empty = call("list").isBlank();
    }

    Path run() {
        return run;
    }

    /// The names of the faults there are.
    static List<String> faults(Path program) throws Trouble, InterruptedException {
        return ended(program, List.of("faults"))
                .lines()
                .map(line -> line.split(" ")[0])
                .filter(name -> !name.isBlank())
                .toList();
    }

    /// Boots those of `hosts` that are not up.
    void up(Map<String, String> hosts) throws Trouble, InterruptedException {
        for (Map.Entry<String, String> host : hosts.entrySet()) {
            String before = flavours.getOrDefault(host.getKey(), host.getValue());
            if (!before.equals(host.getValue())) {
                throwAway(host.getKey());
            }
            if (!flavours.containsKey(host.getKey())) {
                run = Path.of(call("up", host.getKey() + ":" + host.getValue()).strip());
                flavours.put(host.getKey(), host.getValue());
                pristine.put(host.getKey(), snapshot(host.getKey()));
            }
        }
    }

    void inject(Fault fault) throws Trouble, InterruptedException {
        switch (fault) {
            case Fault.Named named -> fault(named, "inject");
            case Fault.Scripted scripted -> root(scripted.host(), scripted.inject());
        }
    }

    /// Takes the fault away, and throws the host away where that does not work.
    void heal(Fault fault) throws Trouble, InterruptedException {
        if (!flavours.containsKey(fault.host())) {
            return;
        }
        try {
            switch (fault) {
                case Fault.Named named -> fault(named, "heal");
                case Fault.Scripted scripted -> {
                    if (!scripted.heal().isEmpty()) {
                        root(scripted.host(), scripted.heal());
                    }
                }
            }
        } catch (Trouble notHealed) {
            throwAway(fault.host());
        }
    }

    private void fault(Fault.Named fault, String verb) throws Trouble, InterruptedException {
        List<String> words = new ArrayList<>(List.of("fault", fault.host(), verb));
        String[] named = fault.name().split(" ");
        words.addAll(verb.equals("inject") ? List.of(named) : List.of(named[0]));
        ended(program, words);
    }

    /// Throws away each of `hosts` that is not what it was when it was booted.
    void mend(Iterable<String> hosts) throws Trouble, InterruptedException {
        for (String host : hosts) {
            if (flavours.containsKey(host) && !snapshot(host).equals(pristine.get(host))) {
                throwAway(host);
            }
        }
    }

    private void throwAway(String host) throws Trouble {
        flavours.remove(host);
        try {
            String pid = Files.readString(run.resolve("hosts").resolve(host).resolve("pid"));
            ProcessHandle.of(Long.parseLong(pid.strip())).ifPresent(ProcessHandle::destroyForcibly);
        } catch (IOException gone) {
            throw new Trouble(1, host + " cannot be thrown away: " + gone);
        }
    }

    /// What a host is at a moment, as lines that each say one thing.
    SortedSet<String> snapshot(String host) throws Trouble, InterruptedException {
        return new TreeSet<>(call("snapshot", host).lines().toList());
    }

    /// Runs `script` there as root, from outside, and returns what it printed.
    String root(String host, String script) throws Trouble, InterruptedException {
        return call("root", host, "sh", "-c", script);
    }

    private String call(String... words) throws Trouble, InterruptedException {
        return ended(program, List.of(words));
    }

    private static String ended(Path program, List<String> words)
            throws Trouble, InterruptedException {
        List<String> all = new ArrayList<>(List.of(program.toString()));
        all.addAll(words);
        try {
            Path out = Files.createTempFile("parley-eval", ".out");
            Path err = Files.createTempFile("parley-eval", ".err");
            try {
                Process process =
                        new ProcessBuilder(all)
                                .redirectInput(Path.of("/dev/null").toFile())
                                .redirectOutput(out.toFile())
                                .redirectError(err.toFile())
                                .start();
                if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new Trouble(
                            1, words + " did not end within " + LIMIT.toMinutes() + " minutes");
                }
                if (process.exitValue() != 0) {
                    throw new Trouble(
                            process.exitValue(),
                            String.join(" ", words) + ": " + text(err).strip());
                }
                return text(out);
            } finally {
                Files.deleteIfExists(out);
                Files.deleteIfExists(err);
            }
        } catch (IOException broken) {
            throw new Trouble(1, "the testbed cannot be started: " + broken);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws Trouble {
        try {
            if (empty) {
                call("purge");
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
            throw new Trouble(1, "the hosts of this evaluation are still up");
        }
    }
}
