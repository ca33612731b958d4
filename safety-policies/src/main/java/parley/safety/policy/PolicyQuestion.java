package parley.safety.policy;

import static java.util.Objects.requireNonNull;

import parley.tools.Host;
import parley.tools.Risk;

import java.util.Set;

/// May this person, with this much evidence, have this tool act on this host under these
/// circumstances? One object at a time.
///
/// @param kind what is asked about the call: whether it may run, may be approved by this person, or
///   its reading may be shown to a model
/// @param requester who asked for the call; the same person, unless it is to be approved
public record PolicyQuestion(
        Kind kind,
        String requester,
        String person,
        Set<String> roles,
        String tool,
        Risk effect,
        Host host,
        Facts facts,
        Evidence evidence) {
    /// What a question is about.
    public enum Kind {
        /// Running the call.
        RUN(""),
        /// Approving it for somebody else.
        APPROVE("approve"),
        /// Sending its reading to a model.
        SHOW("show-to-model");

        private final String action;

        Kind(String action) {
            this.action = action;
        }
    }

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
            boolean largePartOfGroup,
            Foreseen foreseen,
            Situation situation) {
        public Facts {
            requireNonNull(purpose, "purpose is null");
            requireNonNull(object, "object is null");
            arguments = Set.copyOf(arguments);
            origins = Set.copyOf(origins);
            textOrigins = Set.copyOf(textOrigins);
            sourceOrigins = Set.copyOf(sourceOrigins);
            requireNonNull(foreseen, "foreseen is null");
            requireNonNull(situation, "situation is null");
        }

        /// With nothing foreseen, at a quiet hour.
        public Facts(
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
            this(
                    purpose,
                    object,
                    arguments,
                    origins,
                    textOrigins,
                    sourceOrigins,
                    outputRead,
                    cloudMetadata,
                    hosts,
                    largePartOfGroup,
                    Foreseen.NOTHING,
                    Situation.CALM);
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
                    largePartOfGroup,
                    foreseen,
                    situation);
        }

        /// The same circumstances in another situation, with other things foreseen.
        public Facts with(Foreseen other, Situation around) {
            return new Facts(
                    purpose,
                    object,
                    arguments,
                    origins,
                    textOrigins,
                    sourceOrigins,
                    outputRead,
                    cloudMetadata,
                    hosts,
                    largePartOfGroup,
                    other,
                    around);
        }
    }

    public PolicyQuestion {
        requireNonNull(kind, "kind is null");
        requireNonNull(requester, "requester is null");
        requireNonNull(person, "person is null");
        roles = Set.copyOf(roles);
        requireNonNull(tool, "tool is null");
        requireNonNull(effect, "effect is null");
        requireNonNull(host, "host is null");
        requireNonNull(facts, "facts is null");
        requireNonNull(evidence, "evidence is null");
    }

    /// May this person run it?
    public PolicyQuestion(
            String person,
            Set<String> roles,
            String tool,
            Risk effect,
            Host host,
            Facts facts,
            Evidence evidence) {
        this(Kind.RUN, person, person, roles, tool, effect, host, facts, evidence);
    }

    /// The same question with other evidence.
    public PolicyQuestion with(Evidence other) {
        return new PolicyQuestion(kind, requester, person, roles, tool, effect, host, facts, other);
    }

    /// The same question about another object.
    public PolicyQuestion about(String object) {
        return new PolicyQuestion(
                kind, requester, person, roles, tool, effect, host, facts.about(object), evidence);
    }

    /// May `approver` approve what this question's person asks for?
    public PolicyQuestion approvedBy(String approver, Set<String> approversRoles) {
        return new PolicyQuestion(
                Kind.APPROVE,
                person,
                approver,
                approversRoles,
                tool,
                effect,
                host,
                facts,
                Evidence.NONE);
    }

    /// May the reading of this question's call be sent to a model?
    public PolicyQuestion shown() {
        return new PolicyQuestion(
                Kind.SHOW, person, person, roles, tool, effect, host, facts, Evidence.NONE);
    }

    /// The action of the schema that is asked about.
    String action() {
        return kind == Kind.RUN ? ActionSchema.id(tool, effect) : kind.action;
    }
}
