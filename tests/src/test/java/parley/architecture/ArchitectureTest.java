package parley.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import parley.console.reach.Executor;
import parley.safety.gate.Gate;
import parley.safety.gate.Permit;
import parley.safety.record.Receipt;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The plan of the house, as rules that fail the build. The compiled classes of each module are
/// read from its own output folder, so a class that squats in another module's package is seen.
class ArchitectureTest {
    private static final List<String> MODULES =
            List.of("tools", "safety-policies", "prompts", "console");
    private static final JavaClasses ALL =
            new ClassFileImporter()
                    .importPaths(MODULES.stream().map(ArchitectureTest::output).toList());

    private static Path output(String module) {
        return Path.of("..", module, "target", "classes");
    }

    @Test
    void everyModuleWasLookedAt() {
        for (String module : MODULES) {
            int seen = new ClassFileImporter().importPath(output(module)).size();
            assertTrue(seen >= 10, module + " has only " + seen + " classes: was it compiled?");
        }
        assertTrue(ALL.size() > 200, "only " + ALL.size() + " classes seen");
    }

    @Test
    void everyPackageLivesInOneModule() {
        Map<String, String> home = new HashMap<>();
        for (String module : MODULES) {
            Set<String> packages = new HashSet<>();
            new ClassFileImporter()
                    .importPath(output(module))
                    .forEach(type -> packages.add(type.getPackageName()));
            for (String name : packages) {
                String other = home.put(name, module);
                assertEquals(
                        null,
                        other,
                        "package " + name + " lives in " + other + " and in " + module);
            }
        }
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("parley.(**)").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void toolsPerformNoInputOrOutput() {
        noClasses()
                .that()
                .resideInAPackage("parley.tools..")
                .should()
                .dependOnClassesThat(
                        named(
                                "java.io files, java.net, ProcessBuilder or Files",
                                type ->
                                        type.getName().equals("java.nio.file.Files")
                                                || type.getName().startsWith("java.io.File")
                                                || isNetwork(type)
                                                || type.getName()
                                                        .equals("java.lang.ProcessBuilder")))
                .because("a tool is a pure value: what it needs is in its captures")
                .check(ALL);
    }

    /// Sockets and look-ups; an address written as numbers, of either kind, is only a value.
    private static boolean isNetwork(JavaClass type) {
        return type.getPackageName().startsWith("java.net")
                && !type.getName().matches("java\\.net\\.Inet[46]?Address");
    }

    @Test
    void promptsAndSafetyNeverMeet() {
        noClasses()
                .that()
                .resideInAPackage("parley.prompts..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("parley.safety..")
                .check(ALL);
        noClasses()
                .that()
                .resideInAPackage("parley.safety..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("parley.prompts..")
                .check(ALL);
    }

    @Test
    void onlyReachUsesTheSshLibraryAndStartsProcesses() {
        noClasses()
                .that()
                .resideOutsideOfPackage("parley.console.reach..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("net.schmizz..", "com.hierynomus..")
                .check(ALL);
        noClasses()
                .that()
                .resideOutsideOfPackage("parley.console.reach..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.ProcessBuilder")
                .because("the executor is the one place where a command runs")
                .check(ALL);
    }

    @Test
    void onlyTheModelPlannerOpensHttp() {
        noClasses()
                .that()
                .resideOutsideOfPackage("parley.prompts.plan.model..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http..", "dev.langchain4j..")
                .check(ALL);
    }

    @Test
    void onlyTheRecordAndTheConsoleTouchFiles() {
        noClasses()
                .that()
                .resideOutsideOfPackages("parley.safety.record..", "parley.console..")
                // a part of the build, which no running Parley calls
                .and()
                .doNotHaveFullyQualifiedName("parley.prompts.plan.embedded.RankerTraining")
                .should()
                .callMethodWhere(
                        named(
                                "writes a file",
                                call ->
                                        call.getTargetOwner()
                                                        .getName()
                                                        .equals("java.nio.file.Files")
                                                && Set.of(
                                                                "write",
                                                                "writeString",
                                                                "newBufferedWriter",
                                                                "newOutputStream",
                                                                "createFile",
                                                                "createDirectory",
                                                                "createDirectories",
                                                                "delete",
                                                                "deleteIfExists",
                                                                "move",
                                                                "copy")
                                                        .contains(call.getName())))
                .check(ALL);
    }

    @Test
    void onlyTheExecutorTakesAPermit() {
        Set<String> takers = new HashSet<>();
        for (JavaClass type : ALL) {
            type.getCodeUnits().stream()
                    .filter(unit ->
                            unit.getRawParameterTypes().stream()
                                    .anyMatch(p -> p.isEquivalentTo(Permit.class)))
                    // A private helper of the way to the executor hands it on; what uses a permit
                    // is `use()`.
                    .forEach(unit -> unit.getOwner());
            type.getMethodCallsFromSelf().stream()
                    .filter(call ->
                            call.getTargetOwner().isEquivalentTo(Permit.class)
                                    && call.getName().equals("use"))
                    .forEach(call -> takers.add(call.getOriginOwner().getName()));
        }
        assertEquals(Set.of(Executor.class.getName()), takers);
    }

    @Test
    void aPermitIsMadeByTheGateAloneAndOnlyAgainstAReceipt() {
        constructors().that().areDeclaredIn(Permit.class).should().bePackagePrivate().check(ALL);
        assertTrue(
                ALL.get(Permit.class).getConstructors().stream()
                        .allMatch(one ->
                                one.getRawParameterTypes().stream()
                                        .anyMatch(p -> p.isEquivalentTo(Receipt.class))),
                "every constructor of a permit takes a receipt");
        classes()
                .that()
                .belongToAnyOf(Permit.class)
                .should()
                .onlyBeAccessed()
                .byClassesThat()
                .resideInAnyPackage(
                        "parley.safety.gate..", "parley.console.turn..", "parley.console.reach..")
                .check(ALL);
        assertEquals(Set.of(Gate.class.getName()), makers(Permit.class));
    }

    @Test
    void aReceiptIsMadeByTheRecordAlone() {
        constructors().that().areDeclaredIn(Receipt.class).should().bePackagePrivate().check(ALL);
        assertTrue(
                makers(Receipt.class).stream()
                        .allMatch(name -> name.startsWith("parley.safety.record.")),
                () -> "receipts are made by " + makers(Receipt.class));
        assertTrue(
                !makers(Receipt.class).isEmpty(),
                "nothing makes a receipt: this looked at nothing");
    }

    private static Set<String> makers(Class<?> made) {
        Set<String> makers = new HashSet<>();
        for (JavaClass type : ALL) {
            type.getConstructorCallsFromSelf().stream()
                    .filter(call -> call.getTargetOwner().isEquivalentTo(made))
                    .forEach(call -> makers.add(call.getOriginOwner().getName()));
        }
        return makers;
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> packages = new HashSet<>();
        ALL.stream()
                .filter(type -> !type.getName().endsWith("package-info"))
                .forEach(type -> packages.add(type.getPackageName()));
        for (String name : packages) {
            boolean marked =
                    ALL.contain(name + ".package-info")
                            && ALL.get(name + ".package-info").isAnnotatedWith(NullMarked.class);
            assertTrue(marked, "package " + name + " needs a package-info.java with @NullMarked");
        }
        assertTrue(packages.size() > 15, "only " + packages.size() + " packages seen");
    }

    @Test
    void onlyTheConsoleSpeaksToStandardStreams() {
        noClasses()
                .that()
                .resideOutsideOfPackage("parley.console..")
                .should()
                .accessField(System.class, "out")
                .check(ALL);
        noClasses()
                .that()
                .resideOutsideOfPackage("parley.console..")
                .should()
                .accessField(System.class, "err")
                .check(ALL);
    }

    @Test
    void nothingUsesTheSerialisationOfJava() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .check(ALL);
        methods()
                .that()
                .haveName("finalize")
                .should()
                .notBePublic()
                .allowEmptyShould(true)
                .check(ALL);
    }

    @Test
    void noSourceFileIsLongerThanTheLimit() throws Exception {
        int seen = 0;
        for (Path file : SourceFiles.java()) {
            seen++;
            long lines;
            try (var all = Files.lines(file)) {
                lines = all.count();
            }
            assertTrue(lines <= 400, file + " has " + lines + " lines; the limit is 400");
        }
        assertTrue(seen > 100, "only " + seen + " source files seen");
    }

    private static <T> DescribedPredicate<T> named(
            String description, java.util.function.Predicate<T> predicate) {
        return DescribedPredicate.describe(description, predicate);
    }
}
