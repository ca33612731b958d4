package parley.safety.record.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.safety.record.AuditReader;
import parley.safety.record.Commitments;
import parley.safety.record.EntryFiles;
import parley.safety.record.Recorded;
import parley.safety.record.RecordedRuns;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What the record tells, put together: requests, commands, near misses, numbers, secrets.
class StoryTest {
    @TempDir Path folder;
    private Path record;

    @BeforeEach
    void write() throws Exception {
        record = RecordedRuns.into(folder.resolve("record"));
    }

    private Story story(String run) {
        return new Story(run, EntryFiles.of(record).ofRuns(run), AuditReader.of(record));
    }

    @Test
    void aCommandHasItsJudgementItsIntentAndItsEnd() {
        Story story = story(RecordedRuns.RESTART);
        List<Command> commands = story.commands();
        assertEquals(
                List.of("PREVIEW allow", "CALL typed", "CHECK allow"),
                commands.stream().map(one -> one.purpose() + " " + one.verdict()).toList());
        assertTrue(commands.stream().allMatch(one -> one.end().isPresent()));
        assertEquals(
                "sudo -n -- systemctl restart -- nginx.service",
                Fields.command(commands.get(1).about()));
        assertEquals("bob", story.operator());
        assertEquals("restart nginx.service on web-1", story.words());
        assertEquals("done", story.outcome());
        assertEquals(Set.of("web-1"), story.hosts());
        assertEquals(Set.of("service.status", "service.restart"), story.tools());
    }

    @Test
    void aRefusedCommandNeverRanAndAnUnknownOneWasSettled() {
        Command refused = story(RecordedRuns.DENIED).commands().getFirst();
        assertTrue(refused.isDenied());
        assertEquals(Optional.empty(), refused.intent());
        Command unknown = story(RecordedRuns.UNKNOWN).commands().getFirst();
        assertEquals("exec.unknown", unknown.end().map(Recorded::type).orElse(""));
        assertEquals("took", unknown.settled().map(Recorded::outcome).orElse(""));
    }

    @Test
    void everyNearMissIsToldWithItsReason() {
        List<String> misses = new ArrayList<>();
        try (Stream<Recorded> entries = AuditReader.of(record).entries(NearMiss.TYPES)) {
            entries.forEach(
                    entry -> NearMiss.of(entry).ifPresent(miss -> misses.add(miss.kind().word())));
        }
        assertEquals(List.of("injection", "unknown", "declined", "expired"), misses);
    }

    @Test
    void everyEntryIsToldInBothLanguages() {
        int told = 0;
        try (Stream<Recorded> entries = AuditReader.of(record).entries()) {
            for (Recorded entry : entries.toList()) {
                var says = Telling.of(entry, "…");
                assertTrue(!says.en().contains("null") && !says.zh().contains("null"), says.en());
                told++;
            }
        }
        assertTrue(told > 40, "only " + told + " entries");
    }

    @Test
    void numbersAreCountedFromTheEntries() {
        Statistics statistics = new Statistics();
        EntryFiles.of(record)
                .all(line -> {
                    statistics.take(line.entry());
                    return true;
                });
        Map<String, Map<String, Long>> counts = statistics.counts();
        assertEquals(
                Map.of("alice", 1L, "bob", 3L, "carol", 1L, "eve", 1L, "mallory", 1L),
                counts.get("operator"));
        assertEquals(
                Map.of("allow", 5L, "typed", 1L, "deny", 1L, "two-person", 1L, "confirm", 1L),
                counts.get("verdict"));
        assertEquals(
                1L,
                counts.getOrDefault("redaction", Map.of()).values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
    }

    @Test
    void aSecretThatWasTakenOutIsRecognisedByWhoKnowsIt() throws Exception {
        assertEquals(List.of(RecordedRuns.READ), where(RecordedRuns.SECRET));
        assertEquals(List.of(), where(RecordedRuns.SECRET + "x"));
        try (Stream<Recorded> entries = AuditReader.of(record).entries()) {
            assertTrue(
                    entries.noneMatch(entry ->
                            entry.roles().stream()
                                    .anyMatch(role ->
                                            Story.text(AuditReader.of(record), entry, role)
                                                    .contains(RecordedRuns.SECRET))));
        }
    }

    private List<String> where(String secret) throws Exception {
        Commitments commitments = Commitments.of(record, secret);
        List<String> runs = new ArrayList<>();
        try (Stream<Recorded> entries = AuditReader.of(record).entries()) {
            for (Recorded entry : entries.toList()) {
                if (!commitments.in(entry).isEmpty()) {
                    runs.add(entry.run());
                }
            }
        }
        return runs;
    }
}
