package parley.safety.record;

import parley.safety.record.verify.Verification;

import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Measures, asserts nothing: latency of appends, rate of verification, time to open.
///
/// Run with a folder on the disk in question as its argument.
final class RecordMeasurement {
    private RecordMeasurement() {}

    public static void main(String[] arguments) throws Exception {
        Path place = Files.createTempDirectory(Path.of(arguments[0]), "record");
        fsync(place.resolve("plain"));
        Path folder = place.resolve("record");
        try (AuditLog log = AuditLog.open(folder, "measurement")) {
            clients(log, 1, 200, Map.of(), "warm-up");
            clients(log, 1, 2000, Map.of(), "1 client");
            clients(log, 8, 500, Map.of(), "8 clients");
            clients(log, 64, 200, Map.of(), "64 clients");
            clients(log, 1, 300, Map.of("stdout", new byte[20_000]), "1 client, one body");
            clients(log, 20, 50, Map.of("stdout", new byte[20_000]), "20 clients, one body");
        }
        Path large = place.resolve("large");
        long start = System.nanoTime();
        try (AuditLog log = AuditLog.open(large, "measurement")) {
            clients(log, 256, 1000, Map.of(), "256 clients");
        }
        for (int run = 0; run < 3; run++) {
            start = processor();
            Verification found = Records.verify(large);
            double seconds = (processor() - start) / 1e9;
            System.out.printf(
                    "verify: %,d entries, %,d checkpoints, %,d bytes, exit %d: %.2f s of one"
                            + " processor, %,.0f/s%n",
                    found.records(),
                    found.checkpoints(),
                    found.bytes(),
                    found.exitCode(),
                    seconds,
                    found.records() / seconds);
        }
        for (int run = 0; run < 3; run++) {
            start = System.nanoTime();
            AuditLog.open(large, "measurement").close();
            System.out.printf(
                    "open: %.0f ms, %d segments%n",
                    (System.nanoTime() - start) / 1e6, Records.files(large.resolve("seg")).size());
        }
    }

    /// Time of this thread on a processor: what others do on the machine does not count.
    private static long processor() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void fsync(Path file) throws Exception {
        long[] took = new long[1000];
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int index = 0; index < took.length; index++) {
                long start = System.nanoTime();
                Durable.write(channel, new byte[950], index * 950L);
                channel.force(false);
                took[index] = System.nanoTime() - start;
            }
        }
        report("bare write and fdatasync", took, Arrays.stream(took).sum());
    }

    private static void clients(
            AuditLog log, int clients, int each, Map<String, byte[]> bodies, String what)
            throws Exception {
        List<Callable<long[]>> work = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            work.add(() -> {
                long[] took = new long[each];
                for (int index = 0; index < each; index++) {
                    long start = System.nanoTime();
                    log.append(Records.entry("request", "r", "x".repeat(500), bodies));
                    took[index] = System.nanoTime() - start;
                }
                return took;
            });
        }
        List<Long> all = new ArrayList<>();
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<long[]> done : threads.invokeAll(work)) {
                Arrays.stream(done.get()).forEach(all::add);
            }
        }
        report(what, all.stream().mapToLong(Long::longValue).toArray(), System.nanoTime() - start);
    }

    private static void report(String what, long[] took, long whole) {
        Arrays.sort(took);
        System.out.printf(
                "%s: %,d appends, p50 %.2f ms, p99 %.2f ms, %,.0f/s%n",
                what,
                took.length,
                took[took.length / 2] / 1e6,
                took[took.length * 99 / 100] / 1e6,
                took.length / (whole / 1e9));
    }
}
