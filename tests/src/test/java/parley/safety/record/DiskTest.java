package parley.safety.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Real disks that fail: full, read-only, and with an error at fsync.
final class DiskTest {
    @TempDir Path temporary;

    /// Runs [Disk] on a file system of 1 MiB that only it sees.
    private Map<String, String> onSmallDisk(String what) throws Exception {
        return onSmallDisk(what, 1);
    }

    private Map<String, String> onSmallDisk(String what, int megabytes) throws Exception {
        if (!Children.available("unshare", "-m", "true")) {
            System.err.println("SKIPPED, NOT TESTED: " + what + " disk (needs root, for unshare)");
            abort("needs root, for unshare -m");
        }
        Path place = Files.createDirectory(temporary.resolve("small"));
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "unshare",
                                "-m",
                                "sh",
                                "-ec",
                                "mount -t tmpfs -o size="
                                        + megabytes
                                        + "m tmpfs \"$0\"; exec \"$@\"",
                                place.toString()));
        words.addAll(Children.java(Disk.class, what, place.toString()));
        return said(Children.run(words, temporary.resolve("output")));
    }

    private static Map<String, String> said(List<String> lines) {
        Map<String, String> said = new HashMap<>();
        for (String line : lines) {
            int equals = line.indexOf('=');
            assertTrue(equals > 0, () -> String.join("\n", lines));
            said.put(line.substring(0, equals), line.substring(equals + 1));
        }
        System.out.println(said);
        return said;
    }

    @Test
    void aFullDiskRefusesAndLosesNothingAndGoesOnWhenThereIsSpace() throws Exception {
        Map<String, String> said = onSmallDisk("full");
        assertTrue(String.valueOf(said.get("first.refused")).contains("disk"), said::toString);
        assertTrue(String.valueOf(said.get("first.refused")).contains("full"), said::toString);
        assertTrue(String.valueOf(said.get("again.refused")).contains("is full"), said::toString);
        assertTrue(String.valueOf(said.get("again.refused.zh")).contains("已满"), said::toString);
        assertTrue(Integer.parseInt(said.get("first.acknowledged")) > 20, said::toString);
        assertTrue(List.of("0", "4").contains(said.get("full.exit")), said::toString);
        assertEquals(said.get("acknowledged"), said.get("requests"));
        assertEquals("0", said.get("end.exit"));
    }

    @Test
    void onAFullDiskWhatWasBegunIsRecordedToItsEndAndNothingBegins() throws Exception {
        Map<String, String> said = onSmallDisk("reserve", 4);
        assertEquals("0", said.get("left"), said::toString);
        assertEquals("0", said.get("begun"));
        assertTrue(String.valueOf(said.get("begin.refused")).contains("nearly full"));
        assertTrue(String.valueOf(said.get("begin.refused.zh")).contains("即将写满"));
        assertEquals("exec.result", said.get("end"));
        assertEquals("1", said.get("freed"));
        assertEquals("0", said.get("end.exit"));
        assertEquals(Integer.toString(128 << 10), said.get("again"), "set aside again");
    }

    @Test
    void aReadOnlyDiskRefusesWithTheReason() throws Exception {
        Map<String, String> said = onSmallDisk("readonly");
        assertEquals("5", said.get("acknowledged"));
        assertEquals("0", said.get("remount"));
        assertTrue(
                String.valueOf(said.get("reopen.refused")).contains("read-only"), said::toString);
        assertEquals("6", said.get("end.records"));
        assertEquals("0", said.get("end.exit"));
    }

    @Test
    void afterAFailedFsyncNothingIsAppendedOrForcedOutAgain() throws Exception {
        if (!Children.available("strace", "-f", "-e", "trace=fdatasync", "true")) {
            System.err.println("SKIPPED, NOT TESTED: failing fsync (needs strace and ptrace)");
            abort("needs strace");
        }
        Path trace = temporary.resolve("trace");
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "strace",
                                "-f",
                                "--seccomp-bpf",
                                "-o",
                                trace.toString(),
                                "-e",
                                "trace=fdatasync",
                                "-e",
                                "inject=fdatasync:error=EIO:when=12"));
        words.addAll(Children.java(Disk.class, "broken", temporary.toString()));
        Map<String, String> said = said(Children.run(words, temporary.resolve("output")));
        // Counted in each thread: the opening forces twice in its own, then each append once.
        assertEquals("11", said.get("acknowledged"));
        assertEquals("0", said.get("later"));
        assertEquals("0", said.get("again"));
        assertEquals("11", said.get("requests"));
        assertTrue(
                String.valueOf(said.get("first.refused")).contains("reported an error"),
                said::toString);
        assertEquals(said.get("first.refused"), said.get("third.refused"));
        long forced =
                Files.readAllLines(trace).stream().filter(l -> l.contains("fdatasync(")).count();
        assertEquals(2 + 12, forced, "the failed one is the last");
        Map<String, String> after =
                said(
                        Children.run(
                                Children.java(Disk.class, "after", temporary.toString()),
                                temporary.resolve("after")));
        assertEquals("3", after.get("later"));
        assertEquals("0", after.get("after.exit"));
        assertEquals("seg/00000000000000.jsonl", after.get("gap"));
        assertEquals("Input/output error", after.get("why"));
        assertEquals("2", after.get("segments"), "the abandoned one is not continued");
        assertTrue(!String.valueOf(after.get("place")).startsWith("seg/00000000000000"));
        assertEquals("false", after.get("mark"));
    }
}
