package parley.tools.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.tools.Argv;
import parley.tools.Captured;
import parley.tools.Unreadable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

class KeyValuesTest {
    private static final Argv SHOW = Argv.of("systemctl", "show");

    private static List<KeyValues> blocks(String text) throws Unreadable {
        return KeyValues.blocks(Captured.of(SHOW, text));
    }

    @Test
    void blocksArePartedByBlankLinesAndKnowTheirLines() throws Unreadable {
        List<KeyValues> blocks = blocks("Id=a.service\nNRestarts=3\n\nNRestarts=0\nId=b.service\n");
        assertEquals(2, blocks.size());
        assertEquals("b.service", blocks.getLast().text("Id"));
        assertEquals(5, blocks.getLast().line("Id"));
        assertEquals(Optional.of(3L), blocks.getFirst().number("NRestarts"));
    }

    @Test
    void aValueMayHoldEqualsSigns() throws Unreadable {
        assertEquals("a=b=c", blocks("Description=a=b=c\n").getFirst().text("Description"));
    }

    @Test
    void whatIsNotKnownIsNotANumber() throws Unreadable {
        KeyValues block =
                blocks("A=[not set]\nB=infinity\nC=\nD=18446744073709551615\n").getFirst();
        for (String key : List.of("A", "B", "C", "D", "missing")) {
            assertEquals(Optional.empty(), block.number(key), key);
        }
    }

    @Test
    void aLineWithoutKeyIsRefusedByItsNumber() {
        Unreadable refused = assertThrows(Unreadable.class, () -> blocks("Id=a\nwhat is this\n"));
        assertTrue(refused.why().en().startsWith("line 2 of systemctl: expected KEY=value"));
    }

    @Test
    void aKeyThatStandsTwiceIsRefused() {
        assertThrows(Unreadable.class, () -> blocks("Id=a\nId=b\n"));
    }

    @Test
    void aRequiredKeyThatIsMissingIsRefused() throws Unreadable {
        KeyValues block = blocks("Id=a\n").getFirst();
        assertThrows(Unreadable.class, () -> block.text("LoadState"));
        assertThrows(Unreadable.class, () -> blocks("X=maybe\n").getFirst().yes("X"));
        assertThrows(Unreadable.class, () -> blocks("X=many\n").getFirst().number("X"));
    }

    @Test
    void onlyWantsExactlyOneWholeBlock() {
        assertThrows(Unreadable.class, () -> KeyValues.only(Captured.of(SHOW, "")));
        assertThrows(Unreadable.class, () -> KeyValues.only(Captured.of(SHOW, "Id=a\n\nId=b\n")));
        assertThrows(
                Unreadable.class,
                () -> KeyValues.only(Captured.cut(Captured.of(SHOW, "Id=a\nLoadSt"))));
    }

    @Test
    void timesAreReadInBothForms() throws Unreadable {
        KeyValues block =
                blocks(
                                "A=@1795271890\nB=Sat 2026-11-21 14:38:10 UTC\nC=\nD=n/a\n"
                                        + "E=Sat 2026-11-21 22:38:10 CST\n")
                        .getFirst();
        Optional<Instant> moment = Optional.of(Instant.parse("2026-11-21T14:38:10Z"));
        assertEquals(moment, HostTime.ofSystemd(block, "A"));
        assertEquals(moment, HostTime.ofSystemd(block, "B"));
        assertEquals(Optional.empty(), HostTime.ofSystemd(block, "C"));
        assertEquals(Optional.empty(), HostTime.ofSystemd(block, "D"));
        assertEquals(Optional.empty(), HostTime.ofSystemd(block, "E"));
    }

    @Test
    void aTimeThatIsNoneIsRefused() throws Unreadable {
        KeyValues block = blocks("A=@soon\n").getFirst();
        assertThrows(Unreadable.class, () -> HostTime.ofSystemd(block, "A"));
    }
}
