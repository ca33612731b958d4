package parley.stories;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whatever is killed while packages are being installed, and whenever: the host comes out whole, a
/// new Parley finds the transaction again, says how it ended, and checks what came of it.
///
/// `-Dparley.long=true` kills fifty times a family, `-Dparley.kills=N` so many times, and
/// `-Dparley.seed=N` at the same moments again.
@ExtendWith(SharedTestbed.class)
class KilledStoryTest {
    private static final int KILLS =
            Integer.getInteger("parley.kills", Boolean.getBoolean("parley.long") ? 50 : 3);
    private static final Pattern DIGEST = Pattern.compile("Digest ([0-9a-f]{64})");

    /// A family alone, by its word; both when nothing is said.
    private static final String FAMILY = System.getProperty("parley.family", "");

    private static final String GOES_ON =
            "systemctl show -P ActiveState parley-tx.service | grep -q activating";

    private static final int PATIENCE_SECONDS = 180;
    private final ObjectMapper mapper = new ObjectMapper();

    /// What is killed.
    private enum Victim {
        /// Parley's own process.
        PARLEY,
        /// The processes of sshd that serve Parley.
        CONNECTION,
        /// The host's network, for two seconds.
        LINK
    }

    @ParameterizedTest
    @EnumSource
    void whateverIsKilledTheHostIsWholeAndTheTransactionIsFoundAgain(
            Family family, Testbed testbed, @TempDir Path folder, TestReporter reporter)
            throws Exception {
        assumeTrue(FAMILY.isEmpty() || FAMILY.equals(family.word()), "only " + FAMILY);
        long seed = Long.getLong("parley.seed", Instant.now().toEpochMilli());
        Random random = new Random(seed);
        reporter.publishEntry("seed", Long.toString(seed));
        TestbedHost host = testbed.host(family == Family.APT ? "tx-a" : "tx-d", family);
        SlowPackages.offerOn(host);
        SlowPackages.removeFrom(host);
        assertEquals("", SlowPackages.disorder(host));
        Operator operator = Operator.at(folder.resolve("home"), List.of(host), "ops");
        String digest = digest(operator, host);

        int lasts = lasts(operator, host, digest);
        reporter.publishEntry(family.word(), "a transaction lasts " + lasts + " ms");
        Map<String, Integer> tally = new TreeMap<>();
        for (int number = 1; number <= KILLS; number++) {
            Victim victim = Victim.values()[random.nextInt(Victim.values().length)];
            int moment = random.nextInt(lasts);
            String what = number + " " + victim + " after " + moment + " ms, seed " + seed;
            String end = once(operator, host, digest, victim, moment, what);
            tally.merge(victim + ": " + end, 1, Integer::sum);
            reporter.publishEntry(family.word(), what + ": " + end);
        }
        assertEquals(KILLS, tally.values().stream().mapToInt(Integer::intValue).sum());
        assertTrue(
                tally.keySet().stream().anyMatch(key -> key.endsWith("in the middle")),
                "no transaction was hit: " + tally);
        reporter.publishEntry("tally", tally.toString());
    }

    private static String digest(Operator operator, TestbedHost host)
            throws IOException, InterruptedException {
        Programs.Ended card = operator.runs(words(host)).exits(4);
        Matcher digest = DIGEST.matcher(card.out() + card.err());
        assertTrue(digest.find(), () -> "no digest on the card: " + card);
        return digest.group(1);
    }

    private static String[] words(TestbedHost host, String... more) {
        String[] words = {
            "run", "package.install", "names=" + SlowPackages.NAMES, "--host", host.name()
        };
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return all;
    }

    /// How many milliseconds a transaction takes here when nobody disturbs it.
    private int lasts(Operator operator, TestbedHost host, String digest)
            throws IOException, InterruptedException {
        SlowPackages.removeFrom(host);
        Process parley = operator.starts(words(host, "--approve", digest)).start();
        awaitBegun(operator, host, parley, "undisturbed");
        Instant begun = Instant.now();
        host.await("! " + GOES_ON);
        int lasts = Math.toIntExact(Duration.between(begun, Instant.now()).toMillis());
        assertTrue(parley.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "Parley did not end");
        assertEquals(0, parley.exitValue(), "undisturbed");
        return lasts;
    }

    /// One transaction and one kill. Returns where it hit.
    private String once(
            Operator operator,
            TestbedHost host,
            String digest,
            Victim victim,
            int moment,
            String what)
            throws IOException, InterruptedException {
        SlowPackages.removeFrom(host);
        String job;
        boolean goesOn;
        Process parley = operator.starts(words(host, "--approve", digest)).start();
        try {
            job = awaitBegun(operator, host, parley, what);
            TimeUnit.MILLISECONDS.sleep(moment);
            goesOn = host.tryRoot(GOES_ON).exit() == 0;
            kill(victim, host, parley);
            assertTrue(
                    parley.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS),
                    () -> what + ": Parley did not end");
        } finally {
            parley.destroyForcibly();
        }
        host.await("! " + GOES_ON);
        assertEquals("", SlowPackages.disorder(host), what);
        if (victim != Victim.PARLEY) {
            assertEquals(
                    0,
                    parley.exitValue(),
                    () -> what + ": Parley did not prove it: " + said(operator));
        }
        foundAgain(operator, host, job, what);
        settled(operator, victim == Victim.PARLEY && goesOn ? 1 : 0, what);
        return goesOn ? "in the middle" : "at the end";
    }

    /// What nobody knows is known after the change's own checks, and nothing stays open.
    ///
    /// @param least how many must have been open: who is killed in the middle knows no end
    private void settled(Operator operator, int least, String what)
            throws IOException, InterruptedException {
        List<String> numbers = open(operator, what);
        assertTrue(numbers.size() >= least, () -> what + ": open is only " + numbers);
        for (String number : numbers) {
            Programs.Ended settled = operator.runs("settle", number, "--output", "json");
            assertEquals(0, settled.exit(), () -> what + ": " + settled);
        }
        if (!numbers.isEmpty()) {
            assertEquals(List.of(), open(operator, what), what);
        }
    }

    /// A new Parley says how it ended, and its check finds both packages whole.
    private void foundAgain(Operator operator, TestbedHost host, String job, String what)
            throws IOException, InterruptedException {
        Programs.Ended status =
                operator.runs("run", "job.status", "--host", host.name(), "--output", "json");
        assertEquals(0, status.exit(), () -> what + ": " + status);
        JsonNode state = mapper.readTree(status.out()).path("hosts").path(0).path("reading");
        assertEquals(job, state.path("id").asText(), what);
        assertEquals("ok", state.path("state").asText(), () -> what + ": " + status.out());
        assertEquals("package.install slow-one slow-two", state.path("what").asText(), what);
        Programs.Ended check =
                operator.runs(
                        "run",
                        "package.check",
                        "names=" + SlowPackages.NAMES,
                        "--host",
                        host.name(),
                        "--output",
                        "json");
        assertEquals(0, check.exit(), () -> what + ": " + check);
        JsonNode packages = mapper.readTree(check.out()).path("hosts").path(0).path("reading");
        assertEquals(0, packages.path("broken").size(), () -> what + ": " + check.out());
        assertEquals(2, packages.path("present").size(), () -> what + ": " + check.out());
        assertEquals(2, SlowPackages.installed(host), what);
    }

    /// The numbers of the outcomes that nobody knows.
    private List<String> open(Operator operator, String what)
            throws IOException, InterruptedException {
        Programs.Ended unknowns = operator.runs("audit", "unknowns", "--output", "jsonl");
        assertEquals(0, unknowns.exit(), () -> what + ": " + unknowns);
        List<String> numbers = new ArrayList<>();
        for (String line : unknowns.out().lines().toList()) {
            numbers.add(mapper.readTree(line).path("number").asText());
        }
        return numbers;
    }

    private static String said(Operator operator) {
        try {
            return Files.readString(operator.said());
        } catch (IOException unread) {
            return unread.toString();
        }
    }

    /// Waits until systemd has begun it. The unit of the one before is cleared away by then.
    ///
    /// @return the id of the transaction
    private static String awaitBegun(
            Operator operator, TestbedHost host, Process parley, String what)
            throws IOException, InterruptedException {
        Instant deadline = Instant.now().plusSeconds(PATIENCE_SECONDS);
        String id = "";
        while (id.isEmpty()) {
            boolean alive = parley.isAlive();
            id = host.tryRoot("systemctl show -P InvocationID parley-tx.service").out().strip();
            assertTrue(
                    alive || !id.isEmpty(),
                    () -> what + ": Parley ended and began nothing: " + said(operator));
            assertTrue(Instant.now().isBefore(deadline), () -> what + ": nothing was begun");
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return id;
    }

    private static void kill(Victim victim, TestbedHost host, Process parley)
            throws IOException, InterruptedException {
        switch (victim) {
            case PARLEY -> parley.destroyForcibly();
            case CONNECTION ->
                    host.tryRoot(
                            "for pid in $(ps -o pid= -u ops -C sshd); do"
                                    + " grep -aq 'sshd: ops' /proc/$pid/cmdline && kill -KILL $pid;"
                                    + " done");
            case LINK ->
                    host.root(
                            "link=$(ip -o -4 addr show scope global | head -n 1 | awk '{print"
                                + " $2}'); ip link set \"${link%@*}\" down; sleep 2; ip link set"
                                + " \"${link%@*}\" up");
        }
    }
}
