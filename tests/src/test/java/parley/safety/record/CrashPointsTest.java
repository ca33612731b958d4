package parley.safety.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A writer is killed at, or given an error by, single system calls that change the disk, from the
/// first folder on; each time the record must go on and hold all that was acknowledged.
///
/// Every third call of each kind; all of them with `-Dparley.exhaustive=true`.
final class CrashPointsTest {
    private static final List<String> CALLS =
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
    private static final int ENTRIES = 6;
    private static final int MOST = 40;

    @TempDir Path temporary;

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
        sweep("signal=SIGKILL", false, 25);
    }

    @Test
    void aKillWhileARecordGoesOnLosesNothing() throws Exception {
        sweep("signal=SIGKILL", true, 18);
    }

    @Test
    void anErrorWhileARecordIsBegunLosesNothing() throws Exception {
        sweep("error=EIO", false, 25);
    }

    @Test
    void anErrorWhileARecordGoesOnLosesNothing() throws Exception {
        sweep("error=EIO", true, 18);
    }

    /// @param least how many calls there must be at least, for the sweep to mean something
    private void sweep(String fault, boolean begun, int least) throws Exception {
        int met = 0;
        for (String call : CALLS) {
            int count = 0;
            // strace counts the calls of each kind in each thread.
            while (hits(call, fault, count + 1, begun)) {
                count++;
                assertTrue(count < MOST, "the sweep does not reach the end of " + call);
            }
            met += count;
        }
        System.out.printf(
                "%s, record %s: %d runs over about %d calls, %d acknowledged and kept%n",
                fault, begun ? "going on" : "begun", runs, met, acknowledged);
        assertTrue(met >= least, met + " calls met");
    }

    /// @return whether there is such a call
    private boolean hits(String call, String fault, int number, boolean begun) throws Exception {
        boolean exhaustive = Boolean.getBoolean("parley.exhaustive");
        if (!exhaustive && number % 3 != 1) {
            return true; // told apart at the next one
        }
        runs++;
        Path folder = temporary.resolve("record-" + call + number);
        if (begun) {
            AuditLog.open(folder, "before").close();
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
        words.addAll(
                Children.java(
                        Writing.class, folder.toString(), "w", Integer.toString(ENTRIES), "60000"));
        List<String> printed =
                Children.run(words, output).stream()
                        .filter(line -> line.matches("\\d+ w \\d+"))
                        .toList();
        check(folder, printed, call + " " + number + " " + fault);
        // A killed strace leaves its trace unwritten.
        return printed.size() < ENTRIES || Files.readString(trace).contains("INJECTED");
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
