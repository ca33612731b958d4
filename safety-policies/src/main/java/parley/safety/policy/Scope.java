package parley.safety.policy;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.HashSet;
import java.util.Set;

/// What stands between a policy's parentheses: whom, which action and which host it is about.
///
/// Cedar looks at the scope first. Where it does not match, the conditions are not even evaluated:
/// the policy neither decides nor errs. So whatever cannot match may be left out of a question, and
/// nothing else may.
record Scope(Part person, Part action, Part host) {
    /// One of the three. What is not understood matches everything.
    ///
    /// @param names any of them will do
    /// @param type what it must be an instance of; empty for anything
    record Part(Kind kind, Set<Name> names, String type) {
        enum Kind {
            ANYTHING,
            IS_ONE_OF,
            IS_IN_ONE_OF
        }

        private static final Part ANYTHING = new Part(Kind.ANYTHING, Set.of(), "");

        static Part of(JsonNode constraint) {
            return switch (constraint.path("op").asText()) {
                case "==" -> named(Kind.IS_ONE_OF, constraint, "");
                case "in" -> named(Kind.IS_IN_ONE_OF, constraint, "");
                case "is" -> {
                    String type = constraint.path("entity_type").asText();
                    yield constraint.has("in")
                            ? named(Kind.IS_IN_ONE_OF, constraint.path("in"), type)
                            : new Part(Kind.ANYTHING, Set.of(), type);
                }
                default -> ANYTHING;
            };
        }

        private static Part named(Kind kind, JsonNode constraint, String type) {
            Set<Name> names = new HashSet<>();
            if (constraint.has("entity")) {
                names.add(Name.of(constraint.path("entity")));
            } else if (constraint.has("entities")) {
                constraint.path("entities").forEach(entity -> names.add(Name.of(entity)));
            } else {
                return new Part(Kind.ANYTHING, Set.of(), type);
            }
            return new Part(kind, Set.copyOf(names), type);
        }

        /// @param above what it is in, itself among them
        boolean mayMatch(Name self, Set<Name> above) {
            return (type.isEmpty() || type.equals(self.type()))
                    && switch (kind) {
                        case ANYTHING -> true;
                        case IS_ONE_OF -> names.contains(self);
                        case IS_IN_ONE_OF -> names.stream().anyMatch(above::contains);
                    };
        }
    }

    /// @param policy as Cedar writes it in JSON
    static Scope of(JsonNode policy) {
        return new Scope(
                Part.of(policy.path("principal")),
                Part.of(policy.path("action")),
                Part.of(policy.path("resource")));
    }
}
