package parley.tools.catalogue.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Captured;
import parley.tools.Family;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.Support;
import parley.tools.Unreadable;
import parley.tools.value.AbsolutePath;
import parley.tools.value.PackageName;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What rpm alone tells, whichever program manages the packages. What it prints here was printed by
/// rpm 4.18 on a real host.
class RpmReadsTest {
    private static final PackageInfo INFO = new PackageInfo();
    private static final PackageDeps DEPS = new PackageDeps();

    private record Printed(int exit, String text) {}

    private static Platform platform(Family family) {
        return new Platform(family, 252, "other", "1");
    }

    /// All captures of a call whose commands are answered by `host`.
    private static <A extends Record, R extends Record> List<Capture> captures(
            Observation<A, R> tool, A arguments, Family family, Function<Argv, Printed> host) {
        List<Capture> captures = new ArrayList<>();
        while (tool.next(arguments, platform(family), captures) instanceof Next.Run run) {
            assertEquals("rpm", run.argv().program(), () -> "only rpm itself is asked: " + run);
            Printed printed = host.apply(run.argv());
            captures.add(Captured.of(run.argv(), printed.exit(), printed.text(), ""));
        }
        return captures;
    }

    private static PackageInfo.Arguments named(String name) {
        return new PackageInfo.Arguments(Optional.of(new PackageName(name)), Optional.empty());
    }

    @ParameterizedTest
    @EnumSource(names = {"DNF5", "YUM3", "ZYPPER"})
    void anInstalledPackageIsShownAndItsOffersAreUnknown(Family family) throws Unreadable {
        PackageInfo.Arguments arguments = named("bash");
        List<Capture> captures =
                captures(
                        INFO,
                        arguments,
                        family,
                        argv ->
                                new Printed(
                                        0,
                                        "bash|0|5.2.15|2+b13|x86_64|7000000|bash-5.2.15-2.src.rpm|GPLv3+|http://tiswww.case.edu|GNU"
                                            + " Bourne Again SHell\n"));
        Reading<PackageFacts> reading = INFO.read(arguments, platform(family), captures);

        assertEquals(Reading.Status.PARTIAL, reading.status());
        assertEquals("5.2.15-2+b13", reading.value().installed().getFirst().version().value());
        assertEquals(List.of(), reading.value().offers());
        assertTrue(reading.gaps().getFirst().en().contains(family.word()), reading::toString);
        assertEquals(Support.UNTESTED, INFO.card().support(family));
    }

    @ParameterizedTest
    @EnumSource(names = {"DNF5", "YUM3", "ZYPPER"})
    void theOwnerOfAFileIsFound(Family family) throws Unreadable {
        PackageInfo.Arguments arguments =
                new PackageInfo.Arguments(
                        Optional.empty(), Optional.of(new AbsolutePath("/etc/fstab")));
        List<Capture> captures =
                captures(
                        INFO,
                        arguments,
                        family,
                        argv -> new Printed(1, "file /etc/fstab is not owned by any package\n"));

        assertEquals(1, captures.size());
        assertEquals(
                Reading.Status.EMPTY, INFO.read(arguments, platform(family), captures).status());
    }

    @ParameterizedTest
    @EnumSource(names = {"DNF5", "YUM3", "ZYPPER"})
    void whatAPackageNeedsIsWhoeverProvidesItByName(Family family) throws Unreadable {
        PackageDeps.Arguments arguments =
                new PackageDeps.Arguments(
                        new PackageName("tb-client"), Optional.empty(), Optional.empty());
        List<Capture> captures =
                captures(
                        DEPS,
                        arguments,
                        family,
                        argv ->
                                switch (argv.words().get(2)) {
                                    case "--whatprovides" ->
                                            new Printed(
                                                    1,
                                                    "tb-lib|0|1.0|1.tb9|noarch\nno package provides"
                                                            + " tb-api\n");
                                    default ->
                                            argv.words().get(3).startsWith("[")
                                                    ? new Printed(
                                                            0,
                                                            "tb-lib\n"
                                                                    + "tb-api\n"
                                                                    + "(one if two)\n"
                                                                    + "%(id)\n"
                                                                    + "rpmlib(FileDigests)\n")
                                                    : new Printed(
                                                            0, "tb-client|0|1.0|1.tb9|noarch\n");
                                });
        Reading<PackageRelations> reading = DEPS.read(arguments, platform(family), captures);

        // A macro or a condition that a host has written never becomes a word of a command.
        assertEquals(
                List.of("--", "tb-lib", "tb-api"), captures.getLast().argv().words().subList(5, 8));
        assertEquals(8, captures.getLast().argv().words().size());
        assertEquals("tb-lib", reading.value().relations().getFirst().name().value());
        assertEquals("tb-api", reading.value().unmet().getFirst().value());
        assertTrue(reading.gaps().getFirst().en().startsWith("2 of its"), reading::toString);
    }

    @ParameterizedTest
    @EnumSource(names = {"DNF5", "YUM3", "ZYPPER"})
    void whoNeedsAPackageIsAskedByAllThatItProvides(Family family) throws Unreadable {
        PackageDeps.Arguments arguments =
                new PackageDeps.Arguments(
                        new PackageName("tb-lib"),
                        Optional.of(PackageDeps.Direction.REQUIRED_BY),
                        Optional.empty());
        List<Capture> captures =
                captures(
                        DEPS,
                        arguments,
                        family,
                        argv ->
                                switch (argv.words().get(2)) {
                                    case "--whatrequires" ->
                                            new Printed(
                                                    1,
                                                    "tb-client|0|1.0|1.tb9|noarch\n"
                                                            + "no package requires tb-lib-api\n");
                                    default ->
                                            argv.words().get(3).startsWith("[")
                                                    ? new Printed(0, "tb-lib\ntb-lib-api\n")
                                                    : new Printed(0, "tb-lib|0|1.0|1.tb9|noarch\n");
                                });
        Reading<PackageRelations> reading = DEPS.read(arguments, platform(family), captures);

        assertEquals(1, reading.value().relations().size());
        assertEquals("tb-client", reading.value().relations().getFirst().name().value());
        assertEquals(List.of(), reading.value().unmet());
        assertEquals(Reading.Status.PARTIAL, reading.status());
    }

    @ParameterizedTest
    @EnumSource(names = {"DNF5", "YUM3", "ZYPPER"})
    void aPackageThatIsNotThereNeedsNothing(Family family) throws Unreadable {
        PackageDeps.Arguments arguments =
                new PackageDeps.Arguments(
                        new PackageName("gone"), Optional.empty(), Optional.empty());
        List<Capture> captures =
                captures(
                        DEPS,
                        arguments,
                        family,
                        argv -> new Printed(1, "package gone is not installed\n"));

        assertEquals(1, captures.size());
        assertFalse(DEPS.read(arguments, platform(family), captures).value().known());
    }

    @ParameterizedTest
    @EnumSource(names = {"DNF5", "YUM3", "ZYPPER"})
    void packageListsAreLeftToTheManager(Family family) {
        PackageDeps.Arguments arguments =
                new PackageDeps.Arguments(
                        new PackageName("bash"), Optional.empty(), Optional.of(false));

        assertInstanceOf(
                Next.NotSupported.class, DEPS.next(arguments, platform(family), List.of()));
    }
}
