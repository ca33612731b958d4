package parley.safety.record.verify;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import org.junit.jupiter.api.Test;

/// The verifier shares nothing with the writer but the JDK.
final class IndependenceTest {
    @Test
    void theVerifierUsesOnlyItselfTheJdkAndTheTypeOfItsSentences() {
        JavaClasses verifier =
                new ClassFileImporter()
                        .withImportOption(location -> !location.contains("test-classes"))
                        .importPackages("parley.safety.record.verify");
        assertTrue(verifier.size() > 10, verifier.size() + " classes");
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "parley.safety.record.verify",
                        "parley.tools",
                        "java..",
                        "javax.crypto..",
                        "org.jspecify..")
                .check(verifier);
    }
}
