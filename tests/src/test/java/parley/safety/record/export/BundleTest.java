package parley.safety.record.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.safety.record.AuditLog;
import parley.safety.record.EntryFiles;
import parley.safety.record.RecordUnavailable;
import parley.safety.record.RecordedRuns;
import parley.safety.record.verify.BundleVerification;
import parley.safety.record.verify.BundleVerifier;
import parley.tools.schema.Json;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// A bundle proves what is in it and that nothing its filter means was left out; whatever is done
/// to it is found by a verifier that shares no code with the writer.
class BundleTest {
    @TempDir Path folder;
    private Path record;

    @BeforeEach
    void write() throws Exception {
        record = RecordedRuns.into(folder.resolve("record"));
    }

    private Path bundle(Filter filter) throws Exception {
        Path file = folder.resolve("bundle-" + Integer.toHexString(filter.hashCode()) + ".zip");
        try (OutputStream out = Files.newOutputStream(file)) {
            BundleWriter.write(
                    Selection.of(record, filter),
                    Json.mapper().createObjectNode().put("exporter", "alice"),
                    out);
        }
        return file;
    }

    private static BundleVerification verify(Path file) throws Exception {
        return BundleVerifier.verify(file, Optional.empty());
    }

    private static Filter host(String host) {
        return new Filter("", host, "", "", "", "", "", Optional.empty(), Optional.empty());
    }

    @Test
    void aWholeBundleIsSoundAndSaysWhatItHas() throws Exception {
        BundleVerification all = verify(bundle(Filter.none()));
        assertEquals(List.of(), all.problems());
        assertEquals(0, all.exitCode());
        assertEquals(7, all.runs());
        assertEquals(all.headers(), all.selected());
        BundleVerification one = verify(bundle(host("web-2")));
        assertEquals(0, one.exitCode());
        assertEquals(1, one.runs());
        assertEquals(6, one.selected(), "the whole run, not only the entries that name the host");
        assertEquals(all.headers(), one.headers(), "every header is there, whatever is meant");
        assertTrue(one.bodies() < all.bodies());
    }

    @Test
    void aPinnedKeyTellsABundleOfAnotherRecord() throws Exception {
        String key = EntryFiles.of(record).origin();
        Path file = bundle(Filter.none());
        assertEquals(0, BundleVerifier.verify(file, Optional.of(key)).exitCode());
        Path mine = record;
        record = RecordedRuns.into(folder.resolve("made-up"));
        Path forged = bundle(host("web-1"));
        assertEquals(0, verify(forged).exitCode(), "made up as a whole, it agrees with itself");
        assertEquals(2, BundleVerifier.verify(forged, Optional.of(key)).exitCode());
        assertTrue(Files.exists(mine));
        assertThrows(
                IllegalArgumentException.class,
                () -> BundleVerifier.verify(file, Optional.of("no key")));
    }

    @Test
    void whatTheFilterMeansCannotBeLeftOut() throws Exception {
        Path file = bundle(host("web-1"));
        Map<String, byte[]> files = files(file);
        int tried = 0;
        for (String name : files.keySet()) {
            if (name.startsWith("body/")) {
                Map<String, byte[]> less = new LinkedHashMap<>(files);
                less.remove(name);
                assertExit(2, less);
                tried++;
            }
        }
        assertTrue(tried > 10, "only " + tried + " contents");
        // A filter that means less, with the contents that it would mean.
        Map<String, byte[]> narrowed = new LinkedHashMap<>(files);
        narrowed.compute("manifest.json", replace("\"web-1\"", "\"web-2\""));
        assertExit(2, narrowed);
        // The headers of one run taken out, the rest numbered as before.
        Map<String, byte[]> fewer = new LinkedHashMap<>(files);
        fewer.compute(
                "headers.jsonl",
                (name, bytes) ->
                        text(bytes)
                                .lines()
                                .filter(line -> !line.contains(RecordedRuns.DENIED))
                                .reduce("", (all, line) -> all + line + "\n")
                                .getBytes(StandardCharsets.UTF_8));
        assertExit(2, fewer);
        Map<String, byte[]> cut = new LinkedHashMap<>(files);
        cut.compute(
                "headers.jsonl",
                (name, bytes) ->
                        (String.join("\n", text(bytes).lines().limit(20).toList()) + "\n")
                                .getBytes(StandardCharsets.UTF_8));
        assertTrue(exit(cut) == 2 || exit(cut) == 3, "exit " + exit(cut));
    }

    @Test
    void everyFileMustBeThereOnceAndNothingElse() throws Exception {
        Map<String, byte[]> files = files(bundle(host("web-2")));
        for (String name :
                List.of("README.txt", "manifest.json", "origin", "checkpoint", "headers.jsonl")) {
            Map<String, byte[]> less = new LinkedHashMap<>(files);
            less.remove(name);
            assertExit(2, less);
        }
        Map<String, byte[]> more = new LinkedHashMap<>(files);
        more.put("body/" + "a".repeat(64), new byte[40]);
        assertExit(2, more);
        Map<String, byte[]> other = new LinkedHashMap<>(files);
        other.put("report.html", new byte[1]);
        assertExit(2, other);
        Path notZip = folder.resolve("no.zip");
        Files.writeString(notZip, "this is no zip file");
        assertEquals(2, verify(notZip).exitCode());
    }

    @Test
    void theNumbersOfTheManifestAreCountedAgain() throws Exception {
        Map<String, byte[]> files = files(bundle(host("web-2")));
        for (String number : List.of("matched", "runs", "entries", "size")) {
            Map<String, byte[]> wrong = new LinkedHashMap<>(files);
            wrong.compute(
                    "manifest.json",
                    (name, bytes) ->
                            text(bytes)
                                    .replaceFirst(
                                            "\"" + number + "\":(\\d+)", "\"" + number + "\":9$1")
                                    .getBytes(StandardCharsets.UTF_8));
            assertFalse(
                    java.util.Arrays.equals(
                            wrong.get("manifest.json"), files.get("manifest.json")));
            assertExit(2, wrong);
        }
    }

    @Test
    void everySeededFlipIsFound() throws Exception {
        Map<String, byte[]> files = files(bundle(host("web-2")));
        Random random = new Random(20261121);
        List<String> names =
                files.keySet().stream().filter(name -> !name.equals("README.txt")).toList();
        int found = 0;
        for (int round = 0; round < 400; round++) {
            String name = names.get(random.nextInt(names.size()));
            byte[] bytes = Objects.requireNonNull(files.get(name)).clone();
            int at = random.nextInt(bytes.length);
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            Map<String, byte[]> flipped = new LinkedHashMap<>(files);
            flipped.put(name, bytes);
            // Who exported, when, and how much was not signed yet are claims, and said to be.
            if (exit(flipped) == 0) {
                assertEquals("manifest.json", name, "a flip at " + at + " of " + name);
                assertEquals(proved(files), proved(flipped), text(bytes));
                continue;
            }
            found++;
        }
        assertTrue(found > 380, "only " + found + " of 400 found");
    }

    @Test
    void aFlipAnywhereInTheFileIsFoundOrChangesNothingThatAnybodySees() throws Exception {
        Path file = bundle(host("web-2"));
        Map<String, byte[]> before = files(file);
        byte[] whole = Files.readAllBytes(file);
        int found = 0;
        int tried = 0;
        for (int at = 0; at < whole.length; at += 23) {
            byte[] bytes = whole.clone();
            bytes[at] ^= 4;
            Path flipped = folder.resolve("flipped.zip");
            Files.write(flipped, bytes);
            tried++;
            if (verify(flipped).exitCode() != 0) {
                found++;
                continue;
            }
            Map<String, byte[]> after = files(flipped);
            assertEquals(before.keySet(), after.keySet(), "at " + at);
            ObjectNode manifest = (ObjectNode) proved(after);
            assertEquals(proved(before), manifest, "at " + at);
            after.remove("manifest.json");
            after.forEach((name, content) ->
                    assertTrue(java.util.Arrays.equals(content, before.get(name)), name));
        }
        assertTrue(tried > 200 && found > tried / 2, found + " of " + tried);
    }

    private static JsonNode proved(Map<String, byte[]> files) throws Exception {
        ObjectNode manifest =
                (ObjectNode)
                        Json.mapper().readTree(Objects.requireNonNull(files.get("manifest.json")));
        manifest.remove(List.of("about", "uncovered"));
        return manifest;
    }

    @Test
    void whatIsErasedIsAbsentByTheRecordsOwnWord() throws Exception {
        try (AuditLog log = AuditLog.open(record, "parley 0.1.0")) {
            log.erase(new parley.safety.record.Erasure(RecordedRuns.READ, "carol", "asked for"));
        }
        BundleVerification found = verify(bundle(host("web-1")));
        assertEquals(List.of(), found.problems());
        assertTrue(found.erased() >= 4, "erased: " + found.erased());
    }

    @Test
    void anAlteredContentMakesNoBundle() throws Exception {
        Path body;
        try (Stream<Path> all = Files.walk(record.resolve("body"))) {
            body = all.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(body);
        bytes[bytes.length - 1] ^= 1;
        Files.write(body, bytes);
        assertThrows(RecordUnavailable.class, () -> bundle(Filter.none()));
    }

    @Test
    void whatIsNotSignedYetIsNotExported() throws Exception {
        Path checkpoints = record.resolve("checkpoints");
        String notes = Files.readString(checkpoints);
        int last = notes.lastIndexOf("\n\n", notes.lastIndexOf("\n\n", notes.length() - 3) - 1);
        Files.writeString(checkpoints, notes.substring(0, last + 2));
        Selection selection = Selection.of(record, Filter.none());
        assertTrue(selection.manifest().path("uncovered").asLong() > 0);
        BundleVerification found = verify(bundle(Filter.none()));
        assertEquals(List.of(), found.problems());
        Files.delete(checkpoints);
        assertThrows(Selection.Unsigned.class, () -> Selection.of(record, Filter.none()));
    }

    @Test
    void timesNarrowTheSameForWriterAndVerifier() throws Exception {
        Instant middle =
                Selection.of(record, Filter.ofRun(RecordedRuns.CHINESE))
                        .entries()
                        .getFirst()
                        .time();
        Filter since =
                new Filter("", "", "", "", "", "", "", Optional.of(middle), Optional.empty());
        Filter until =
                new Filter("", "", "", "", "", "", "", Optional.empty(), Optional.of(middle));
        BundleVerification late = verify(bundle(since));
        BundleVerification early = verify(bundle(until));
        assertEquals(List.of(), late.problems());
        assertEquals(List.of(), early.problems());
        assertEquals(5, late.runs());
        assertEquals(2, early.runs());
    }

    @Test
    void flatFormsHaveOneLineForEachEntryAndNoFormula() throws Exception {
        Selection selection = Selection.of(record, Filter.none());
        for (Flat flat : Flat.values()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            flat.write(selection, out);
            String text = out.toString(StandardCharsets.UTF_8);
            assertFalse(text.contains(RecordedRuns.SECRET));
            if (flat == Flat.CSV) {
                assertFalse(text.contains(",\"="), "a spreadsheet would run it");
                continue;
            }
            assertEquals(selection.count(), text.split("\n").length, flat.name());
            for (String line : text.split("\n")) {
                assertTrue(Json.mapper().readTree(line).isObject(), line);
            }
        }
    }

    private static BiFunction<String, byte[], byte[]> replace(String from, String to) {
        return (name, bytes) -> text(bytes).replace(from, to).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void assertExit(int expected, Map<String, byte[]> files) throws Exception {
        assertEquals(expected, exit(files));
    }

    private int exit(Map<String, byte[]> files) throws Exception {
        Path file = folder.resolve("tampered.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> one : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(one.getKey()));
                zip.write(one.getValue());
                zip.closeEntry();
            }
        }
        return verify(file).exitCode();
    }

    private static Map<String, byte[]> files(Path file) throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
                files.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return files;
    }
}
