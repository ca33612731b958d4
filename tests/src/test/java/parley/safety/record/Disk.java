package parley.safety.record;

import parley.safety.record.verify.Verification;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/// What a process does on a disk that fails; started by [DiskTest], prints what it met.
final class Disk {
    private Disk() {}

    public static void main(String[] arguments) throws Exception {
        Path place = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "full" -> full(place);
            case "readonly" -> readOnly(place);
            case "broken" -> broken(place);
            case "reserve" -> reserve(place);
            case "after" -> after(place);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void say(String what, Object value) {
        System.out.println(what + "=" + value);
    }

    private static void verify(String when, Path folder) throws IOException {
        Verification found = Records.verify(folder);
        say(when + ".exit", found.exitCode());
        say(when + ".records", found.records());
    }

    /// Appends until refused; returns how many were acknowledged.
    private static int fill(AuditLog log, String when, int most) {
        return fill(log, when, "request", most);
    }

    private static int fill(AuditLog log, String when, String type, int most) {
        for (int count = 0; count < most; count++) {
            try {
                Map<String, byte[]> bodies =
                        count % 3 == 0 ? Map.of("stdout", new byte[3000]) : Map.of();
                log.append(Records.entry(type, "r", "x".repeat(2000), bodies));
            } catch (RecordUnavailable refused) {
                say(when + ".refused", refused.why().en());
                say(when + ".refused.zh", refused.why().zh());
                return count;
            }
        }
        return most;
    }

    private static void full(Path place) throws Exception {
        Path filler = place.resolve("filler");
        Files.write(filler, new byte[400_000]);
        Path folder = place.resolve("record");
        int all = 0;
        try (AuditLog log = AuditLog.open(folder, "p")) {
            all += fill(log, "first", 10_000);
            say("first.acknowledged", all);
            verify("full", folder);
            all += fill(log, "again", "exec.result", 10_000);
            Files.delete(filler);
            all += fill(log, "freed", 20);
            say("acknowledged", all);
        }
        verify("end", folder);
        say("requests", Records.all(folder).stream().filter(e -> e.run().equals("r")).count());
    }

    /// Something was begun; then the disk fills up to the last byte.
    private static void reserve(Path place) throws Exception {
        Path folder = place.resolve("record");
        Rhythm rhythm =
                Rhythm.of(InstantSource.system(), AuditLog.SEGMENT_LIMIT).reserving(128 << 10);
        try (LocalLog log = LocalLog.open(folder, "p", rhythm)) {
            log.append(Records.entry("exec.intent", "r", "begun", Map.of()));
            try (OutputStream filler = Files.newOutputStream(place.resolve("filler"))) {
                while (true) {
                    filler.write(new byte[4096]);
                }
            } catch (IOException full) {
                say("full", full);
            }
            say("left", Files.getFileStore(place).getUsableSpace());
            say("begun", fill(log, "begin", 1));
            byte[] output = new byte[20_000];
            Map<String, byte[]> bodies = Map.of("stdout", output);
            say("end", log.append(Records.entry("exec.result", "r", "0", bodies)).type());
            log.checkpoint();
            log.append(Records.entry("answer", "r", "done", Map.of()));
            Files.delete(place.resolve("filler"));
            say("freed", fill(log, "freed", 1));
        }
        verify("end", folder);
        LocalLog.open(folder, "p", rhythm).close();
        say("again", Files.size(folder.resolve("reserve")));
    }

    /// A later process finds what a disk did not take.
    private static void after(Path place) throws Exception {
        Path folder = place.resolve("record");
        try (AuditLog log = AuditLog.open(folder, "later")) {
            say("later", fill(log, "later", 3));
        }
        verify("after", folder);
        for (Recorded entry : Records.all(folder)) {
            if (entry.type().equals("log.gap")) {
                say("gap", entry.header().path("file").asText());
                say("why", entry.header().path("why").asText());
                say("place", entry.place());
            }
        }
        say("segments", Records.files(folder.resolve("seg")).size());
        say("mark", Files.exists(folder.resolve("gap")));
    }

    private static void readOnly(Path place) throws Exception {
        Path folder = place.resolve("record");
        try (AuditLog log = AuditLog.open(folder, "p")) {
            say("acknowledged", fill(log, "before", 5));
        }
        Process remount =
                new ProcessBuilder("mount", "-o", "remount,ro", place.toString())
                        .inheritIO()
                        .start();
        say("remount", remount.waitFor());
        try (AuditLog log = AuditLog.open(folder, "p")) {
            say("opened", log.directory());
        } catch (RecordUnavailable refused) {
            say("reopen.refused", refused.why().en());
        }
        verify("end", folder);
    }

    private static void broken(Path place) throws Exception {
        Path folder = place.resolve("record");
        try (AuditLog log = AuditLog.open(folder, "p")) {
            say("acknowledged", fill(log, "first", 50));
            say("later", fill(log, "second", 50));
            say("again", fill(log, "third", 50));
        }
        say("requests", Records.all(folder).stream().filter(e -> e.run().equals("r")).count());
    }
}
