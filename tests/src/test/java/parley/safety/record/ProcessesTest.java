package parley.safety.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.safety.record.verify.Verification;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Several real processes on one record, and their sudden death.
final class ProcessesTest {
    private static final int KILLS = Boolean.getBoolean("parley.long") ? 1000 : 50;

    @TempDir Path temporary;

    private Process writer(Path folder, String name, int entries, Path output) throws Exception {
        return Children.start(
                Children.java(
                        Writing.class, folder.toString(), name, Integer.toString(entries), "60000"),
                output);
    }

    @Test
    void twoWritersShareARecordWithoutLossOrLongWaits() throws Exception {
        Path folder = temporary.resolve("record");
        List<Process> writers = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            writers.add(writer(folder, name, 200, temporary.resolve(name)));
        }
        for (Process process : writers) {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue());
        }
        int acknowledged = 0;
        for (String name : List.of("a", "b", "c")) {
            acknowledged += assertKept(folder, Files.readAllLines(temporary.resolve(name)));
        }
        assertEquals(600, acknowledged);
        Verification found = Records.verify(folder);
        assertEquals(List.of(), found.problems());
        System.out.println(
                "3 writers: " + found.records() + " entries, " + found.segments() + " segments");
    }

    @Test
    void noAcknowledgedEntryIsLostWhenWritersAreKilled() throws Exception {
        Path folder = temporary.resolve("record");
        Random random = new Random(7);
        int acknowledged = 0;
        Map<Integer, Integer> byExit = new HashMap<>();
        List<String> all = new ArrayList<>();
        for (int round = 0; round < KILLS; round += 2) {
            Path first = temporary.resolve("first" + round);
            Path second = temporary.resolve("second" + round);
            Process one = writer(folder, "one" + round, 0, first);
            Process two = writer(folder, "two" + round, 0, second);
            Children.awaitLines(first, 1);
            Children.awaitLines(second, 1);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
            one.destroyForcibly().waitFor();
            // The second one goes on for a moment over what the first one left.
            TimeUnit.MILLISECONDS.sleep(random.nextInt(60));
            two.destroyForcibly().waitFor();
            byExit.merge(Records.verify(folder).exitCode(), 1, Integer::sum);
            all.addAll(complete(first));
            all.addAll(complete(second));
            if (round % 100 == 98) {
                assertKept(folder, all);
                System.out.println(round + 2 + " kills so far: " + all.size() + " acknowledged");
            }
        }
        acknowledged += assertKept(folder, all);
        assertTrue(byExit.keySet().stream().allMatch(exit -> exit == 0 || exit == 4), "" + byExit);
        try (AuditLog log = AuditLog.open(folder, "p")) {
            log.append(Records.entry("request", "after"));
            long open = log.unknowns().size();
            assertTrue(open > KILLS / 2, open + " abandoned intents");
        }
        Verification found = Records.verify(folder);
        assertEquals(List.of(), found.problems());
        assertEquals(0, found.exitCode());
        long torn =
                Records.all(folder).stream()
                        .filter(entry -> entry.type().equals("log.recover"))
                        .count();
        System.out.println(
                KILLS
                        + " kills: "
                        + acknowledged
                        + " acknowledged, "
                        + found.records()
                        + " kept, "
                        + torn
                        + " torn tails, exit codes between "
                        + byExit);
    }

    /// Lines that were printed whole.
    private static List<String> complete(Path output) throws Exception {
        String text = Files.readString(output);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private static int assertKept(Path folder, List<String> acknowledged) {
        List<Recorded> kept = Records.all(folder);
        for (String line : acknowledged) {
            String[] words = line.split(" ", 3);
            assertEquals(3, words.length, line);
            Recorded entry = kept.get(Integer.parseInt(words[0]));
            assertEquals(Long.parseLong(words[0]), entry.sequence());
            assertEquals(words[1], entry.run());
            assertEquals(words[1] + " " + words[2], entry.header().path("text").asText());
        }
        return acknowledged.size();
    }

    @Test
    void anIntentOfALivingProcessIsNotUnknownAndOneOfADeadProcessIs() throws Exception {
        Path folder = temporary.resolve("record");
        Path output = temporary.resolve("output");
        Process other = writer(folder, "other", 0, output);
        Children.awaitLines(output, 3);
        try (AuditLog log = AuditLog.open(folder, "p")) {
            Receipt own = log.append(Records.entry("exec.intent", "own"));
            assertEquals(List.of(), log.unknowns());
            other.destroyForcibly().waitFor();
            List<Recorded> unknown = log.unknowns();
            assertTrue(!unknown.isEmpty(), "nothing abandoned");
            for (Recorded intent : unknown) {
                assertEquals("other", intent.run());
                assertTrue(intent.sequence() != own.sequence());
                Entry closing = Records.entry("exec.unknown", "nobody knows");
                closing.fields().put("cause", intent.sequence());
                log.append(closing);
            }
            assertEquals(List.of(), log.unknowns());
        }
    }

    @Test
    void aCommandThatCameBackWhileItsWorkGoesOnStaysOpenUntilThatHasEnded() throws Exception {
        Path folder = temporary.resolve("record");
        assertEquals(
                List.of(),
                Children.run(
                        Children.java(Continuing.class, folder.toString()),
                        temporary.resolve("output")));
        try (AuditLog log = AuditLog.open(folder, "p")) {
            List<Recorded> open = log.unknowns();
            assertEquals(
                    List.of("goes on"),
                    open.stream().map(one -> one.header().path("text").asText()).toList());
            Entry ended = Records.entry("exec.ended", "it took");
            ended.fields().put("cause", open.getFirst().sequence());
            log.append(ended);
            assertEquals(List.of(), log.unknowns());
        }
    }
}
