package parley.safety.policy;

import com.cedarpolicy.model.policy.Policy;
import com.fasterxml.jackson.databind.JsonNode;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What can be said about a policy without asking it anything.
///
/// @param reads the circumstances it may look at; empty where it takes all of them in its hand
/// @param liftedBy evidence any one of which makes this forbid fall away, while nothing else in it
///   looks at evidence; empty where that cannot be said
record Shape(
        Policy policy,
        boolean permits,
        Scope scope,
        Optional<Set<String>> reads,
        Optional<Set<String>> liftedBy) {
    private static final String EVIDENCE = "evidence";

    /// @param json the policy as Cedar writes it
    static Shape of(Policy policy, JsonNode json) {
        Set<String> reads = new TreeSet<>();
        boolean known = reads(json.path("conditions"), reads);
        return new Shape(
                policy,
                json.path("effect").asText().equals("permit"),
                Scope.of(json),
                known ? Optional.of(Set.copyOf(reads)) : Optional.empty(),
                liftedBy(json));
    }

    /// Collects the attributes of `context`, and says whether these are all: where `context` itself
    /// is compared or handed on, anything may be looked at.
    private static boolean reads(JsonNode node, Set<String> found) {
        Optional<String> attribute = attributeOfContext(node);
        if (attribute.isPresent()) {
            found.add(attribute.get());
            return true;
        }
        if (isContext(node)) {
            return false;
        }
        boolean known = true;
        for (JsonNode child : node) {
            known &= reads(child, found);
        }
        return known;
    }

    private static boolean isContext(JsonNode node) {
        return node.path("Var").asText().equals("context");
    }

    private static Optional<String> attributeOfContext(JsonNode node) {
        for (String operator : Set.of(".", "has")) {
            JsonNode access = node.path(operator);
            if (node.size() == 1
                    && access.size() == 2
                    && isContext(access.path("left"))
                    && access.path("attr").isTextual()) {
                return Optional.of(access.path("attr").textValue());
            }
        }
        return Optional.empty();
    }

    /// A forbid's evidence stands alone or between `||` in an `unless`: with it, that condition is
    /// true, and the forbid does not hold. Without any, a policy is the same at every rung.
    private static Optional<Set<String>> liftedBy(JsonNode policy) {
        Set<String> lifting = new HashSet<>();
        for (JsonNode condition : policy.path("conditions")) {
            boolean unless = condition.path("kind").asText().equals("unless");
            if (unless && policy.path("effect").asText().equals("forbid")) {
                if (!alternatives(condition.path("body"), lifting)) {
                    return Optional.empty();
                }
            } else if (looksAtEvidence(condition)) {
                return Optional.empty();
            }
        }
        return Optional.of(Set.copyOf(lifting));
    }

    private static boolean alternatives(JsonNode body, Set<String> lifting) {
        JsonNode or = body.path("||");
        if (body.size() == 1 && or.size() == 2) {
            return alternatives(or.path("left"), lifting)
                    && alternatives(or.path("right"), lifting);
        }
        JsonNode access = body.path(".");
        boolean alone =
                body.size() == 1
                        && access.path("attr").isTextual()
                        && access.path("left").has(".")
                        && attributeOfContext(access.path("left")).equals(Optional.of(EVIDENCE));
        if (alone) {
            lifting.add(access.path("attr").textValue());
        }
        return alone || !looksAtEvidence(body);
    }

    private static boolean looksAtEvidence(JsonNode node) {
        Set<String> found = new HashSet<>();
        return !reads(node, found) || found.contains(EVIDENCE);
    }

    /// The same of a policy with another id.
    Shape of(Policy other) {
        return new Shape(other, permits, scope, reads, liftedBy);
    }

    String id() {
        return policy.getID();
    }

    /// Whether nothing but what `liftedBy` says about it changes with evidence.
    boolean isPlain() {
        return liftedBy.isPresent();
    }

    /// Whether this much evidence makes it fall away, if it holds without any.
    boolean isLiftedBy(Evidence evidence) {
        return liftedBy.orElse(Set.of()).stream()
                .anyMatch(needed ->
                        switch (needed) {
                            case "confirmed" -> evidence.covers(Evidence.CONFIRMED);
                            case "typed" -> evidence.covers(Evidence.TYPED);
                            case "secondPerson" -> evidence.covers(Evidence.SECOND_PERSON);
                            default -> false;
                        });
    }
}
