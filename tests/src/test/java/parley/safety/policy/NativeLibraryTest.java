package parley.safety.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The policy engine's native library in a machine of its own: there, missing, or not a library.
final class NativeLibraryTest {
    static final int LOADED = 40;
    static final int REFUSED = 41;

    /// Loads the shipped policies and says by its exit code how that went.
    public static final class Loader {
        private Loader() {}

        public static void main(String[] arguments) {
            int exit;
            try {
                ShippedPolicies.load(List.of(), List.of());
                exit = LOADED;
            } catch (PolicyError refused) {
                boolean saysWhatToDo =
                        refused.why().en().contains("CEDAR_JAVA_FFI_LIB")
                                && refused.why().zh().contains("CEDAR_JAVA_FFI_LIB");
                exit = saysWhatToDo ? REFUSED : 1;
            }
            Runtime.getRuntime().halt(exit);
        }
    }

    private static int load(String library) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Loader.class.getName());
        builder.environment().put("CEDAR_JAVA_FFI_LIB", library);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS));
        return process.exitValue();
    }

    @Test
    void aMissingOrBrokenLibraryIsARefusalThatSaysWhatToDo(@TempDir Path folder) throws Exception {
        Path text = Files.writeString(folder.resolve("lib.so"), "not a library");
        assertEquals(REFUSED, load(folder.resolve("missing.so").toString()));
        assertEquals(REFUSED, load(text.toString()));
        assertEquals(LOADED, load(""), "from the jar itself");
    }
}
