package parley.console.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.safety.gate.Step;
import parley.safety.record.AuditReader;
import parley.safety.record.Entry;
import parley.safety.record.Recorded;
import parley.safety.record.Unknowns;
import parley.tools.Call;
import parley.tools.Platform;
import parley.tools.Preview;
import parley.tools.schema.Json;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// An outcome that nobody knows stays open until somebody looked or says what they saw.
class SettlingTest {
    @TempDir Path folder;
    private OwnMachine machine;

    @BeforeEach
    void open() throws Exception {
        machine = new OwnMachine(folder);
    }

    @AfterEach
    void close() {
        machine.close();
    }

    private OpenUnknown unknown(String tool, String host) throws Exception {
        ObjectNode step =
                Json.mapper()
                        .createObjectNode()
                        .put("tool", tool)
                        .put("host", host)
                        .put("purpose", "CALL")
                        .put("why", "the connection broke");
        step.putObject("arguments").put("unit", "demo-web.service");
        machine.log()
                .append(
                        new Entry(
                                Unknowns.UNKNOWN,
                                "unknown",
                                OwnMachine.REQUEST.id(),
                                "alice",
                                step,
                                Map.of()));
        return OpenUnknown.all(machine.log()).getLast();
    }

    private Settling settling() {
        return new Settling(machine.house(), machine.told());
    }

    private List<Recorded> settled() {
        try (Stream<Recorded> entries = AuditReader.of(machine.log().directory()).entries()) {
            return entries.filter(entry -> entry.type().equals(Unknowns.SETTLED)).toList();
        }
    }

    @Test
    void whatAPersonSawClosesIt() throws Exception {
        OpenUnknown unknown = unknown("service.restart", "localhost");

        TurnResult result = settling().seen(unknown, OwnMachine.REQUEST, "it runs: I looked");

        assertEquals(0, result.outcome().exitCode());
        assertEquals(List.of(), OpenUnknown.all(machine.log()));
        Recorded entry = settled().getFirst();
        assertEquals("seen", entry.outcome());
        assertEquals(unknown.number(), entry.header().path("settles").asLong());
    }

    @Test
    void aHostThatIsGoneLeavesItOpenAndSaysWhatToDo() throws Exception {
        OpenUnknown unknown = unknown("service.restart", "gone-1");

        TurnResult result = settling().look(unknown, OwnMachine.REQUEST);

        assertTrue(result.outcome().is(Outcome.Kind.INVALID), result.outcome()::toString);
        assertTrue(result.outcome().says().en().contains("host gone-1"));
        assertTrue(result.outcome().says().en().contains("--saw"));
        assertEquals(1, OpenUnknown.all(machine.log()).size());
        assertEquals(List.of(), settled());
    }

    @Test
    void aToolThatIsGoneLeavesItOpenToo() throws Exception {
        OpenUnknown unknown = unknown("service.frobnicate", "localhost");

        TurnResult result = settling().look(unknown, OwnMachine.REQUEST);

        assertTrue(result.outcome().is(Outcome.Kind.INVALID), result.outcome()::toString);
        assertTrue(result.outcome().says().en().contains("tool service.frobnicate"));
        assertEquals(1, OpenUnknown.all(machine.log()).size());
    }

    @Test
    void thePreviewIsReadAgainFromTheRecordAsItWasRead() throws Exception {
        Call<?> look = OwnMachine.call("mem.usage");
        HostResult seen =
                machine.observer().look(look, OwnMachine.HOST, Step.Purpose.PREVIEW);
        Platform platform = machine.house().platforms().of("localhost").orElseThrow();
        OpenUnknown unknown = unknown("service.restart", "localhost");
        PretendedChange change = new PretendedChange(List.of(look));
        PretendedChange.Arguments arguments = new PretendedChange.Arguments(false);
        Replay replay = new Replay(AuditReader.of(machine.log().directory()), unknown.entry());

        Preview again =
                replay.preview(new Call<>(change, arguments), change, platform, "alice");

        assertEquals(1, again.readings().size());
        assertEquals(
                seen.reading().orElseThrow().value(), again.readings().getFirst().reading().value());
        assertEquals(platform, again.platform());
    }

    @Test
    void aPreviewThatTheRecordDoesNotHoldIsOneThatNobodyHasSeen() throws Exception {
        OpenUnknown unknown = unknown("service.restart", "localhost");
        PretendedChange change =
                new PretendedChange(List.of(OwnMachine.call("mem.usage")));
        Replay replay = new Replay(AuditReader.of(machine.log().directory()), unknown.entry());

        Preview again =
                replay.preview(
                        new Call<>(change, new PretendedChange.Arguments(false)),
                        change,
                        Platform.UNSEEN,
                        "alice");

        assertEquals(List.of(), again.readings());
    }
}
