package parley.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

import parley.console.reach.Quoting;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Hostile words through the shells that a host may have as its login shell: each comes back as it
/// was, and none of them does anything.
final class ShellsTest {
    @TempDir Path folder;

    private List<String> hostile() {
        String canary = folder.resolve("canary").toString();
        return List.of(
                "; touch " + canary,
                "$(touch " + canary + ")",
                "`touch " + canary + "`",
                "' ; touch " + canary + " ; '",
                "\" && touch " + canary + " && \"",
                "\n touch " + canary + "\n",
                "| touch " + canary,
                "> " + canary,
                "${IFS}$HOME $((1+1)) !! !$",
                "-rf --help -- -",
                "* ? [a-z] {a,b} ~ ~root",
                "\\ \\\\ \\' \\\" \\n %n %s",
                "重启 nginx；\u202e \u200b é 🦊",
                "\t\r\u0001\u001b[2J\u0007");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void everyWordComesBackAsItWas(String shell) throws Exception {
        List<String> words = new ArrayList<>(List.of("printf", "%s\\0"));
        words.addAll(hostile());
        List<String> command = new ArrayList<>(List.of(shell.split(" ")));
        if (!there(command.getFirst())) {
            throw new TestAbortedException("no " + command.getFirst() + " on this machine");
        }
        command.addAll(List.of("-c", "exec " + Quoting.quote(words) + " </dev/null"));

        Process process =
                new ProcessBuilder(command)
                        .redirectError(folder.resolve("stderr").toFile())
                        .start();
        String back = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, process.waitFor(), () -> "see " + folder);
        assertEquals(14, hostile().size());
        assertEquals(String.join("\0", hostile()) + "\0", back);
        assertEquals("", Files.readString(folder.resolve("stderr")));
        assertFalse(Files.exists(folder.resolve("canary")), "something ran");
    }

    private static boolean there(String program) {
        return List.of("/bin/", "/usr/bin/").stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder + program)));
    }
}
