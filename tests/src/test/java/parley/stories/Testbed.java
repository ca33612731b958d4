package parley.stories;

import org.opentest4j.TestAbortedException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The real hosts of this test run: an instance of `tests/testbed` of its own, so that hosts that a
/// person has up are left alone. Hosts are booted when a story first names them, and reused.
final class Testbed implements AutoCloseable {
    /// What `testbed` answers on a machine that cannot have hosts.
    private static final int CANNOT = 77;

    /// Building the two base roots takes a minute or two, once a machine.
    private static final Duration LIMIT = Duration.ofMinutes(8);

    private static final Path PROGRAM = Path.of("testbed", "testbed").toAbsolutePath();

    private final Map<String, TestbedHost> hosts = new TreeMap<>();
    private Optional<String> impossible = Optional.empty();

    /// The instance that `TESTBED_INSTANCE` names, or 2.
    private static String instance() {
        return System.getenv().getOrDefault("TESTBED_INSTANCE", "2");
    }

    static Programs.Ended call(List<String> words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(PROGRAM.toString()));
        all.addAll(words);
        return Programs.run(Map.of("TESTBED_INSTANCE", instance()), LIMIT, all);
    }

    /// The host `name`, up and with nothing wrong.
    ///
    /// @throws TestAbortedException when this machine cannot have hosts
    TestbedHost host(String name, Family family) throws IOException, InterruptedException {
        TestbedHost known = hosts.get(name);
        if (known != null && known.family() != family) {
            throw new IllegalArgumentException(name + " is " + known.family().word() + " already");
        }
        if (known == null) {
            known = boot(name, family);
            hosts.put(name, known);
        }
        return known;
    }

    private TestbedHost boot(String name, Family family) throws IOException, InterruptedException {
        if (impossible.isPresent()) {
            throw new TestAbortedException(impossible.get());
        }
        Programs.Ended up = call(List.of("up", name + ":" + family.word()));
        if (up.exit() == CANNOT) {
            impossible = Optional.of("no real hosts here: " + up.err().strip());
            throw new TestAbortedException(impossible.get());
        }
        Path run = Path.of(up.orFail("testbed up " + name).strip());
        Path facts = run.resolve("hosts").resolve(name);
        TestbedHost host =
                new TestbedHost(
                        name, family, Files.readString(facts.resolve("address")).strip(), run);
        host.writeDownWhatIsAsked();
        return host;
    }

    /// Throws `host` away and boots another in its place: its next story finds a fresh one.
    void replace(TestbedHost host) throws IOException {
        hosts.remove(host.name());
        host.pullThePlug();
    }

    @Override
    public void close() throws IOException {
        if (hosts.isEmpty() || System.getenv().containsKey("PARLEY_STORIES_KEEP")) {
            return;
        }
        try {
            call(List.of("purge")).orFail("testbed purge");
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
            throw new IOException("the hosts of this run are still up", impatient);
        }
    }
}
