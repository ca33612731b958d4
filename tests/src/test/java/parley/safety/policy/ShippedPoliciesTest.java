package parley.safety.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.tools.Tool;
import parley.tools.catalogue.Catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

final class ShippedPoliciesTest {
    private static final Path FOLDER = Path.of("../safety-policies/policies");

    @Test
    void everyFileOfTheFolderIsLoadedAndNoOther() throws IOException {
        TreeSet<String> inFolder = new TreeSet<>();
        try (var files = Files.list(FOLDER)) {
            files.filter(Files::isRegularFile)
                    .map(file -> "policies/" + file.getFileName())
                    .filter(file -> !file.endsWith(".md"))
                    .forEach(inFolder::add);
        }
        TreeSet<String> shipped = new TreeSet<>();
        ShippedPolicies.files().forEach(file -> shipped.add(file.name()));
        ShippedPolicies.tests().forEach(file -> shipped.add(file.name()));
        shipped.add(ShippedPolicies.declarations().name());
        assertEquals(inFolder, shipped);
    }

    @Test
    void theyAreValidForTheRealCatalogue() throws PolicyError {
        Policies policies =
                ShippedPolicies.load(
                        Catalogue.standard().all().stream().map(Tool::card).toList(), List.of());
        assertTrue(policies.rules().size() >= 20, () -> "looked at " + policies.rules().size());
    }
}
