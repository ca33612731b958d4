package parley.safety.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The cases in which a well-known system's verifier said "fine" and was wrong, and the test of
/// each: none can go without being missed here.
final class TamperCorpusTest {
    private static final String HERE = "parley.safety.record.";
    private static final String GATE = "parley.safety.gate.";

    private static final Map<Integer, List<String>> CASES =
            Map.ofEntries(
                    // An unsealed file passes with a key (journald).
                    Map.entry(
                            1,
                            List.of(
                                    HERE
                                            + "TamperCasesTest#aRecordWithoutCheckpointsIsNeverSound")),
                    // Truncated and continued (journald).
                    Map.entry(
                            2,
                            List.of(
                                    HERE
                                            + "TamperCasesTest#aWriterRefusesToContinueARecordThatWasCut",
                                    HERE
                                            + "AnchorTest#theLogAndItsNewestCheckpointsDeletedTogetherAreFound")),
                    // The old part signed anew with a new key (journald).
                    Map.entry(
                            3,
                            List.of(
                                    HERE
                                            + "TamperCasesTest#aRecordSignedAnewWithAnotherKeyIsFound")),
                    // Verified while it is written (journald).
                    Map.entry(4, List.of(HERE + "TamperCasesTest#aRecordVerifiesWhileItIsWritten")),
                    // The clock jumps both ways (journald).
                    Map.entry(5, List.of(HERE + "TamperCasesTest#clockJumpsDoNotMatter")),
                    // A body edited under an intact header (immudb).
                    Map.entry(
                            6,
                            List.of(
                                    HERE
                                            + "TamperCasesTest#anEditedBodyUnderAnIntactHeaderIsFound")),
                    // Two consecutive checkpoints or segments deleted (CloudTrail).
                    Map.entry(
                            7,
                            List.of(
                                    HERE
                                            + "TamperSweepTest#everyRemovedCheckpointAndEveryTwoOfThemAreFound",
                                    HERE
                                            + "TamperSweepTest#everyRemovedSegmentAndEveryTwoOfThemAreFound")),
                    // A moved copy, offline (CloudTrail).
                    Map.entry(
                            8,
                            List.of(
                                    HERE
                                            + "TamperCasesTest#aCopyElsewhereVerifiesWithoutKeyAndLock")),
                    // A truncated log beside intact checkpoints (aileron).
                    Map.entry(
                            9,
                            List.of(
                                    HERE
                                            + "TamperSweepTest#aLogCutAtAnyEntryUnderIntactCheckpointsIsTruncated")),
                    // Duplicate keys, 1.0 for 1, invalid UTF-8.
                    Map.entry(
                            10,
                            List.of(
                                    HERE
                                            + "TamperCasesTest#otherSpellingsOfTheSameValueAreRefusedEvenWhenSigned",
                                    HERE + "verify.VectorsTest#everyOtherSpellingIsRefused")),
                    // Every field, one by one (agent-governance-toolkit).
                    Map.entry(
                            11, List.of(HERE + "TamperCasesTest#everyFieldOfEveryEntryIsCovered")),
                    // Two writers (loong).
                    Map.entry(
                            12,
                            List.of(
                                    HERE
                                            + "ProcessesTest#twoWritersShareARecordWithoutLossOrLongWaits")),
                    // Escapes, markup and orders.
                    Map.entry(
                            13,
                            List.of(
                                    HERE
                                            + "HostileRecordTest#whateverStandsInATextItStaysOneLineAndReadsBackAsItWas",
                                    HERE
                                            + "HostileRecordTest#whatAVerifierSaysOfItHarmsNoTerminal")),
                    // A command run outside the tool.
                    Map.entry(
                            14,
                            List.of(
                                    HERE
                                            + "story.ReconciliationTest#whatSomebodyElseDidThereIsNotInTheRecord")),
                    // The log and its newest checkpoint deleted together.
                    Map.entry(
                            15,
                            List.of(
                                    HERE
                                            + "AnchorTest#theLogAndItsNewestCheckpointsDeletedTogetherAreFound")),
                    // Rebuilt from the beginning with a new key.
                    Map.entry(
                            16,
                            List.of(
                                    HERE
                                            + "TamperCasesTest#aRecordRebuiltFromTheBeginningIsFoundByWhoPinnedTheKey")),
                    // An approval used twice, too late, or for something else.
                    Map.entry(
                            17,
                            List.of(
                                    GATE + "PermitTest#anApprovedStepRunsOnce",
                                    GATE + "PermitTest#everySwapAfterApprovalIsRefused",
                                    GATE + "SecondPersonTest#aGrantIsToBeUsedSoon")),
                    // Pruned or erased without an entry.
                    Map.entry(
                            18,
                            List.of(
                                    HERE
                                            + "PruningTest#aBeginningThatWentWithoutAnEntryIsFoundAndNothingIsAppended",
                                    HERE + "PruningTest#whatGoesBeyondWhatTheEntrySaysIsFound",
                                    HERE + "ErasureTest#aKeyDestroyedWithoutAnEntryIsFound")));

    @Test
    void everyCaseHasItsTest() throws Exception {
        int seen = 0;
        for (Map.Entry<Integer, List<String>> entry : new TreeMap<>(CASES).entrySet()) {
            for (String named : entry.getValue()) {
                String[] parts = named.split("#", 2);
                boolean there =
                        Arrays.stream(Class.forName(parts[0]).getDeclaredMethods())
                                .anyMatch(method ->
                                        method.getName().equals(parts[1])
                                                && method.isAnnotationPresent(Test.class));
                assertTrue(there, "T" + entry.getKey() + ": " + named);
                seen++;
            }
        }
        assertEquals(18, CASES.size());
        assertTrue(seen >= 20, seen + " tests");
    }
}
