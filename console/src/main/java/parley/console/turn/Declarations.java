package parley.console.turn;

import static java.util.Objects.requireNonNull;

/// What the person declared for the changes to come: a ticket, an emergency, an override of a
/// freeze. Holds until it is changed or the console is left.
public final class Declarations {
    /// What is declared at one moment.
    ///
    /// @param ticket empty for none
    /// @param breakGlass why there is an emergency; empty when there is none
    /// @param freezeOverride why something must change in spite of a freeze; empty when nothing
    ///   must
    public record Declared(String ticket, String breakGlass, String freezeOverride) {
        public static final Declared NOTHING = new Declared("", "", "");

        private static final int MOST_CHARACTERS = 400;

        public Declared {
            for (String text : new String[] {ticket, breakGlass, freezeOverride}) {
                if (requireNonNull(text, "text is null").length() > MOST_CHARACTERS) {
                    throw new IllegalArgumentException(
                            "a reason or ticket has at most " + MOST_CHARACTERS + " characters");
                }
            }
        }

        /// Whether something was declared that must be reviewed later.
        public boolean extraordinary() {
            return !breakGlass.isEmpty() || !freezeOverride.isEmpty();
        }
    }

    private volatile Declared current;

    public Declarations(Declared declared) {
        this.current = requireNonNull(declared, "declared is null");
    }

    public Declared current() {
        return current;
    }

    public void declare(Declared declared) {
        current = requireNonNull(declared, "declared is null");
    }
}
