package parley.tools.catalogue.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import parley.tools.Bilingual;
import parley.tools.Change.Proof;
import parley.tools.Observed;
import parley.tools.Platform;
import parley.tools.Preview;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.catalogue.logs.JournalEntry;
import parley.tools.catalogue.logs.Priority;
import parley.tools.catalogue.services.ServiceRestart.Mode;
import parley.tools.value.HostText;
import parley.tools.value.UnitName;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Before and after a restart, and what that proves.
class RestartProofTest {
    private record Row(
            String name,
            Mode mode,
            UnitStatus before,
            UnitStatus after,
            boolean succeeded,
            String says) {}

    private static final String[] FAILED = {
        "ActiveState=failed",
        "SubState=failed",
        "Result=exit-code",
        "ExecMainCode=1",
        "ExecMainStatus=203",
        "MainPID=0",
        "InactiveEnterTimestamp=@1795272000"
    };
    private static final String[] ONESHOT_DONE = {
        "Type=oneshot", "ActiveState=inactive", "SubState=dead", "MainPID=0"
    };

    @TestFactory
    Stream<DynamicTest> everyPairOfReadingsHasItsOutcome() throws Unreadable {
        UnitStatus running = Units.before();
        UnitStatus stopped =
                Units.before(
                        "ActiveState=inactive",
                        "SubState=dead",
                        "MainPID=0",
                        "ActiveEnterTimestampMonotonic=0");
        List<Row> rows =
                List.of(
                        new Row(
                                "a new process",
                                Mode.RESTART,
                                running,
                                Units.after(),
                                true,
                                "nginx.service was restarted and is stable: active (running),"
                                        + " unchanged for 10 s, main process 57 → 812"),
                        new Row(
                                "started from nothing",
                                Mode.RESTART,
                                stopped,
                                Units.after(),
                                true,
                                "nginx.service was restarted and is stable: active (running),"
                                        + " unchanged for 10 s, main process 812"),
                        new Row(
                                "it needed several starts",
                                Mode.RESTART,
                                running,
                                Units.after("NRestarts=2"),
                                true,
                                "systemd had to restart it 2 times first"),
                        new Row(
                                "the same process",
                                Mode.RESTART,
                                running,
                                Units.after("MainPID=57"),
                                false,
                                "(main process 57): it was not restarted"),
                        new Row(
                                "the same run",
                                Mode.RESTART,
                                running,
                                Units.after("ActiveEnterTimestampMonotonic=5000000"),
                                false,
                                "it was not restarted"),
                        new Row(
                                "not stable",
                                Mode.RESTART,
                                running,
                                Units.unstable(),
                                false,
                                "is not stable: active/running, 5 restarts while watched"),
                        new Row(
                                "not watched",
                                Mode.RESTART,
                                running,
                                Units.before(
                                        "MainPID=812", "ActiveEnterTimestampMonotonic=9000000"),
                                false,
                                "is not stable"),
                        new Row(
                                "failed",
                                Mode.RESTART,
                                running,
                                Units.after(FAILED),
                                false,
                                "nginx.service failed: exit status 203 (exec failed: the program is"
                                        + " missing, not executable, or of another architecture)"),
                        new Row(
                                "killed",
                                Mode.RESTART,
                                running,
                                Units.after(
                                        "ActiveState=failed",
                                        "Result=signal",
                                        "ExecMainCode=2",
                                        "ExecMainStatus=9"),
                                false,
                                "failed: killed by signal 9/KILL"),
                        new Row(
                                "a helper failed",
                                Mode.RESTART,
                                running,
                                Units.after("ActiveState=failed", "Result=exit-code"),
                                false,
                                "a command around its main process failed"),
                        new Row(
                                "too often",
                                Mode.RESTART,
                                running,
                                Units.after("ActiveState=failed", "Result=start-limit-hit"),
                                false,
                                "start-limit-hit"),
                        new Row(
                                "between two starts",
                                Mode.RESTART,
                                running,
                                Units.after(
                                        "ActiveState=activating",
                                        "SubState=auto-restart",
                                        "Result=exit-code",
                                        "ExecMainCode=1",
                                        "ExecMainStatus=1"),
                                false,
                                "does not stay up"),
                        new Row(
                                "still starting",
                                Mode.RESTART,
                                running,
                                Units.after("ActiveState=activating", "SubState=start"),
                                false,
                                "is still starting"),
                        new Row(
                                "gone quietly",
                                Mode.RESTART,
                                running,
                                Units.after("ActiveState=inactive", "SubState=dead"),
                                false,
                                "is not running"),
                        new Row(
                                "up with a bad result",
                                Mode.RESTART,
                                running,
                                Units.after("Result=watchdog"),
                                false,
                                "watchdog"),
                        new Row(
                                "definition gone",
                                Mode.RESTART,
                                running,
                                Units.after("LoadState=not-found"),
                                false,
                                "can no longer be loaded: not-found"),
                        new Row(
                                "work done",
                                Mode.RESTART,
                                stopped,
                                Units.after(ONESHOT_DONE),
                                true,
                                "nginx.service ran again and ended with success"),
                        new Row(
                                "work not done again",
                                Mode.RESTART,
                                stopped,
                                Units.before(ONESHOT_DONE),
                                false,
                                "is not running"),
                        new Row(
                                "reloaded",
                                Mode.RELOAD,
                                running,
                                Units.after(
                                        "MainPID=57",
                                        "InvocationID=aa",
                                        "ActiveEnterTimestampMonotonic=5000000"),
                                true,
                                "nginx.service reloaded and is stable"),
                        new Row(
                                "reload refused",
                                Mode.RELOAD,
                                running,
                                Units.after("ReloadResult=exit-code"),
                                false,
                                "failed to reload: exit-code"),
                        new Row(
                                "reload did nothing",
                                Mode.RELOAD,
                                running,
                                Units.after("StateChangeTimestampMonotonic=5000000"),
                                false,
                                "it did not reload"),
                        new Row(
                                "either, by reload",
                                Mode.RELOAD_OR_RESTART,
                                running,
                                Units.after("ActiveEnterTimestampMonotonic=5000000"),
                                true,
                                "reloaded and is stable"),
                        new Row(
                                "either, by restart",
                                Mode.RELOAD_OR_RESTART,
                                running,
                                Units.after(),
                                true,
                                "was restarted and is stable"));
        return rows.stream().map(row -> DynamicTest.dynamicTest(row.name(), () -> check(row)));
    }

    private static void check(Row row) {
        Proof proof = RestartProof.of(row.mode(), Optional.of(row.before()), row.after());
        assertTrue(
                proof.statement().en().contains(row.says()),
                () -> "expected \"" + row.says() + "\" in " + proof);
        assertEquals(row.succeeded(), proof.succeeded(), () -> proof.toString());
    }

    @Test
    void withoutAReadingBeforeNothingIsProven() throws Unreadable {
        assertEquals(
                false, RestartProof.of(Mode.RESTART, Optional.empty(), Units.after()).succeeded());
    }

    @Test
    void aFailureQuotesWhatTheServiceSaidItself() throws Unreadable {
        List<JournalEntry> logs =
                List.of(
                        said("2026-11-21T14:00:00Z", Priority.ERR, "nginx", "an old story"),
                        said("2026-11-21T14:40:01Z", Priority.INFO, "nginx", "starting"),
                        said("2026-11-21T14:40:02Z", Priority.ERR, "nginx", "port 80 is in use"),
                        said("2026-11-21T14:40:03Z", Priority.INFO, "nginx", "bye"),
                        said("2026-11-21T14:40:04Z", Priority.ERR, "systemd", "Failed to start"));
        Bilingual statement =
                RestartProof.of(
                                Mode.RESTART,
                                Optional.of(Units.before()),
                                Units.after(logs, FAILED))
                        .statement();
        assertTrue(
                statement
                        .en()
                        .contains("; its log says: port 80 is in use; look at its definition"),
                statement::en);
        assertTrue(statement.zh().contains("；其日志：port 80 is in use；可查看其定义"), statement::zh);
    }

    private static JournalEntry said(
            String time, Priority priority, String identifier, String message) {
        return new JournalEntry(
                Instant.parse(time),
                Optional.of(priority),
                Optional.empty(),
                new HostText(identifier),
                Optional.empty(),
                new HostText(message),
                1,
                1);
    }

    @Test
    void aCheckThatReadSomethingElseProvesNothing() throws Unreadable {
        ServiceRestart restart = new ServiceRestart();
        ServiceRestart.Arguments arguments =
                new ServiceRestart.Arguments(new UnitName("nginx"), Optional.empty());
        Preview preview = Preview.unseen(Platform.UNSEEN, "tester");
        Observed other =
                new Observed(
                        restart.checks(arguments, preview).getFirst(),
                        Reading.ok(new ServiceRestart.Accepted(arguments.unit(), Mode.RESTART)));
        assertEquals(false, restart.proof(arguments, preview, List.of(other)).succeeded());
    }
}
