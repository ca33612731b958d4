package parley.safety.policy;

import static java.util.Objects.requireNonNull;

import parley.tools.Host;
import parley.tools.Risk;

import java.util.Set;

/// May this person, with this much evidence, have this tool act on this host under these
/// circumstances? One object at a time.
public record PolicyQuestion(
        String person,
        Set<String> roles,
        String tool,
        Risk effect,
        Host host,
        Facts facts,
        Evidence evidence) {
    /// The circumstances of the schema, without the evidence.
    ///
    /// @param purpose a word of the schema's `Purpose`
    /// @param arguments `name=value`
    /// @param origins words of the schema's `Origin`
    public record Facts(
            String purpose,
            String object,
            Set<String> arguments,
            Set<String> origins,
            Set<String> textOrigins,
            Set<String> sourceOrigins,
            boolean outputRead,
            boolean cloudMetadata,
            long hosts,
            boolean largePartOfGroup) {
        public Facts {
            requireNonNull(purpose, "purpose is null");
            requireNonNull(object, "object is null");
            arguments = Set.copyOf(arguments);
            origins = Set.copyOf(origins);
            textOrigins = Set.copyOf(textOrigins);
            sourceOrigins = Set.copyOf(sourceOrigins);
        }

        /// The same circumstances for another object.
        public Facts about(String other) {
            return new Facts(
                    purpose,
                    other,
                    arguments,
                    origins,
                    textOrigins,
                    sourceOrigins,
                    outputRead,
                    cloudMetadata,
                    hosts,
                    largePartOfGroup);
        }
    }

    public PolicyQuestion {
        requireNonNull(person, "person is null");
        roles = Set.copyOf(roles);
        requireNonNull(tool, "tool is null");
        requireNonNull(effect, "effect is null");
        requireNonNull(host, "host is null");
        requireNonNull(facts, "facts is null");
        requireNonNull(evidence, "evidence is null");
    }

    /// The same question with other evidence.
    public PolicyQuestion with(Evidence other) {
        return new PolicyQuestion(person, roles, tool, effect, host, facts, other);
    }

    /// The same question about another object.
    public PolicyQuestion about(String object) {
        return new PolicyQuestion(person, roles, tool, effect, host, facts.about(object), evidence);
    }
}
