package parley.stories;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The table of faults and what became of them.
final class DiagnosisTable {
    private static final Path KEPT = Path.of("diagnoses.md");
    private static final Path LAST = Path.of("target", "diagnoses.md");
    private static final String HEAD =
            """
            # What diagnoses find

            Written by `tests/run --long -Dtest=DiagnosisStoryTest -Dparley.table=true` from real hosts: each fault is put on a host,
            asked about in English and in Chinese with the embedded planner alone, healed, and asked about again. *Found*: the right
            cause is among the causes in both languages. *Evidence*: the lines that this cause cites show it, and every quote of
            the answer stands where it says. *Clean*: after healing the cause is no longer told. Seconds are those of the whole
            command in English, the start of Java included, on two busy processors. Where another tool than a diagnosis is asked,
            its name stands there.

            | fault | family | diagnosis | found | evidence | clean | calls | seconds |
            |---|---|---|---|---|---|---|---|
            """;

    /// What came of one fault.
    ///
    /// @param note why it was missed, where it was
    record Row(
            Trouble trouble,
            boolean found,
            boolean evidence,
            boolean clean,
            int calls,
            double seconds,
            String note) {
        String line() {
            return "| %s | %s | %s | %s | %s | %s | %d | %.1f |"
                    .formatted(
                            trouble.name(),
                            trouble.family().word(),
                            trouble.symptom(),
                            found ? "yes" : "**no**" + (note.isEmpty() ? "" : ": " + note),
                            found ? evidence ? "yes" : "**no**" : "–",
                            clean ? "yes" : "**no**",
                            calls,
                            seconds);
        }
    }

    private final Map<Integer, Row> rows = new TreeMap<>();

    void add(int number, Row row) {
        rows.put(number, row);
    }

    /// Rows of faults that were not tried this time stay as they were kept.
    void write(List<Trouble> all) throws IOException {
        Map<String, String> kept = kept();
        rows.values().forEach(row -> kept.put(key(row.line()), row.line()));
        StringBuilder text = new StringBuilder(HEAD);
        int tried = 0;
        int found = 0;
        int grounded = 0;
        for (Trouble trouble : all) {
            String line = kept.get(trouble.name() + "|" + trouble.family().word());
            if (line != null) {
                text.append(line).append('\n');
                tried++;
                String[] cells = line.split("\\|");
                boolean isFound = cells[4].strip().equals("yes");
                found += isFound ? 1 : 0;
                grounded += isFound && cells[5].strip().equals("yes") ? 1 : 0;
            }
        }
        text.append(
                "\n%d faults: %d found, %d of them with the right evidence. What people wrote into a log to"
                                .formatted(tried, found, grounded)
                        + " deceive a model\n(log-orders) and a log that only root reads"
                        + " (log-unreadable) are no faults of a host: other stories have them.\n");
        Files.createDirectories(LAST.getParent());
        Files.writeString(LAST, text.toString());
        if (Boolean.getBoolean("parley.table")) {
            Files.writeString(KEPT, text.toString());
        }
    }

    private static Map<String, String> kept() throws IOException {
        Map<String, String> kept = new HashMap<>();
        if (Files.exists(KEPT)) {
            Files.readAllLines(KEPT).stream()
                    .filter(line -> line.startsWith("| "))
                    .forEach(line -> kept.put(key(line), line));
        }
        return kept;
    }

    private static String key(String line) {
        String[] cells = line.split("\\|");
        return cells[1].strip() + "|" + cells[2].strip();
    }
}
