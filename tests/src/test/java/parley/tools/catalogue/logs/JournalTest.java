package parley.tools.catalogue.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Captured;
import parley.tools.Family;
import parley.tools.Hostile;
import parley.tools.Next;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.schema.Arguments;
import parley.tools.schema.BadArguments;
import parley.tools.schema.Json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class JournalTest {
    private static final LogJournal TOOL = new LogJournal();
    private static final Platform DEBIAN = new Platform(Family.APT, 252, "debian", "12");

    private static LogJournal.Arguments arguments(String json) {
        try {
            return Arguments.read(LogJournal.Arguments.class, Json.mapper().readTree(json));
        } catch (BadArguments | IOException refused) {
            throw new IllegalArgumentException(refused);
        }
    }

    /// The commands of a call when programs print this.
    private static List<Capture> captures(
            String json, Platform platform, boolean root, String printed) {
        List<Capture> captures = new ArrayList<>();
        while (TOOL.next(arguments(json), platform, captures) instanceof Next.Run run) {
            String text =
                    switch (run.argv().program()) {
                        case "systemctl" -> "Id=ssh.service\nLoadState=loaded\n";
                        case "date" -> "1795269600 +0800 CST\n";
                        case "readlink" -> "/usr/share/zoneinfo/Asia/Shanghai\n";
                        case "id" -> "ops users\n";
                        default -> journal(run.argv().words(), printed);
                    };
            Capture capture = Captured.of(run.argv(), text);
            captures.add(root ? capture : Captured.withoutRoot(capture));
        }
        return captures;
    }

    /// What `journalctl` prints when its entries are these.
    private static String journal(List<String> words, String printed) {
        if (words.contains("--disk-usage")) {
            return "Archived and active journals take up 8.0M in the file system.\n";
        }
        if (words.contains("--list-boots")) {
            return " 0 93142db618214c44aaa7f16d87a131ff Sat 2026-11-21 08:12:16 UTC"
                    + " Sat 2026-11-21 14:15:30 UTC\n";
        }
        return words.contains("--output=cat") ? "6\n3\n6\n" : printed;
    }

    private static List<String> words(String json) {
        return captures(json, DEBIAN, true, "x").stream()
                .map(Capture::argv)
                .filter(argv -> argv.program().equals("journalctl"))
                .map(Argv::words)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> conditions(String json) {
        return words(json).subList(7, words(json).size());
    }

    /// The host's clock says 22:00 in Shanghai.
    @Test
    void timesBecomeExactMomentsOfTheHostsOwnClock() {
        assertEquals(List.of("--since=@1795266000"), conditions("{}"));
        assertEquals(List.of("--since=@1795010400"), conditions("{\"since\":\"3d\"}"));
        assertEquals(List.of("--boot=0"), conditions("{\"since\":\"boot\"}"));
        assertEquals(
                List.of("--since=@1795176000", "--until=@1795190400"),
                conditions("{\"since\":\"yesterday 20:00\",\"until\":\"today\"}"));
        assertEquals(
                List.of("--since=@1795269600"),
                conditions("{\"since\":\"2026-11-21T22:00+08:00\"}"));
        assertEquals(
                List.of("--boot=-1", "--priority=warning"),
                conditions("{\"boot\":-1,\"priority\":\"warning\"}"));
        assertEquals(List.of(), conditions("{\"lines\":50}"));
        assertTrue(words("{\"lines\":50}").contains("--lines=51"));
    }

    @Test
    void aUnitIsAskedForByItsOwnName() {
        assertEquals(
                List.of("--unit=ssh.service", "--since=@1795266000"),
                conditions("{\"unit\":\"sshd\"}"));
    }

    @Test
    void nothingHasFourDifferentReasons() throws Unreadable {
        assertEquals(LogJournal.Answer.NO_ENTRIES, answer("{}", true));
        assertEquals(LogJournal.Answer.NONE_FITS, answer("{\"priority\":\"err\"}", true));
        assertEquals(LogJournal.Answer.NO_PERMISSION, answer("{}", false));
        List<Capture> gone = new ArrayList<>(captures("{\"unit\":\"x\"}", DEBIAN, true, ""));
        int show = 2;
        gone.set(show, Captured.of(gone.get(show).argv(), "Id=x.service\nLoadState=not-found\n"));
        List<Capture> missing = new ArrayList<>(gone.subList(0, show + 1));
        while (TOOL.next(arguments("{\"unit\":\"x\"}"), DEBIAN, missing) instanceof Next.Run run) {
            missing.add(Captured.of(run.argv(), journal(run.argv().words(), "")));
        }
        assertEquals(
                LogJournal.Answer.NO_SUCH_UNIT,
                TOOL.read(arguments("{\"unit\":\"x\"}"), DEBIAN, missing).value().answer());
    }

    private static LogJournal.Answer answer(String json, boolean root) throws Unreadable {
        return TOOL.read(arguments(json), DEBIAN, captures(json, DEBIAN, root, ""))
                .value()
                .answer();
    }

    @Test
    void aTextToFindIsNeverAPattern() {
        assertEquals(
                List.of(
                        "--since=@1795266000",
                        "--case-sensitive=no",
                        "--grep=a\\.\\*\\(b\\)\\\\E中文"),
                conditions("{\"grep\":\"a.*(b)\\\\E中文\"}"));
        assertEquals(
                List.of("--since=@1795266000", "--case-sensitive=no", "--grep=\\-\\-rotate"),
                conditions("{\"grep\":\"--rotate\"}"));
    }

    @Test
    void whatDestroysEvidenceOrNeverEndsIsNeverAmongTheWords() {
        for (String value : Hostile.NAMES) {
            assertEquals(Optional.empty(), Hostile.call("log.journal", "since", value), value);
            assertEquals(Optional.empty(), Hostile.call("log.journal", "priority", value), value);
        }
        for (String word : words("{\"grep\":\"--vacuum-size=1 -f --file=/x\",\"lines\":5}")) {
            assertFalse(
                    List.of("-f", "--follow", "--rotate", "--flush").contains(word)
                            || word.startsWith("--vacuum")
                            || word.startsWith("--file"),
                    word);
        }
    }

    @Test
    void anIdentifierStaysPartOfItsOption() {
        List<String> plain = words("{}");
        int taken = 0;
        for (String value : Hostile.NAMES) {
            if (Hostile.call("log.journal", "identifier", value).isPresent()) {
                List<String> words = new ArrayList<>(words("{\"identifier\":\"" + value + "\"}"));
                assertTrue(words.remove("--identifier=" + value), words::toString);
                assertEquals(plain, words);
                taken++;
            }
        }
        assertTrue(taken > 0, "none was taken, so nothing was shown");
    }

    @Test
    void argumentsThatExcludeEachOtherAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> arguments("{\"until\":\"boot\"}"));
        assertThrows(
                IllegalArgumentException.class,
                () -> arguments("{\"since\":\"boot\",\"boot\":-1}"));
    }

    @Test
    void nothingIsOnlyNothingForWhoMaySeeAll() throws Unreadable {
        for (String printed : List.of("", "-- No entries --\n")) {
            assertEquals(
                    Reading.Status.EMPTY,
                    TOOL.read(arguments("{}"), DEBIAN, captures("{}", DEBIAN, true, printed))
                            .status());
            assertEquals(
                    Reading.Status.PARTIAL,
                    TOOL.read(arguments("{}"), DEBIAN, captures("{}", DEBIAN, false, printed))
                            .status());
        }
    }

    @Test
    void aClosedJournalIsAGapAndNotAnError() throws Unreadable {
        List<Capture> captures = new ArrayList<>(captures("{}", DEBIAN, false, ""));
        for (int index = 0; index < captures.size(); index++) {
            if (captures.get(index).argv().words().contains("--output=json")) {
                captures.set(
                        index,
                        Captured.withoutRoot(
                                Captured.of(
                                        captures.get(index).argv(),
                                        1,
                                        "",
                                        "No journal files were opened due to insufficient"
                                                + " permissions.\n")));
            }
        }
        Reading<LogJournal.Journal> reading = TOOL.read(arguments("{}"), DEBIAN, captures);
        assertEquals(Reading.Status.PARTIAL, reading.status());
        assertEquals(LogJournal.Answer.NO_PERMISSION, reading.value().answer());
    }

    @Test
    void fieldsThatAreBytesSeveralOrTooLongAreRead() throws Unreadable {
        String printed =
                "{\"__REALTIME_TIMESTAMP\":\"1795271890000001\",\"MESSAGE\":null}\n"
                    + "{\"__REALTIME_TIMESTAMP\":\"1795271890000000\",\"PRIORITY\":\"3\",\"MESSAGE\":[[104,105],\"you\"],\"_COMM\":\"x\"}\n"
                    + "{\"__REALTIME_TIMESTAMP\":\"1795271889000000\",\"MESSAGE\":[228,184,173]}\n";
        LogJournal.Journal journal =
                TOOL.read(arguments("{}"), DEBIAN, captures("{}", DEBIAN, true, printed)).value();
        assertEquals(
                List.of("中", "hi\nyou", ""),
                journal.entries().stream().map(entry -> entry.message().value()).toList());
        assertEquals(Optional.of(Priority.ERR), journal.entries().get(1).priority());
    }

    @Test
    void oneEntryMoreThanAskedForMeansThereAreMore() throws Unreadable {
        String entry = "{\"__REALTIME_TIMESTAMP\":\"179527189000000%d\",\"MESSAGE\":\"%d\"}\n";
        String printed = entry.formatted(3, 3) + entry.formatted(2, 2) + entry.formatted(1, 1);
        String json = "{\"lines\":2}";
        LogJournal.Journal journal =
                TOOL.read(arguments(json), DEBIAN, captures(json, DEBIAN, true, printed)).value();
        assertTrue(journal.more());
        assertEquals(
                List.of("2", "3"),
                journal.entries().stream().map(one -> one.message().value()).toList());
    }

    @Test
    void anEntryWithoutTimeOrWithAnUnknownPriorityIsRefused() {
        for (String bad :
                List.of(
                        "{\"MESSAGE\":\"a\"}",
                        "{\"__REALTIME_TIMESTAMP\":\"soon\"}",
                        "{\"__REALTIME_TIMESTAMP\":\"1\",\"PRIORITY\":\"8\"}")) {
            assertThrows(
                    Unreadable.class,
                    () ->
                            TOOL.read(
                                    arguments("{}"),
                                    DEBIAN,
                                    captures("{}", DEBIAN, true, bad + "\n")),
                    bad);
        }
    }

    @Test
    void anOldJournalThatCannotSearchSaysSo() {
        Platform old = new Platform(Family.YUM3, 219, "centos", "7");
        assertTrue(
                TOOL.next(arguments("{\"grep\":\"a\"}"), old, List.of())
                        instanceof Next.NotSupported);
    }
}
