package parley.safety.record.index;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.tools.schema.Json;

import java.io.BufferedWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Measures, asserts nothing: how long the index of a large record takes to make, and a search to
/// answer, hits checked against the record.
///
/// Run with a folder on the disk in question and the number of entries as its arguments.
final class IndexMeasurement {
    private static final List<String> HOSTS = names("web-", 40);
    private static final List<String> PEOPLE = List.of("alice", "bob", "carol", "陈伟", "mallory");
    private static final List<String> TOOLS =
            List.of("disk.usage", "service.status", "service.restart", "log.journal", "mem.usage");
    private static final List<String> TYPES =
            List.of("request", "policy.decision", "exec.intent", "exec.result", "answer");
    private static final String[] WORDS =
            ("nginx postgresql restart disk full usage error warning connection refused timeout"
                            + " kernel memory swap journal systemd active failed inactive running"
                            + " enabled 磁盘 快满了 重启 服务 内存 不足 日志 错误 连接 超时")
                    .split(" ");
    private static final int ROUNDS = 40;

    private IndexMeasurement() {}

    private static List<String> names(String prefix, int count) {
        return java.util.stream.IntStream.range(0, count).mapToObj(n -> prefix + n).toList();
    }

    public static void main(String[] arguments) throws Exception {
        Path place = Files.createTempDirectory(Path.of(arguments[0]), "index");
        int entries = Integer.parseInt(arguments[1]);
        Path record = place.resolve("record");
        write(record, entries);
        Path file = place.resolve("index.sqlite");
        long start = System.nanoTime();
        long busy = processor();
        RecordIndex.open(file, record).close();
        System.out.printf(
                "built: %,d entries of %,d bytes in %.1f s, of processors %.1f s, index %,d"
                        + " bytes%n",
                entries,
                size(record),
                (System.nanoTime() - start) / 1e9,
                (processor() - busy) / 1e9,
                Files.size(file));
        start = System.nanoTime();
        try (RecordIndex index = RecordIndex.open(file, record)) {
            System.out.printf("opened again in %.1f ms%n", (System.nanoTime() - start) / 1e6);
            for (Map.Entry<String, Query> one : queries().entrySet()) {
                search(index, one.getKey(), one.getValue());
            }
        }
    }

    private static long size(Path record) throws Exception {
        return Files.size(record.resolve("seg/00000000000000.jsonl"));
    }

    private static Map<String, Query> queries() {
        Map<String, Query> queries = new LinkedHashMap<>();
        queries.put("one common word", Query.of("nginx"));
        queries.put("two words", Query.of("nginx timeout"));
        queries.put("phrase", Query.of("\"connection refused\""));
        queries.put("rare word", Query.of("needle777"));
        queries.put("no such word", Query.of("nosuchword"));
        queries.put("prefix", Query.of("postg*"));
        queries.put("Chinese word", Query.of("磁盘"));
        queries.put("Chinese words", Query.of("快满了 重启"));
        queries.put("one Han character", Query.of("盘"));
        queries.put("host", narrowed("", "web-7", "", "", ""));
        queries.put("operator and host", narrowed("carol", "web-7", "", "", ""));
        queries.put("refused", narrowed("", "", "", "deny", ""));
        queries.put("phrase and host", narrowed("", "web-7", "", "", "\"connection refused\""));
        queries.put("words and rare verdict", narrowed("", "", "", "deny", "nginx"));
        queries.put("tool, operator, word", narrowed("bob", "", "service.restart", "", "timeout"));
        queries.put(
                "word in an hour long ago",
                new Query(
                        Words.of("nginx"),
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        Optional.of(BEGIN.plusSeconds(3_600)),
                        Optional.of(BEGIN.plusSeconds(7_200))));
        return queries;
    }

    private static Query narrowed(
            String operator, String host, String tool, String verdict, String words) {
        return new Query(
                Words.of(words),
                operator,
                host,
                tool,
                verdict,
                "",
                "",
                "",
                Optional.empty(),
                Optional.empty());
    }

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private static void search(RecordIndex index, String name, Query query) throws Exception {
        long[] took = new long[ROUNDS];
        long[] busy = new long[ROUNDS];
        int hits = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            long own = thread();
            hits = index.search(query, 50).hits().size();
            took[round] = System.nanoTime() - start;
            busy[round] = thread() - own;
        }
        Arrays.sort(took);
        Arrays.sort(busy);
        System.out.printf(
                Locale.ROOT,
                "%-26s %3d hits  p50 %7.2f ms  p95 %7.2f ms; of a processor p50 %7.2f  p95 %7.2f%n",
                name,
                hits,
                took[ROUNDS / 2] / 1e6,
                took[ROUNDS * 95 / 100] / 1e6,
                busy[ROUNDS / 2] / 1e6,
                busy[ROUNDS * 95 / 100] / 1e6);
    }

    /// What others do on the machine does not count.
    private static long processor() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static long thread() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /// Lines like those of the console, without the links between them: nobody verifies here.
    private static void write(Path record, int entries) throws Exception {
        Files.createDirectories(record.resolve("seg"));
        Files.writeString(record.resolve("origin"), "measurement+00000000+AAAA\n");
        Random random = new Random(1);
        try (BufferedWriter out =
                Files.newBufferedWriter(record.resolve("seg/00000000000000.jsonl"))) {
            for (int sequence = 0; sequence < entries; sequence++) {
                ObjectNode line = Json.mapper().createObjectNode();
                String type = TYPES.get(sequence % TYPES.size());
                line.put("actor", PEOPLE.get(random.nextInt(PEOPLE.size())));
                line.put("host", HOSTS.get(random.nextInt(HOSTS.size())));
                line.put("tool", TOOLS.get(random.nextInt(TOOLS.size())));
                if (type.equals("policy.decision")) {
                    line.put("verdict", random.nextInt(50) == 0 ? "deny" : "allow");
                }
                line.put("type", type).put("outcome", "ok").put("run", "run-" + sequence / 10);
                line.put("seq", sequence).put("ts", BEGIN.plusSeconds(sequence).toString());
                line.put("prev", hash(random)).put("log", "measurement").put("boot", "b");
                line.put("mono", sequence).put("pid", 1).put("v", 1).put("digest", hash(random));
                line.put("why", said(random, sequence));
                out.write(line.toString());
                out.write('\n');
            }
        }
    }

    private static String said(Random random, int sequence) {
        StringBuilder said = new StringBuilder();
        for (int word = 0; word < 60; word++) {
            said.append(WORDS[random.nextInt(WORDS.length)]);
            said.append(random.nextInt(4) == 0 ? random.nextInt(100_000) : "").append(' ');
        }
        return sequence == 777 ? said + "needle777" : said.toString();
    }

    private static String hash(Random random) {
        return String.format(
                Locale.ROOT,
                "%016x%016x%016x%016x",
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong());
    }
}
