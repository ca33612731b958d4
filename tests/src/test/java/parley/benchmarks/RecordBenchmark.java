package parley.benchmarks;

import parley.safety.record.AuditLog;
import parley.safety.record.Entry;
import parley.safety.record.Inclusion;
import parley.safety.record.verify.AuditVerifier;
import parley.safety.record.verify.InclusionVerifier;
import parley.safety.record.verify.Verification;
import parley.tools.schema.Json;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// Measures the record and, in the same run on the same disk, what it is compared with: a bare
/// write with fdatasync for appends (what durability costs at least), a bare SHA-256 of the same
/// bytes for verification. Asserts nothing; says what the machine was doing.
///
/// `java -cp … parley.benchmarks.RecordBenchmark FOLDER [ENTRIES]`: a folder on the disk in
/// question, and how large the record to verify is (200,000).
public final class RecordBenchmark {
    private static final byte[] NONE = {};

    private RecordBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path place = Files.createTempDirectory(Path.of(arguments[0]), "record-benchmark");
        int entries = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200_000;
        say("load before", "%.1f", load());
        try (AuditLog log = AuditLog.open(place.resolve("record"), "benchmark")) {
            appends(log, 1, 300, NONE);
            Took bare = bare(place.resolve("bare"), 2000);
            Took one = appends(log, 1, 2000, NONE);
            bare.print("bare write and fdatasync, 950 bytes, one thread");
            one.print("durable append of 1 KB, one thread");
            say("ratio to bare, p50 and p99", "%.2f", one.at(50) / bare.at(50));
            say("", "%.2f", one.at(99) / bare.at(99));
            appends(log, 8, 500, NONE).print("8 threads");
            appends(log, 64, 250, NONE).print("64 threads");
            appends(log, 1, 500, new byte[20_000]).print("with a content of 20 kB, one thread");
            calls(log, 300).print("records of one tool call (5 entries, 2 contents, 1 checkpoint)");
        }
        verification(place.resolve("large"), entries);
        say("load after", "%.1f", load());
        remove(place);
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static void say(String what, String form, Object value) {
        System.out.printf("%-75s " + form + "%n", what, value);
    }

    /// How long each of many took, and all together.
    private record Took(List<Long> nanos, long whole) {
        static Took of(List<Long> nanos, long whole) {
            return new Took(nanos.stream().sorted().toList(), whole);
        }

        /// Milliseconds that `percent` of them did not exceed.
        double at(int percent) {
            return nanos.get((nanos.size() - 1) * percent / 100) / 1e6;
        }

        void print(String what) {
            say(
                    what,
                    "%s",
                    "p50 %.2f ms, p95 %.2f ms, p99 %.2f ms, %,.0f/s"
                            .formatted(at(50), at(95), at(99), nanos.size() / (whole / 1e9)));
        }
    }

    private static Took bare(Path file, int count) throws IOException {
        List<Long> took = new ArrayList<>();
        long begin = System.nanoTime();
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int index = 0; index < count; index++) {
                long start = System.nanoTime();
                channel.write(ByteBuffer.wrap(new byte[950]), index * 950L);
                channel.force(false);
                took.add(System.nanoTime() - start);
            }
        }
        return Took.of(took, System.nanoTime() - begin);
    }

    private static Entry entry(String type, byte[] content) {
        return new Entry(
                type,
                "ok",
                "run",
                "alice",
                Json.mapper().createObjectNode().put("text", "x".repeat(500)),
                content.length == 0 ? Map.of() : Map.of("stdout", content));
    }

    private static Took appends(AuditLog log, int threads, int each, byte[] content)
            throws Exception {
        List<Callable<List<Long>>> work = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            work.add(() -> {
                List<Long> took = new ArrayList<>();
                for (int index = 0; index < each; index++) {
                    long start = System.nanoTime();
                    log.append(entry("note", content));
                    took.add(System.nanoTime() - start);
                }
                return took;
            });
        }
        List<Long> all = new ArrayList<>();
        long begin = System.nanoTime();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<List<Long>> done : pool.invokeAll(work)) {
                all.addAll(done.get());
            }
        }
        return Took.of(all, System.nanoTime() - begin);
    }

    /// What a change of one step leaves behind.
    private static Took calls(AuditLog log, int count) throws Exception {
        List<Long> took = new ArrayList<>();
        long begin = System.nanoTime();
        for (int index = 0; index < count; index++) {
            long start = System.nanoTime();
            log.append(entry("policy.decision", NONE));
            log.append(entry("approval.decision", new byte[2_000]));
            log.append(entry("exec.intent", NONE));
            log.checkpoint();
            log.append(entry("exec.result", new byte[5_000]));
            log.append(entry("answer", NONE));
            took.add(System.nanoTime() - start);
        }
        return Took.of(took, System.nanoTime() - begin);
    }

    private static void verification(Path folder, int entries) throws Exception {
        String key;
        try (AuditLog log = AuditLog.open(folder, "benchmark")) {
            key = log.verifierKey();
            appends(log, 256, entries / 256, NONE).print("256 threads, filling");
        }
        for (int run = 0; run < 3; run++) {
            long start = processor();
            long bytes = hash(folder);
            double bare = (processor() - start) / 1e9;
            start = processor();
            Verification found = AuditVerifier.verify(folder, Optional.of(key));
            double seconds = (processor() - start) / 1e9;
            say(
                    "verify, one core",
                    "%s",
                    "%,d entries, exit %d: %.2f s of processor, %,.0f/s, %.0f MB/s; bare SHA-256"
                                    .formatted(
                                            found.records(),
                                            found.exitCode(),
                                            seconds,
                                            found.records() / seconds,
                                            bytes / seconds / 1e6)
                            + " of the same bytes %.2f s, ratio %.1f"
                                    .formatted(bare, seconds / bare));
        }
        Inclusion proof = Inclusion.of(folder, entries / 3).orElseThrow();
        InclusionVerifier.verify(proof.text(), key);
        say(
                "inclusion proof",
                "%s",
                proof.path().size() + " hashes, " + proof.path().size() * 32 + " bytes");
        for (int run = 0; run < 3; run++) {
            long start = System.nanoTime();
            AuditLog.open(folder, "benchmark").close();
            say("open a record of that size", "%.0f ms", (System.nanoTime() - start) / 1e6);
        }
    }

    /// Time of this thread on a processor: what others do on the machine counts less.
    private static long processor() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long hash(Path folder) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[1 << 18];
        long bytes = 0;
        try (Stream<Path> files = Files.list(folder.resolve("seg"))) {
            for (Path file : files.sorted().toList()) {
                try (InputStream input = Files.newInputStream(file)) {
                    for (int got = input.read(buffer); got > 0; got = input.read(buffer)) {
                        sha256.update(buffer, 0, got);
                        bytes += got;
                    }
                }
            }
        }
        if (Arrays.equals(sha256.digest(), buffer)) {
            throw new IllegalStateException("nothing was hashed");
        }
        return bytes;
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> walked = Files.walk(folder)) {
            for (Path path : walked.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(path);
            }
        }
    }
}
