package parley.safety.gate;

import static java.util.Objects.requireNonNull;

import parley.tools.Bilingual;

import java.util.List;

/// The gate's answer for one step. The explanation names the rules that decided, with file and
/// line.
public sealed interface Verdict {
    /// The rules that decided; never empty.
    List<Rule> rules();

    /// A rule of a policy file.
    ///
    /// @param line where it begins, the first line being 1
    /// @param toldToModels whether a model learns that this rule stopped it
    record Rule(String id, String file, int line, Bilingual says, boolean toldToModels) {
        public Rule {
            requireNonNull(id, "id is null");
            requireNonNull(file, "file is null");
            requireNonNull(says, "says is null");
        }
    }

    /// It may run as it is.
    record Allow(List<Rule> rules) implements Verdict {
        public Allow {
            rules = List.copyOf(rules);
        }
    }

    /// A person must say yes.
    record Confirm(List<Rule> rules) implements Verdict {
        public Confirm {
            rules = List.copyOf(rules);
        }
    }

    /// A person must type the words of the change itself.
    record TypedConfirm(List<Rule> rules) implements Verdict {
        public TypedConfirm {
            rules = List.copyOf(rules);
        }
    }

    /// A second person must approve as well.
    record TwoPerson(List<Rule> rules) implements Verdict {
        public TwoPerson {
            rules = List.copyOf(rules);
        }
    }

    /// It must not run.
    record Deny(List<Rule> rules) implements Verdict {
        public Deny {
            rules = List.copyOf(rules);
        }
    }

    /// 0 allow, 1 confirm, 2 typed words, 3 second person, 4 deny.
    default int rung() {
        return switch (this) {
            case Allow ignored -> 0;
            case Confirm ignored -> 1;
            case TypedConfirm ignored -> 2;
            case TwoPerson ignored -> 3;
            case Deny ignored -> 4;
        };
    }
}
