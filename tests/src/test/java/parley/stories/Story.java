package parley.stories;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import parley.safety.record.AuditReader;
import parley.safety.record.Recorded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A story about an operator and real hosts: given these hosts with these faults, when the operator
/// asks for something, then this is answered, this changed on the hosts, and nothing else.
///
/// The last part is asserted for every story when it ends, and with it that the record is sound and
/// holds exactly what the hosts were asked.
final class Story {
    /// A service that was healed by a restart has another process, and a host that was started anew
    /// has all of them, and other mounts of its own.
    private static final Pattern MAY_STAY =
            Pattern.compile("^[-+] (unit .* process [0-9]+ restarts|mount .*boot_id|mount .*kmsg)");

    private final Testbed testbed;
    private final Path folder;
    private final Map<String, TestbedHost> hosts = new LinkedHashMap<>();
    private final List<Runnable> healing = new ArrayList<>();
    private final Map<String, Snapshot> pristine = new TreeMap<>();
    private final Map<String, Snapshot> before = new TreeMap<>();
    private final Map<String, List<Pattern>> expected = new TreeMap<>();
    private final List<Pattern> restless = new ArrayList<>();
    private final Set<String> gone = new HashSet<>();
    private Optional<Operator> operator = Optional.empty();
    private final List<String> notes = new ArrayList<>();
    private String login = "ops";

    Story(Testbed testbed, Path folder) {
        this.testbed = testbed;
        this.folder = folder;
    }

    // ---- given

    /// A host with nothing wrong.
    TestbedHost given(String name, Family family) throws IOException, InterruptedException {
        TestbedHost host = testbed.host(name, family);
        hosts.put(name, host);
        host.forgetAsked();
        return host;
    }

    /// A host with `fault`, which is healed when the story is over.
    TestbedHost given(String name, Family family, Fault fault)
            throws IOException, InterruptedException {
        TestbedHost host = given(name, family);
        pristine.put(name, Snapshot.of(host));
        fault.injectInto(host);
        healing.add(() -> heal(host, fault));
        return host;
    }

    /// The operator logs in as this user of the hosts; `ops` unless said.
    void givenLogin(String user) {
        login = user;
    }

    // ---- when

    /// The operator asks without a terminal, and waits for the answer.
    Programs.Ended whenAsked(String words, String... options)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("ask"));
        all.addAll(List.of(options));
        all.add(words);
        return operator().runs(all.toArray(String[]::new));
    }

    /// The operator asks at a terminal of `columns`, and goes on talking.
    Talk whenTyped(int columns, String words) throws IOException, InterruptedException {
        return operator().at(columns, "ask", words);
    }

    /// The operator, who knows all hosts of this story. Until now things may be prepared.
    Operator operator() throws IOException, InterruptedException {
        if (operator.isEmpty()) {
            for (TestbedHost host : hosts.values()) {
                before.put(host.name(), Snapshot.of(host));
            }
            operator = Optional.of(Operator.at(folder.resolve("home"), hosts.values(), login));
        }
        return operator.get();
    }

    // ---- then

    /// Says what is different on `host` afterwards: each expression is found in at least one
    /// changed line of its snapshot, and each changed line holds one of them. Without this, nothing
    /// may be different.
    void thenOnlyChanged(TestbedHost host, String... expressions) {
        List<Pattern> patterns = new ArrayList<>();
        for (String expression : expressions) {
            patterns.add(Pattern.compile(expression));
        }
        expected.put(host.name(), patterns);
    }

    /// Lines of snapshots that differ from moment to moment by the fault itself, whoever looks.
    void givenRestless(Pattern lines) {
        restless.add(lines);
    }

    /// The host is off: nothing can be looked at any more, and the next story gets another one.
    void thenIsGone(TestbedHost host) {
        gone.add(host.name());
        healing.add(() -> replace(host));
    }

    /// The entries of this type in the record, in order.
    List<Recorded> recorded(String type) throws IOException, InterruptedException {
        try (Stream<Recorded> entries = AuditReader.of(operator().record()).entries()) {
            return entries.filter(entry -> entry.type().equals(type)).toList();
        }
    }

    /// The commands of changes that were begun on `host`, as the record has them.
    List<String> changesBegunOn(TestbedHost host) throws IOException, InterruptedException {
        return recorded("exec.intent").stream()
                .filter(entry ->
                        entry.header().path("purpose").asText().equals("CALL")
                                && entry.header().path("host").asText().equals(host.name())
                                && entry.header().path("tool").asText().equals("service.restart"))
                .map(entry -> entry.header().path("argv").toString())
                .toList();
    }

    // ---- when it is over

    /// Asserts what every story promises.
    void promises() throws IOException, InterruptedException {
        Operator asked = operator();
        Programs.Ended verified = asked.runs("audit", "verify");
        assertEquals(0, verified.exit(), () -> "audit verify: " + verified.out() + verified.err());
        assertTrue(verified.out().startsWith("sound: "), verified.out());
        for (TestbedHost host : hosts.values()) {
            if (gone.contains(host.name())) {
                continue;
            }
            Witness.compare(asked.record(), host.name(), host.asked());
            assertEquals(List.of(), host.leftBehind(), "still running on " + host.name());
            onlyExpected(host, before(host).changesTo(Snapshot.of(host)));
        }
    }

    private Snapshot before(TestbedHost host) {
        return requireNonNull(before.get(host.name()), host.name());
    }

    private void onlyExpected(TestbedHost host, List<String> changes) throws IOException {
        Files.write(folder.resolve(host.name() + ".changes"), changes);
        List<Pattern> patterns = expected.getOrDefault(host.name(), List.of());
        for (String change : changes) {
            assertTrue(
                    Stream.concat(patterns.stream(), restless.stream())
                            .anyMatch(pattern -> pattern.matcher(change).find()),
                    () ->
                            "changed on "
                                    + host.name()
                                    + ", and should not have: "
                                    + change
                                    + "\nall changes: "
                                    + String.join("\n", changes));
        }
        for (Pattern pattern : patterns) {
            assertTrue(
                    changes.stream().anyMatch(change -> pattern.matcher(change).find()),
                    () -> "did not change on " + host.name() + ": " + pattern);
        }
    }

    /// Ends what still runs, heals what was broken, and keeps what was shown for whoever reads a
    /// failure.
    void clear() throws IOException {
        if (operator.isPresent()) {
            int number = 0;
            for (Talk talk : operator.get().talks()) {
                Files.writeString(folder.resolve("terminal-" + ++number + ".txt"), talk.raw());
                talk.close();
            }
        }
        healing.reversed().forEach(Runnable::run);
        Files.write(folder.resolve("notes.txt"), notes);
    }

    /// A host that does not come back to what it was is thrown away.
    private void heal(TestbedHost host, Fault fault) {
        if (gone.contains(host.name())) {
            return;
        }
        List<String> left;
        try {
            fault.healOn(host);
            left =
                    requireNonNull(pristine.get(host.name()), host.name())
                            .changesTo(Snapshot.of(host));
            left.removeIf(line -> MAY_STAY.matcher(line).find());
        } catch (AssertionError notHealed) {
            left = List.of(String.valueOf(notHealed.getMessage()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException later) {
            Thread.currentThread().interrupt();
            return;
        }
        if (!left.isEmpty()) {
            notes.add(
                    host.name()
                            + " was not healed of: "
                            + fault.what()
                            + "\n  "
                            + String.join("\n  ", left));
            replace(host);
        }
    }

    private void replace(TestbedHost host) {
        try {
            testbed.replace(host);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
