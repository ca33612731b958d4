package parley.console.reach;

import java.nio.file.Path;
import java.util.Optional;

/// Asks a person for the passphrase of an encrypted private key.
@FunctionalInterface
public interface Passphrases {
    /// Nobody is there to ask: encrypted keys work through the agent only.
    Passphrases NOBODY = keyFile -> Optional.empty();

    /// The passphrase, which is wiped after use; empty to skip this key.
    Optional<char[]> passphrase(Path keyFile);
}
