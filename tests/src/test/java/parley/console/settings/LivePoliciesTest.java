package parley.console.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.safety.policy.Policies;
import parley.safety.policy.PolicyError;
import parley.safety.policy.ShippedPolicies;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Policies are those that stand in the files at the moment of the question.
class LivePoliciesTest {
    private static final String FORBID =
            "@id(\"mine\")@en(\"Mine.\")@zh(\"我的。\")forbid(principal, action in"
                    + " Action::\"change\", resource);";

    @TempDir Path home;

    @Test
    void aFileThatIsAddedBrokenMendedOrRemovedCountsFromTheNextQuestionOn() throws Exception {
        Directories directories = new Directories(home, home, home);
        Policies shipped = ShippedPolicies.load(List.of(), PolicyFiles.read(directories));
        List<String> noted = new ArrayList<>();
        LivePolicies live =
                new LivePolicies(
                        directories,
                        List.of(),
                        PolicyFiles.read(directories),
                        shipped,
                        policies -> noted.add(policies.hash()));
        assertEquals(shipped.hash(), live.current().hash());
        Path file = Files.createDirectory(home.resolve("policies")).resolve("mine.cedar");
        Files.writeString(file, FORBID);
        String stricter = live.current().hash();
        assertNotEquals(shipped.hash(), stricter);
        Files.writeString(file, FORBID.replace("change", "chagne"));
        PolicyError broken = assertThrows(PolicyError.class, live::current);
        assertTrue(broken.why().en().contains("mine.cedar:1:"), broken.why().en());
        Files.writeString(file, FORBID.replace("forbid", "permit"));
        PolicyError looser = assertThrows(PolicyError.class, live::current);
        assertTrue(looser.why().en().contains("this file may only forbid"), looser.why().en());
        Files.writeString(file, FORBID);
        assertEquals(stricter, live.current().hash());
        Files.delete(file);
        assertEquals(shipped.hash(), live.current().hash());
        assertEquals(
                List.of(stricter, shipped.hash()), noted, "recorded before they judge anything");
    }

    @Test
    void onAManagedMachineAMissingFolderOfPoliciesPermitsNothing() throws Exception {
        Directories directories = new Directories(home, home, home);
        Path machine = home.resolve("machine");
        assertEquals(List.of(), PolicyFiles.read(directories, machine, false));
        BadSettings missing =
                assertThrows(BadSettings.class, () -> PolicyFiles.read(directories, machine, true));
        assertTrue(missing.why().en().contains("install -d -m 755 " + machine), missing.why().en());
        Files.createDirectory(machine);
        assertEquals(List.of(), PolicyFiles.read(directories, machine, true));
        Files.writeString(machine.resolve("a.cedar"), FORBID);
        assertEquals(1, PolicyFiles.read(directories, machine, true).size());
    }
}
