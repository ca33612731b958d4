package parley.console.approvals;

import parley.console.reach.Signatures;
import parley.safety.gate.Actor;
import parley.safety.gate.SignedAnswer;
import parley.safety.gate.Signers;

import java.nio.file.Path;
import java.util.function.Function;

/// Signers as OpenSSH knows them: an `allowed_signers` file says whose key is whose.
///
/// @param roles which roles a person has now
public record AllowedSigners(Path file, Function<String, Actor> roles) implements Signers {
    @Override
    public boolean signed(String person, String statement, String signature) {
        try {
            return Signatures.isSigned(file, person, SignedAnswer.NAMESPACE, statement, signature);
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public Actor person(String id) {
        return roles.apply(id);
    }
}
