package parley.safety.record.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.safety.record.AuditLog;
import parley.safety.record.AuditReader;
import parley.safety.record.Entry;
import parley.safety.record.Recorded;
import parley.safety.record.RecordedRuns;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/// The index finds what a plain reading of the whole record finds, and is believed in nothing.
class RecordIndexTest {
    @TempDir Path folder;
    private Path record;
    private Path file;

    @BeforeEach
    void write() throws Exception {
        record = RecordedRuns.into(folder.resolve("record"));
        file = folder.resolve("index.sqlite");
    }

    private Found search(Query query) throws Exception {
        try (RecordIndex index = RecordIndex.open(file, record)) {
            return index.search(query, 1000);
        }
    }

    private List<String> found(String words) throws Exception {
        return search(Query.of(words)).hits().stream()
                .map(hit -> hit.entry().run() + " " + hit.entry().type())
                .toList();
    }

    @Test
    void wordsAreFoundInWhatWasAskedPrintedAndAnswered() throws Exception {
        assertEquals(
                List.of(RecordedRuns.READ + " answer", RecordedRuns.READ + " exec.result"),
                found("postgresql"));
        assertEquals(List.of(RecordedRuns.READ + " request"), found("ANY disk"));
        assertEquals(List.of(RecordedRuns.UNKNOWN + " exec.unknown"), found("connection broke"));
    }

    @Test
    void chineseWordsAreFoundWithoutBlanksAroundThem() throws Exception {
        String request = RecordedRuns.CHINESE + " request";
        assertEquals(List.of(request), found("磁盘"));
        assertEquals(List.of(request), found("磁盘快满了"));
        assertEquals(List.of(RecordedRuns.CHINESE + " answer", request), found("快满"));
        assertEquals(List.of(request), found("吗"), "the last character of a run");
        assertEquals(List.of(request), found("盘"), "one character within a run");
        assertEquals(List.of(), found("盘磁"));
        assertEquals(List.of(request), found("重启 nginx"));
    }

    @Test
    void aNameWithPunctuationIsOnePieceAndAStarGoesOn() throws Exception {
        assertTrue(found("nginx.service").size() >= 5, found("nginx.service").toString());
        assertEquals(found("nginx.service"), found("\"nginx service\""));
        assertEquals(List.of(), found("service.nginx"));
        assertEquals(found("postgresql"), found("postg*"));
        assertEquals(List.of(), found("postg"));
    }

    @Test
    void whatLooksLikeALanguageOfQueriesIsOnlyWords() throws Exception {
        for (String typed :
                List.of("\" OR 1", "NEAR(a b)", "said:disk", "a AND", "'; DROP TABLE words", "*")) {
            Found found = search(Query.of(typed));
            assertEquals(List.of(), found.wrong(), typed);
        }
    }

    @Test
    void aSearchIsNarrowedByWhoWhereWhatAndWhen() throws Exception {
        assertEquals(
                List.of(RecordedRuns.DENIED),
                runs(
                        new Query(
                                Words.of(""),
                                "",
                                "",
                                "",
                                "deny",
                                "",
                                "",
                                "",
                                Optional.empty(),
                                Optional.empty())));
        assertEquals(
                List.of(RecordedRuns.CHINESE),
                runs(
                        new Query(
                                Words.of(""),
                                "carol",
                                "web-2",
                                "disk.usage",
                                "",
                                "",
                                "",
                                "",
                                Optional.empty(),
                                Optional.empty())));
        assertEquals(
                List.of(RecordedRuns.RESTART),
                runs(
                        new Query(
                                Words.of("nginx"),
                                "bob",
                                "",
                                "service.restart",
                                "",
                                "exec.result",
                                "ok",
                                "20261121T0910",
                                Optional.empty(),
                                Optional.empty())));
        Instant now = Instant.now();
        Query past =
                new Query(
                        Words.of("nginx"),
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        Optional.empty(),
                        Optional.of(now.minusSeconds(86_400)));
        assertEquals(List.of(), runs(past));
        Query recent =
                new Query(
                        Words.of("nginx"),
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        Optional.of(now.minusSeconds(86_400)),
                        Optional.of(now.plusSeconds(60)));
        assertEquals(search(Query.of("nginx")).hits().size(), search(recent).hits().size());
    }

    private List<String> runs(Query query) throws Exception {
        return search(query).hits().stream().map(hit -> hit.entry().run()).distinct().toList();
    }

    @Test
    void theNewestComeFirstAndMoreIsSaid() throws Exception {
        try (RecordIndex index = RecordIndex.open(file, record)) {
            Found found = index.search(Query.of("nginx"), 2);
            assertEquals(2, found.hits().size());
            assertTrue(found.more());
            assertTrue(
                    found.hits().get(0).entry().sequence()
                            > found.hits().get(1).entry().sequence());
            assertFalse(index.search(Query.of("nginx"), 1000).more());
        }
    }

    @Test
    void itIsBroughtUpToDateAndMadeAgainWhenItIsGone() throws Exception {
        long all = all().size();
        assertEquals(all, added());
        assertEquals(0, added());
        try (AuditLog log = AuditLog.open(record, "parley 0.1.0")) {
            log.append(Entry.of("request", "r9", "dave"));
        }
        assertEquals(all().size() - all, added());
        assertEquals(
                List.of("r9"),
                runs(
                        new Query(
                                Words.of(""),
                                "dave",
                                "",
                                "",
                                "",
                                "",
                                "",
                                "",
                                Optional.empty(),
                                Optional.empty())));
        Files.delete(file);
        assertEquals(all().size(), added());
    }

    private long added() throws Exception {
        try (RecordIndex index = RecordIndex.open(file, record)) {
            return index.added();
        }
    }

    private List<Recorded> all() {
        try (Stream<Recorded> entries = AuditReader.of(record).entries()) {
            return entries.toList();
        }
    }

    @Test
    void aDamagedIndexAndOneOfAnotherRecordAreMadeAgain() throws Exception {
        List<String> before = found("nginx");
        Files.writeString(file, "this is no database, and long enough to be looked at as one");
        assertEquals(before, found("nginx"));
        record = RecordedRuns.into(folder.resolve("other"));
        assertEquals(all().size(), added());
        assertEquals(before, found("nginx"));
    }

    @Test
    void aRecordThatWasCutBackIsNoticed() throws Exception {
        Path segment = record.resolve("seg/00000000000000.jsonl");
        assertEquals(all().size(), added());
        List<String> lines = Files.readAllLines(segment);
        Files.writeString(segment, String.join("\n", lines.subList(0, 10)) + "\n");
        assertEquals(10, added(), "the whole index was made again");
        assertEquals(List.of(), found("cups"));
    }

    @Test
    void anIndexThatLiesIsFoundOutByTheRecord() throws Exception {
        assertEquals(2, found("postgresql").size());
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "UPDATE entries SET place = (SELECT place FROM entries WHERE seq = 1), length ="
                            + " (SELECT length FROM entries WHERE seq = 1) WHERE seq > 1");
        }
        Found found = search(Query.of("cups"));
        assertEquals(List.of(), found.hits());
        assertFalse(found.wrong().isEmpty());
    }

    @Test
    void wordsOfAnAlteredBodyAreNoHits() throws Exception {
        assertEquals(2, found("postgresql").size());
        String name =
                all().stream()
                        .filter(entry -> entry.run().equals(RecordedRuns.READ))
                        .map(entry -> entry.header().path("bodies").path("answer").path("e"))
                        .filter(hash -> hash.isTextual())
                        .findFirst()
                        .orElseThrow()
                        .asText();
        Path body = record.resolve("body").resolve(name.substring(0, 2)).resolve(name.substring(2));
        byte[] bytes = Files.readAllBytes(body);
        bytes[bytes.length - 1] ^= 1;
        Files.write(body, bytes);
        Found found = search(Query.of("postgresql"));
        assertEquals(1, found.hits().size());
        assertEquals(1, found.wrong().size());
    }

    @Test
    void itFindsExactlyWhatAPlainReadingFinds() throws Exception {
        AuditReader reader = AuditReader.of(record);
        List<String> texts =
                all().stream().map(entry -> EntryText.of(entry, reader).text()).toList();
        Random random = new Random(20261121);
        int compared = 0;
        for (int round = 0; round < 200; round++) {
            String text = texts.get(random.nextInt(texts.size()));
            List<String> tokens = Tokens.sought(text);
            if (tokens.isEmpty()) {
                continue;
            }
            int from = random.nextInt(tokens.size());
            int to = Math.min(tokens.size(), from + 1 + random.nextInt(2));
            String typed = "\"" + String.join(" ", tokens.subList(from, to)) + "\"";
            Words words = Words.of(typed);
            List<Long> expected = new ArrayList<>();
            for (Recorded entry : all().reversed()) {
                if (words.areIn(EntryText.of(entry, reader).text())) {
                    expected.add(entry.sequence());
                }
            }
            Found found =
                    search(
                            new Query(
                                    words,
                                    "",
                                    "",
                                    "",
                                    "",
                                    "",
                                    "",
                                    "",
                                    Optional.empty(),
                                    Optional.empty()));
            assertEquals(
                    expected,
                    found.hits().stream().map(hit -> hit.entry().sequence()).toList(),
                    typed);
            assertEquals(List.of(), found.wrong());
            compared++;
        }
        assertTrue(compared > 150, "only " + compared + " searches compared");
    }
}
