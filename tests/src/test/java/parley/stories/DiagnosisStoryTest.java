package parley.stories;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import parley.tools.schema.Json;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Every fault of the testbed is asked about in English and in Chinese, with the embedded planner
/// alone; the cause must be found with evidence that shows it, nothing may change on the hosts, and
/// when the fault is healed it must no longer be told.
///
/// `-Dparley.long=true` tries all of them, `-Dparley.trouble=REGEX` those whose name holds it;
/// without either, some of the most telling are tried for six minutes at most.
/// `-Dparley.table=true` keeps the table.
@ExtendWith(SharedTestbed.class)
class DiagnosisStoryTest {
    /// Units that systemd starts again and again by itself, or for whoever asks for the time.
    private static final Pattern RESTLESS =
            Pattern.compile(
                    "^[-+] (unit (demo-web|demo-dependent|queue-worker|systemd-timedated)\\.service"
                            + " |nftables .*counter packets)");

    private static final DiagnosisTable TABLE = new DiagnosisTable();
    private static final List<Trouble> ALL = Troubles.all();

    /// Enough for the brief ones on a machine that does nothing else.
    private static final Duration BRIEF = Duration.ofMinutes(6);

    /// When the first of them began, in nanoseconds of this process.
    private static final AtomicLong BEGUN = new AtomicLong();

    private static boolean isLong() {
        return Boolean.getBoolean("parley.long")
                || !System.getProperty("parley.trouble", "").isEmpty();
    }

    /// Whoever leaves something out says so.
    private static void inTime() {
        BEGUN.compareAndSet(0, System.nanoTime());
        assumeTrue(
                isLong() || System.nanoTime() - BEGUN.get() < BRIEF.toNanos(),
                "left out, six minutes are over: tests/run --long");
    }

    static Stream<Trouble> troubles() {
        String named = System.getProperty("parley.trouble", "");
        return ALL.stream()
                .filter(one -> isLong() || one.brief())
                .filter(one -> Pattern.compile(named).matcher(one.toString()).find());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("troubles")
    void isFoundWithItsEvidenceAndIsGoneWhenHealed(Trouble trouble, Testbed testbed)
            throws Exception {
        inTime();
        Path folder = folder(trouble);
        Story ill = new Story(testbed, Files.createDirectories(folder.resolve("ill")));
        Asked english;
        Asked chinese;
        try {
            ill.givenRestless(RESTLESS);
            ill.given(trouble.peer(), trouble.peerFamily());
            TestbedHost host = ill.given(trouble.host(), trouble.family(), trouble.fault());
            // Some faults measure over SSH whether they are there.
            if (isWitness(trouble)) {
                host.forgetAsked();
            }
            english = ask(ill, trouble, true, folder);
            chinese = ask(ill, trouble, false, folder);
            if (isWitness(trouble)) {
                ill.promises();
            }
        } finally {
            ill.clear();
        }
        Story well = new Story(testbed, Files.createDirectories(folder.resolve("well")));
        Asked healed;
        try {
            well.given(trouble.peer(), trouble.peerFamily());
            well.given(trouble.host(), trouble.family());
            healed = ask(well, trouble, true, folder);
        } finally {
            well.clear();
        }
        DiagnosisTable.Row row =
                new DiagnosisTable.Row(
                        trouble,
                        !english.found().isEmpty() && !chinese.found().isEmpty(),
                        english.shows() && chinese.shows(),
                        healed.found().isEmpty(),
                        english.diagnosis().calls(),
                        english.took().toMillis() / 1000.0,
                        trouble.missed());
        TABLE.add(ALL.indexOf(trouble), row);
        TABLE.write(ALL);
        judge(trouble, row, english, chinese, healed);
    }

    /// Whether the host itself can write down what it is asked: not when it is off, or its disk
    /// full.
    private static boolean isWitness(Trouble trouble) {
        return !trouble.fault().what().startsWith("host-")
                && !trouble.fault().what().equals("disk-full root");
    }

    @Test
    @EnabledIfSystemProperty(
            named = "parley.long",
            matches = "true",
            disabledReason = "takes longer than the other stories: tests/run --long")
    void threeFaultsAtOnceAreAllFound(Testbed testbed) throws Exception {
        List<Trouble> three =
                List.of(
                        named("full filesystem").on(Family.APT),
                        named("resolver that nobody runs"),
                        named("configuration with a typing error").on(Family.APT));
        Path folder = folder(three.getFirst()).resolveSibling("three-at-once");
        Story story = new Story(testbed, Files.createDirectories(folder.resolve("ill")));
        try {
            story.givenRestless(RESTLESS);
            story.given("db-1", Family.DNF);
            for (Trouble one : three) {
                story.given("web-1", Family.APT, one.fault());
            }
            for (Trouble one : three) {
                for (boolean english : List.of(true, false)) {
                    Asked asked = ask(story, one, english, folder);
                    assertFalse(
                            asked.found().isEmpty(),
                            () -> one.name() + " is not found: " + asked.causes());
                    assertTrue(asked.shows(), () -> "not shown by: " + asked.evidence());
                }
            }
            story.promises();
        } finally {
            story.clear();
        }
    }

    /// A disk on db-1 is full; what depends on it on web-1 is refused; what balances on lb-1 says
    /// 502. Asked about the three, whatever the order, the answer begins with db-1.
    @Test
    void theFirstFailureOfAChainOverHostsIsNamedFirst(Testbed testbed) throws Exception {
        inTime();
        Path folder = folder(ALL.getFirst()).resolveSibling("chain");
        Story story = new Story(testbed, Files.createDirectories(folder.resolve("ill")));
        try {
            story.givenRestless(RESTLESS);
            // What other stories broke within the last hours on these hosts would come first.
            for (TestbedHost host :
                    List.of(
                            story.given("lb-1", Family.APT),
                            story.given("web-1", Family.APT),
                            story.given("db-1", Family.DNF))) {
                host.root("journalctl --rotate --vacuum-time=1s");
            }
            story.given("db-1", Family.DNF, FULL);
            story.given(
                    "web-1",
                    Family.APT,
                    once("orders-api", "sleep 5; curl -sS http://127.0.0.1:5432/orders"));
            story.given(
                    "lb-1",
                    Family.APT,
                    once("balancer", "sleep 5; echo GET /orders HTTP/1.1 502 Bad Gateway"));
            for (String question :
                    List.of(
                            "which failed first, lb-1, web-1 or db-1?",
                            "lb-1、web-1、db-1 哪台先出问题？")) {
                Programs.Ended ended = story.whenAsked(question, "--output", "json");
                JsonNode json = Json.mapper().readTree(ended.out());
                String first = json.path("answer").asText().lines().findFirst().orElse("");
                assertTrue(
                        first.matches("db-1(: failed first: |：最先出现故障：).*No space left on device.*"),
                        () -> question + "\n" + json.path("answer").asText() + ended.err());
                assertEquals(List.of(), new Diagnosis(json).ungrounded());
            }
            story.promises();
        } finally {
            story.clear();
        }
    }

    /// A disk of its own that is full, and a service that writes to it.
    private static final Fault FULL =
            new Fault.Scripted(
                    "orders-db has no space left",
                    """
                    mkdir -p /srv/orders
                    mount -t tmpfs -o size=64k tmpfs /srv/orders
                    systemd-run --quiet --wait --unit=orders-db dd if=/dev/zero of=/srv/orders/table bs=1k count=100 || :
                    """,
                    """
                    umount /srv/orders
                    rmdir /srv/orders
                    systemctl reset-failed orders-db 2> /dev/null || :
                    """);

    /// A unit that runs `program` once, and what it says is in the journal.
    private static Fault once(String unit, String program) {
        return new Fault.Scripted(
                unit,
                "systemd-run --quiet --wait --unit=%s /bin/sh -c '%s' || :"
                        .formatted(unit, program),
                "systemctl reset-failed %s 2> /dev/null || :".formatted(unit));
    }

    private static Trouble named(String name) {
        return ALL.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    private static void judge(
            Trouble trouble, DiagnosisTable.Row row, Asked english, Asked chinese, Asked healed) {
        assertEquals(trouble.symptom(), english.diagnosis().symptom(), english.printed());
        assertEquals(trouble.symptom(), chinese.diagnosis().symptom(), chinese.printed());
        assertEquals(List.of(), english.diagnosis().ungrounded());
        assertEquals(List.of(), chinese.diagnosis().ungrounded());
        assertTrue(english.diagnosis().calls() <= 12, english.printed());
        if (!trouble.missed().isEmpty()) {
            assertFalse(row.found(), "it is found now: " + trouble.missed() + english.causes());
            return;
        }
        assertFalse(english.found().isEmpty(), () -> "not found: " + english.causes());
        assertFalse(chinese.found().isEmpty(), () -> "not found: " + chinese.causes());
        assertTrue(row.evidence(), () -> "not shown by: " + english.evidence());
        assertEquals(List.of(), healed.found());
    }

    /// One request and its answer.
    private record Asked(
            Trouble trouble,
            boolean inEnglish,
            Diagnosis diagnosis,
            String printed,
            Duration took) {
        List<JsonNode> found() {
            return diagnosis.causes(
                    inEnglish ? "en" : "zh", inEnglish ? trouble.causeEn() : trouble.causeZh());
        }

        boolean shows() {
            return found().stream()
                    .anyMatch(one -> trouble.evidence().matcher(diagnosis.cited(one)).find());
        }

        List<String> causes() {
            List<String> all = new ArrayList<>();
            diagnosis
                    .causes()
                    .forEach(one ->
                            all.add(one.path("statement").path(inEnglish ? "en" : "zh").asText()));
            return all.isEmpty() ? List.of(printed) : all;
        }

        List<String> evidence() {
            return found().stream().map(diagnosis::cited).toList();
        }
    }

    private static Asked ask(Story story, Trouble trouble, boolean english, Path folder)
            throws Exception {
        String question = trouble.question(english);
        Instant begin = Instant.now();
        Programs.Ended ended = story.whenAsked(question, "--output", "json");
        Duration took = Duration.between(begin, Instant.now());
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve((english ? "en-" : "zh-") + begin.toEpochMilli() + ".json"),
                ended.out());
        try {
            return new Asked(trouble, english, Diagnosis.of(ended.out()), ended.out(), took);
        } catch (JsonProcessingException noJson) {
            throw new AssertionError(question + "\n" + ended.out() + ended.err(), noJson);
        }
    }

    private static Path folder(Trouble trouble) throws Exception {
        Path folder =
                Path.of("target", "stories", "DiagnosisStoryTest")
                        .resolve(trouble.toString().replaceAll("[^A-Za-z0-9]+", "-"))
                        .toAbsolutePath();
        if (Files.exists(folder)) {
            List<Path> old;
            try (Stream<Path> files = Files.walk(folder)) {
                old = files.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : old) {
                Files.delete(path);
            }
        }
        return Files.createDirectories(folder);
    }
}
