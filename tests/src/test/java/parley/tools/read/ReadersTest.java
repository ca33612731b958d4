package parley.tools.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Finding;
import parley.tools.Unreadable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

class ReadersTest {
    private static List<Capture> printed(String stdout, boolean truncated, int exit) {
        return List.of(
                new Capture(
                        Argv.of("ss", "-n"),
                        exit,
                        stdout,
                        "",
                        stdout.length(),
                        truncated,
                        false,
                        Instant.EPOCH,
                        Duration.ZERO));
    }

    @Test
    void aRefusalNamesTheLine() throws Unreadable {
        Line line = Lines.of(1, printed("a 1\nb x\n", false, 0)).get(1);
        Unreadable refused =
                assertThrows(
                        Unreadable.class, () -> line.match(Pattern.compile("b \\d"), "b number"));
        assertEquals("line 2 of ss: expected b number, found \"b x\"", refused.why().en());
        assertEquals(new Finding.Lines(1, 2, 2), line.at());
        assertThrows(Unreadable.class, () -> line.whole("9223372036854775808"));
        assertThrows(Unreadable.class, () -> line.bytes("9223372036854775807", 1024));
        assertThrows(Unreadable.class, () -> line.bytes("-1", 1));
        assertThrows(Unreadable.class, () -> line.pid("0"));
        assertThrows(Unreadable.class, () -> line.percent("NaN"));
    }

    @Test
    void whatWasCutOffIsRefusedOrLosesItsLastLine() throws Unreadable {
        List<Capture> cut = printed("one\ntwo\nthr", true, 0);
        Unreadable refused = assertThrows(Unreadable.class, () -> Lines.of(1, cut));
        assertTrue(refused.why().en().contains("only the first 262144 were kept"));
        assertEquals(List.of("one", "two"), Lines.whole(1, cut).stream().map(Line::text).toList());
        assertThrows(Unreadable.class, () -> Lines.whole(1, printed("one\n", false, 3)));
    }

    @Test
    void rowsEndWithNul() throws Unreadable {
        List<Line> rows = Lines.rows(1, printed("1\t/a\nb\0" + "2\t/c\0" + "3\t/cut o", false, 0));
        assertEquals(List.of("1\t/a\nb", "2\t/c"), rows.stream().map(Line::text).toList());
        assertEquals(List.of(), Lines.rows(1, printed("no end", false, 0)));
    }

    @Test
    void aTableIsReadByItsHeading() throws Unreadable {
        List<Line> lines =
                Lines.of(1, printed("PID %CPU COMMAND\n 7  0.1 a b\n8 0.2\n9\n", false, 0));
        Table table = Table.below(lines.getFirst(), "PID", "COMMAND");
        assertEquals("a b", table.row(lines.get(1)).text("COMMAND"));
        assertEquals("", table.row(lines.get(2)).text("COMMAND"));
        assertThrows(Unreadable.class, () -> table.row(lines.get(3)));
        assertThrows(Unreadable.class, () -> Table.below(lines.getFirst(), "PID", "USER"));
        assertThrows(IllegalArgumentException.class, () -> table.row(lines.get(1)).text("USER"));
    }

    @Test
    void assignmentsAreUnquotedNeverRun() throws Unreadable {
        String text =
                """
                # a comment

                NAME="Debian \\"12\\" \\$HOME"
                ID=debian
                LIKE='a "b"'
                EMPTY=
                ID=later
                """;
        assertEquals(
                Map.of(
                        "NAME",
                        "Debian \"12\" $HOME",
                        "ID",
                        "later",
                        "LIKE",
                        "a \"b\"",
                        "EMPTY",
                        ""),
                Assignments.of(Lines.of(1, printed(text, false, 0))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ID=$(id)",
                "ID=`id`",
                "ID=a b",
                "ID=\"a",
                "ID=\"a\"b",
                "ID='a",
                "=a",
                "a-b=c",
                "\""
            })
    void whatAShellWouldRunIsRefused(String line) {
        assertThrows(
                Unreadable.class,
                () -> Assignments.of(Lines.of(1, printed(line + "\n", false, 0))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app --password=hunter2 --port 80 | app --password=**** --port 80",
                "app --db-password hunter2 x | app --db-password **** x",
                "app --token: abc | app --token: ****",
                "app API_KEY=abc SECRET_TOKEN=d | app API_KEY=**** SECRET_TOKEN=****",
                "app --passphrase \"two words\" x | app --passphrase **** x",
                "curl -H Authorization: Bearer abc.def x | curl -H Authorization: Bearer **** x",
                "psql postgres://ops:s3cret@db/x | psql postgres://ops:****@db/x",
                "mysql -uroot -phunter2 db | mysql -uroot -p**** db",
                "ssh -p 22 web-1 | ssh -p 22 web-1",
                "nginx: worker process | nginx: worker process",
                "sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups | sshd: /usr/sbin/sshd -D"
                        + " [listener] 0 of 10-100 startups"
            })
    void secretsAreTakenOutOfCommandLines(String command, String shown) {
        assertEquals(shown, Secrets.mask(command));
    }

    @Test
    void maskingALongLineIsQuick() {
        String masked = Secrets.mask("key".repeat(50_000) + "=x " + "password ".repeat(20_000));
        assertTrue(masked.contains(Secrets.MASK));
    }
}
