package parley.tools.catalogue.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Captured;
import parley.tools.Family;
import parley.tools.Next;
import parley.tools.Platform;
import parley.tools.Unreadable;
import parley.tools.catalogue.packages.PackagePlan.AdvisorySeverity;
import parley.tools.catalogue.packages.PackagePlan.Arguments;
import parley.tools.catalogue.packages.PackagePlan.Operation;
import parley.tools.value.BadValue;
import parley.tools.value.HostText;
import parley.tools.value.PackageName;
import parley.tools.value.PackageVersion;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

class PackagePlanTest {
    private static final Argv DNF = DnfTable.argv(List.of("install", "tb-tool"));
    private static final String TABLE =
            """
            Last metadata expiration check: 0:01:41 ago on Sat Nov 21 17:18:39 2026.
            Dependencies resolved.
            ================================================================================
             Package           Architecture     Version             Repository         Size
            ================================================================================
            Installing:
             tb-tool           noarch           1.0-1.tb9           testbed           6.0 k
                 replacing  tb-old.noarch 0.9-1.tb9
            Removing dependent packages:
             tb-client         noarch           1.0-1.tb9           @testbed           27 \s

            Transaction Summary
            ================================================================================
            Install  1 Package
            Remove   1 Package

            Total size: 6.0 k
            """;

    private static PackageSolution solution(String version) {
        Solving solving = new Solving(Instant.EPOCH, Optional.empty());
        solving.actions(
                List.of(
                        new PlannedAction(
                                PlannedAction.Operation.INSTALL,
                                new HostText("nginx"),
                                new HostText("amd64"),
                                Optional.empty(),
                                Optional.of(new HostText(version)),
                                Optional.of(new HostText("main")),
                                PlannedAction.Why.REQUESTED,
                                Optional.empty())));
        return solving.solved();
    }

    private static Arguments named(Operation op, String... names) {
        return Arguments.of(op, List.of(names).stream().map(PackageName::new).toList());
    }

    @Test
    void aHostWithAHalfConfiguredPackageStillHasAPlanThatSaysSo() throws Unreadable {
        AptSimulation plan =
                AptSimulation.read(
                        Captured.of(
                                AptSimulation.argv(List.of("remove", "tb-broken")),
                                """
                                Reading package lists...
                                Building dependency tree...
                                Reading state information...
                                The following packages will be REMOVED:
                                  tb-broken
                                0 upgraded, 0 newly installed, 1 to remove and 6 not upgraded.
                                1 not fully installed or removed.
                                Remv tb-broken [2.0]
                                """),
                        new DpkgRows(List.of()));
        assertEquals(
                List.of("tb-broken"), plan.steps().stream().map(AptSimulation.Step::name).toList());
        assertEquals(List.of(new HostText("1 not fully installed or removed.")), plan.notes());
    }

    @Test
    void exitOneOfDnfIsAPlanWhenItSaysAbortedAndARefusalWhenItSaysError() throws Unreadable {
        DnfTable plan = DnfTable.read(Captured.of(DNF, 1, TABLE, "Operation aborted.\n"));
        assertEquals(Optional.empty(), plan.problem());
        assertEquals(
                List.of("tb-tool", "tb-old", "tb-client"),
                plan.rows().stream().map(DnfTable.Row::name).toList());
        assertEquals(
                List.of(
                        PlannedAction.Why.REQUESTED,
                        PlannedAction.Why.REPLACED,
                        PlannedAction.Why.DEPENDENT),
                plan.rows().stream().map(DnfTable.Row::why).toList());

        DnfTable refused =
                DnfTable.read(
                        Captured.of(
                                DNF,
                                1,
                                "",
                                "Error: \n"
                                        + " Problem: conflicting requests\n"
                                        + "  - nothing provides x\n"));
        assertEquals(
                Optional.of(new HostText("Problem: conflicting requests; - nothing provides x")),
                refused.problem());
    }

    @Test
    void exitTwoHundredOfDnfIsBusyAndNeverAPlan() {
        Unreadable busy =
                assertThrows(
                        Unreadable.class, () -> DnfTable.read(Captured.of(DNF, 200, TABLE, "")));
        assertTrue(busy.why().en().contains("busy"), busy.why().en());
    }

    @Test
    void aRowOfDnfThatWasLostIsNoticed() {
        String lost = TABLE.replaceFirst(" tb-client .*\n", "");
        assertThrows(
                Unreadable.class,
                () -> DnfTable.read(Captured.of(DNF, 1, lost, "Operation aborted.\n")));
    }

    @Test
    void aStepOfAptThatWasLostIsNoticed() {
        Capture capture =
                Captured.of(
                        AptSimulation.argv(List.of("remove", "a")),
                        "0 upgraded, 0 newly installed, 2 to remove and 0 not upgraded.\n"
                                + "Remv a [1.0]\n");
        assertThrows(Unreadable.class, () -> AptSimulation.read(capture, new DpkgRows(List.of())));
    }

    @Test
    void theHashIsThatOfTheActionsAndNothingElse() {
        assertEquals(solution("1.0").hash(), solution("1.0").hash());
        assertNotEquals(solution("1.0").hash(), solution("1.1").hash());
        assertEquals(64, solution("1.0").hash().value().length());
    }

    @Test
    void anotherPlanIsADriftThatNamesBothSides() {
        assertEquals(
                Optional.empty(),
                PlanDrift.of(Optional.of(solution("1.0")), Optional.of(solution("1.0"))));
        String drift =
                PlanDrift.of(Optional.of(solution("1.0")), Optional.of(solution("1.1")))
                        .orElseThrow()
                        .en();
        assertTrue(drift.contains("- install nginx 1.0.amd64"), drift);
        assertTrue(drift.contains("+ install nginx 1.1.amd64"), drift);
    }

    @Test
    void severityAndCvesAreNotSupportedOnApt() {
        Arguments arguments =
                new Arguments(
                        Operation.SECURITY,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(AdvisorySeverity.CRITICAL),
                        Optional.empty(),
                        Optional.empty());
        assertInstanceOf(
                Next.NotSupported.class,
                new PackagePlan()
                        .next(arguments, new Platform(Family.APT, 252, "debian", "12"), List.of()));
    }

    @Test
    void argumentsThatDoNotFitAreRefused() {
        assertThrows(BadValue.class, () -> named(Operation.INSTALL));
        assertThrows(BadValue.class, () -> named(Operation.SECURITY, "nginx"));
        assertThrows(
                BadValue.class,
                () ->
                        new PackageInstall.Arguments(
                                List.of(new PackageName("ab"), new PackageName("cd")),
                                Optional.of(new PackageVersion("1.0")),
                                Optional.empty()));
        assertThrows(
                BadValue.class,
                () ->
                        new PackageUpgrade.Arguments(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
    }

    @Test
    void versionsOfDebianAreOrderedAsDpkgOrdersThem() {
        List<String> ascending =
                List.of(
                        "1.0~rc1",
                        "1.0",
                        "1.0-1",
                        "1.0-1+b1",
                        "1.0-10",
                        "1.0a",
                        "1.0+x",
                        "1.2",
                        "1.10",
                        "1:0.1");
        for (int index = 1; index < ascending.size(); index++) {
            String less = ascending.get(index - 1);
            String more = ascending.get(index);
            assertTrue(
                    new AptVersion(less).compareTo(new AptVersion(more)) < 0, less + " < " + more);
        }
    }
}
