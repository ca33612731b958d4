package parley.safety.gate;

import parley.console.approvals.AllowedSigners;
import parley.console.reach.Signatures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// People with real SSH keys, made by `ssh-keygen`.
public final class Signing {
    private final Path folder;
    private final Path allowed;
    private final Map<String, Set<String>> roles = new HashMap<>();

    public Signing(Path folder) throws IOException {
        this.folder = folder;
        this.allowed = Files.createFile(folder.resolve("allowed_signers"));
    }

    /// Gives `person` a key and these roles.
    public void add(String person, String... roles) throws Exception {
        key(person);
        Files.writeString(
                allowed,
                Files.readString(allowed)
                        + person
                        + " "
                        + Files.readString(folder.resolve(person + ".pub")));
        this.roles.put(person, Set.of(roles));
    }

    /// Makes a key that nobody allowed.
    public Path key(String person) throws Exception {
        Path key = folder.resolve(person);
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", person, "-f", key.toString());
        return key;
    }

    public Signers signers() {
        return new AllowedSigners(
                allowed, person -> new Actor(person, roles.getOrDefault(person, Set.of())));
    }

    public Path allowedSigners() {
        return allowed;
    }

    /// What `person` says to `request`, signed with the key of that name.
    public SignedAnswer answer(SignedAnswer.Statement says, String keyOf, String owner)
            throws Exception {
        return new SignedAnswer(
                says.text(),
                Signatures.sign(folder.resolve(keyOf), SignedAnswer.NAMESPACE, says.text()),
                owner);
    }

    public static int run(String... words) throws Exception {
        Process process = new ProcessBuilder(List.of(words)).inheritIO().start();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new IOException(words[0] + " hangs");
        }
        return process.exitValue();
    }
}
