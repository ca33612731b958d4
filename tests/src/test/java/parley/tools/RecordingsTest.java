package parley.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import parley.tools.schema.Json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Every recording is read again: the tool must ask for the same commands, and read the same out of
/// them. With `-Dparley.recordings.write=true` the expectations are written instead, for review.
class RecordingsTest {
    private static final boolean WRITE = Boolean.getBoolean("parley.recordings.write");

    @TestFactory
    Stream<DynamicTest> everyRecordingReadsAsExpected() {
        return Recording.all().stream()
                .map(recording ->
                        DynamicTest.dynamicTest(recording.toString(), () -> check(recording)));
    }

    private static void check(Recording recording) throws IOException {
        Call<?> call = recording.call();
        List<Capture> captures = Replay.captures(call, recording);
        Path good = recording.folder().resolve("expected.json");
        Path bad = recording.folder().resolve("expected.error");
        try {
            ObjectNode read = Replay.read(call, recording.platform(), captures);
            if (WRITE) {
                Files.deleteIfExists(bad);
                Files.writeString(
                        good,
                        Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(read)
                                + "\n");
            } else if (Files.exists(bad)) {
                fail("it should be refused with: " + Recording.text(bad) + "but reads " + read);
            } else {
                assertEquals(
                        Json.mapper().readTree(good.toFile()),
                        Json.mapper().readTree(Json.mapper().writeValueAsBytes(read)));
            }
        } catch (Unreadable refused) {
            if (WRITE) {
                Files.deleteIfExists(good);
                Files.writeString(bad, refused.why().en() + "\n");
            } else if (Files.exists(bad)) {
                assertEquals(Recording.text(bad), refused.why().en() + "\n");
            } else {
                fail("refused: " + refused.why().en());
            }
        }
        assertEquals(Set.of(), recording.strayOrMissing(), "files too many or too few");
    }

    @Test
    void everyRecordingSaysWhenAndHowItWasMade() {
        List<Recording> all = Recording.all();
        assertTrue(all.size() >= 20, "only " + all.size() + " recordings were found");
        for (Recording recording : all) {
            assertTrue(
                    recording.name().matches("[a-z0-9.-]+?--[a-z0-9-]+"),
                    () -> "the folder is not called platform--case: " + recording);
            assertFalse(
                    recording.description().path("note").asText().isBlank(),
                    () -> "no note: " + recording);
            assertTrue(
                    recording.description().path("recorded").asText().startsWith("20"),
                    () -> "no date: " + recording);
        }
    }
}
