package parley.tools;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/// How a change would be taken back, said before it is made.
///
/// @param possible whether that would work as things are now
/// @param how what would be done, or why nothing can be done
/// @param call what takes it back, where a call of the catalogue does
public record Undo(boolean possible, Bilingual how, Optional<Call<?>> call) {
    public Undo {
        requireNonNull(how, "how is null");
        requireNonNull(call, "call is null");
        if (!possible && call.isPresent()) {
            throw new IllegalArgumentException("an impossible undo has a call: " + how.en());
        }
    }

    public static Undo by(Call<?> call, Bilingual how) {
        return new Undo(true, how, Optional.of(call));
    }

    /// It can be taken back, but not by one call of the catalogue.
    public static Undo byHand(Bilingual how) {
        return new Undo(true, how, Optional.empty());
    }

    public static Undo impossible(Bilingual why) {
        return new Undo(false, why, Optional.empty());
    }
}
