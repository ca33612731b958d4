package parley.console.reach;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Signs and checks with OpenSSH's own `ssh-keygen -Y`, so that whatever Parley accepts, anybody
/// can check with OpenSSH alone.
public final class Signatures {
    private static final String PROGRAM = "ssh-keygen";

    /// A key behind a passphrase or a token waits for its person.
    private static final int MOST_SECONDS_TO_SIGN = 120;

    private static final int MOST_SECONDS_TO_CHECK = 10;

    private Signatures() {}

    /// The signature of `message` with a private key, or with a public key whose private half the
    /// agent holds. `ssh-keygen` asks for a passphrase at the terminal itself.
    ///
    /// @throws IOException saying what `ssh-keygen` said, when it gives none
    public static String sign(Path key, String namespace, String message)
            throws IOException, InterruptedException {
        List<String> words =
                List.of(PROGRAM, "-Y", "sign", "-q", "-f", key.toString(), "-n", namespace);
        Finished finished = run(words, message.getBytes(UTF_8), MOST_SECONDS_TO_SIGN);
        if (finished.exit() != 0 || finished.out().isEmpty()) {
            throw new IOException("ssh-keygen gave no signature with " + key);
        }
        return finished.out();
    }

    /// Whether `signature` is over exactly `message`, for this namespace, by a key that
    /// `allowedSigners` gives to `person`. No program, no file or a doubt means no.
    public static boolean isSigned(
            Path allowedSigners, String person, String namespace, String message, String signature)
            throws InterruptedException {
        try {
            Path file = Files.createTempFile("parley-", ".sig");
            try {
                Files.writeString(file, signature);
                List<String> words = new ArrayList<>(List.of(PROGRAM, "-Y", "verify"));
                words.addAll(List.of("-f", allowedSigners.toString(), "-I", person));
                words.addAll(List.of("-n", namespace, "-s", file.toString()));
                return run(words, message.getBytes(UTF_8), MOST_SECONDS_TO_CHECK).exit() == 0;
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException unavailable) {
            return false;
        }
    }

    private record Finished(int exit, String out) {}

    private static Finished run(List<String> words, byte[] input, int seconds)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("parley-", ".out");
        try {
            Process process =
                    new ProcessBuilder(words)
                            .redirectOutput(out.toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input);
            } catch (IOException endedEarly) {
                // Its exit code says what is to be known.
                process.destroy();
            }
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("ssh-keygen took more than " + seconds + " s");
            }
            return new Finished(process.exitValue(), Files.readString(out));
        } finally {
            Files.deleteIfExists(out);
        }
    }

    /// The key a person signs with when none is named: the first of OpenSSH's own names.
    public static Optional<Path> usualKey(Path home) {
        return List.of("id_ed25519", "id_ecdsa", "id_ed25519_sk", "id_ecdsa_sk", "id_rsa").stream()
                .map(name -> home.resolve(".ssh").resolve(name))
                .filter(Files::exists)
                .findFirst();
    }
}
