package parley.safety.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A writer is killed at, or given an error by, single system calls: those that change the disk,
/// from the first folder on, and all others on the files of the record. Each time it says why it
/// refuses, or goes on; and the record must go on and hold all that was acknowledged.
///
/// Every third call of each kind (of the others every fifth); all with `-Dparley.exhaustive=true`.
final class CrashPointsTest {
    private static final List<String> CHANGES =
            List.of(
                    "mkdir",
                    "pwrite64",
                    "fsync",
                    "fdatasync",
                    "rename",
                    "link",
                    "unlink",
                    "ftruncate",
                    "chmod");

    /// What opens, closes, locks, asks and reads: the JVM needs them, too, so only those on files
    /// of the record are met.
    private static final List<String> OTHERS =
            List.of(
                    "openat",
                    "close",
                    "read",
                    "pread64",
                    "fcntl",
                    "lseek",
                    "fstat",
                    "statx",
                    "newfstatat",
                    "access",
                    "statfs",
                    "getdents64");

    private static final int ENTRIES = 6;
    private static final int MOST = 120;

    @TempDir Path temporary;

    private final Map<String, Integer> ends = new TreeMap<>();
    private int acknowledged;
    private int runs;

    @BeforeEach
    void needsStrace() {
        if (!Children.available("strace", "-f", "-e", "trace=fsync", "true")) {
            System.err.println("SKIPPED, NOT TESTED: crash points (needs strace and ptrace)");
            abort("needs strace");
        }
    }

    @Test
    void aKillWhileARecordIsBegunLosesNothing() throws Exception {
        sweep(CHANGES, "signal=SIGKILL", false, 25);
    }

    @Test
    void aKillWhileARecordGoesOnLosesNothing() throws Exception {
        sweep(CHANGES, "signal=SIGKILL", true, 18);
    }

    @Test
    void anErrorWhileARecordIsBegunLosesNothing() throws Exception {
        sweep(CHANGES, "error=EIO", false, 25);
    }

    @Test
    void anErrorWhileARecordGoesOnLosesNothing() throws Exception {
        sweep(CHANGES, "error=EIO", true, 18);
    }

    @Test
    void anErrorOfAnyOtherCallWhileARecordIsBegunLosesNothing() throws Exception {
        sweep(OTHERS, "error=EIO", false, 60);
    }

    @Test
    void anErrorOfAnyOtherCallWhileARecordGoesOnLosesNothing() throws Exception {
        sweep(OTHERS, "error=EIO", true, 60);
    }

    @Test
    void noKeyIsMadeAnewBecauseTheDiskFailsToSayThatThereIsOne() throws Exception {
        Path folder = temporary.resolve("record");
        try (AuditLog log = AuditLog.open(folder, "before")) {
            log.append(Records.entry("request", "w", "before", Map.of("b", new byte[9])));
        }
        Layout layout = new Layout(folder);
        int injected = 0;
        for (Path key : List.of(layout.wrappingKey(), layout.redactionKey(), layout.signingKey())) {
            byte[] bytes = Files.readAllBytes(key);
            for (int number = 1; number <= 4; number++) {
                Path trace = temporary.resolve("trace");
                String asking = "access,faccessat2,newfstatat,statx";
                List<String> words =
                        new ArrayList<>(List.of("strace", "-f", "-o", trace.toString()));
                words.addAll(List.of("-P", key.toString(), "-e", "trace=" + asking));
                words.addAll(List.of("-e", "inject=" + asking + ":error=EIO:when=" + number));
                words.addAll(Children.java(Writing.class, folder.toString(), "w", "2", "60000"));
                Children.run(words, temporary.resolve("output"));
                injected += Files.readString(trace).contains("INJECTED") ? 1 : 0;
                assertArrayEquals(bytes, Files.readAllBytes(key), key + " " + number);
            }
        }
        assertTrue(injected >= 4, injected + " calls met");
        assertEquals(List.of(), Records.verify(folder).problems());
    }

    /// @param least how many calls there must be at least, for the sweep to mean something
    private void sweep(List<String> calls, String fault, boolean begun, int least)
            throws Exception {
        int met = 0;
        int step = Boolean.getBoolean("parley.exhaustive") ? 1 : calls.equals(CHANGES) ? 3 : 5;
        Map<String, Integer> byCall = new TreeMap<>();
        for (String call : calls) {
            // strace counts the calls of each kind in each thread.
            int number = 1;
            while (hits(call, fault, number, begun)) {
                number += step;
                assertTrue(number < MOST, "the sweep does not reach the end of " + call);
            }
            met += number - 1;
            byCall.put(call, number - 1);
        }
        System.out.printf(
                "%s, record %s: %d runs over about %d calls %s, %d acknowledged and kept, ends"
                        + " %s%n",
                fault, begun ? "going on" : "begun", runs, met, byCall, acknowledged, ends);
        assertTrue(met >= least, met + " calls met");
    }

    /// @return whether there is such a call
    private boolean hits(String call, String fault, int number, boolean begun) throws Exception {
        runs++;
        Path folder = temporary.resolve("record-" + call + number);
        if (begun) {
            try (AuditLog log = AuditLog.open(folder, "before")) {
                log.append(Records.entry("request", "w", "before", Map.of("b", new byte[9])));
            }
        }
        Path trace = temporary.resolve("trace");
        Path output = temporary.resolve("output");
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "strace",
                                "-f",
                                "-o",
                                trace.toString(),
                                "-e",
                                "trace=" + call,
                                "-e",
                                "inject=" + call + ":" + fault + ":when=" + number));
        if (OTHERS.contains(call)) {
            for (Path path : paths(folder)) {
                words.add("-P");
                words.add(path.toString());
            }
        }
        words.addAll(
                Children.java(
                        Writing.class, folder.toString(), "w", Integer.toString(ENTRIES), "60000"));
        List<String> all = Children.run(words, output);
        List<String> printed = all.stream().filter(line -> line.matches("\\d+ w \\d+")).toList();
        String when = call + " " + number + " " + fault;
        if (fault.startsWith("error")) {
            stated(all, printed.size(), when);
        }
        check(folder, printed, when);
        // A killed strace leaves its trace unwritten.
        return printed.size() < ENTRIES || Files.readString(trace).contains("INJECTED");
    }

    /// Every entry was acknowledged, or it was said why not: no other way to end.
    private void stated(List<String> all, int acknowledgedHere, String when) {
        String reason =
                all.stream()
                        .filter(line -> line.startsWith("Exception in thread"))
                        .findFirst()
                        .orElse("");
        boolean refused = reason.contains(RecordUnavailable.class.getName());
        assertTrue(
                refused || (reason.isEmpty() && acknowledgedHere == ENTRIES),
                () -> when + "\n" + String.join("\n", all));
        ends.merge(refused ? "refused" : "survived", 1, Integer::sum);
    }

    /// What there is, and what will be.
    private static Set<Path> paths(Path folder) throws IOException {
        Layout layout = new Layout(folder);
        Set<Path> paths =
                new TreeSet<>(
                        Set.of(
                                folder,
                                layout.origin(),
                                layout.segments(),
                                layout.segment(0),
                                layout.checkpoints(),
                                layout.bodies(),
                                layout.keys(),
                                layout.signingKey(),
                                layout.wrappingKey(),
                                layout.redactionKey(),
                                layout.runKeys(),
                                layout.runKey("w"),
                                layout.lock(),
                                layout.gap(),
                                layout.reserve()));
        if (Files.exists(folder)) {
            try (Stream<Path> walked = Files.walk(folder)) {
                walked.forEach(paths::add);
            }
        }
        return paths;
    }

    private void check(Path folder, List<String> printed, String when) throws Exception {
        try (AuditLog log = AuditLog.open(folder, "after")) {
            log.append(Records.entry("request", "after"));
        }
        assertEquals(List.of(), Records.verify(folder).problems(), when);
        List<Recorded> kept = Records.all(folder);
        for (String line : printed) {
            String[] parts = line.split(" ", 2);
            Recorded entry = kept.get(Integer.parseInt(parts[0]));
            assertEquals(parts[1], entry.header().path("text").asText(), when);
        }
        acknowledged += printed.size();
    }
}
