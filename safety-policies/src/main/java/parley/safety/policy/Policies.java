package parley.safety.policy;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toSet;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.AuthorizationSuccessResponse;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.model.schema.Schema;

import parley.tools.Host;
import parley.tools.Risk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A checked, unchanging set of policies that answers questions. Whatever is not clearly permitted
/// is refused: an error while deciding never permits.
public final class Policies {
    private static final int MOST_ANSWERS = 1_024;
    private static final System.Logger LOG = System.getLogger(Policies.class.getName());

    private final BasicAuthorizationEngine engine;
    private final PolicySet policies;
    private final Schema schema;
    private final Map<String, PolicyRule> rules;
    private final Slices slices;
    private final Set<String> actions;
    private final String hash;
    private final List<PolicyFile> files;
    private final String schemaText;

    private final Map<PolicyQuestion, Decision> answers =
            new LinkedHashMap<>(MOST_ANSWERS, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<PolicyQuestion, Decision> eldest) {
                    return size() > MOST_ANSWERS;
                }
            };

    /// Takes both over; neither may be changed afterwards (Cedar would not notice).
    Policies(
            BasicAuthorizationEngine engine,
            PolicySet policies,
            Schema schema,
            Slices slices,
            Collection<PolicyRule> rules,
            Set<String> actions,
            String hash,
            List<PolicyFile> files,
            String schemaText) {
        this.files = List.copyOf(files);
        this.schemaText = schemaText;
        this.engine = engine;
        this.policies = policies;
        this.schema = schema;
        this.slices = slices;
        this.rules = new TreeMap<>();
        rules.forEach(rule -> this.rules.put(rule.id(), rule));
        this.actions = Set.copyOf(actions);
        this.hash = hash;
    }

    /// Reads, checks and caches policies. Anything doubtful is refused: an error or a warning of
    /// Cedar's validator, a policy without `@id`, `@en` and `@zh`, an unknown annotation.
    ///
    /// Takes up to a second the first time; see [ShippedPolicies#inBackground].
    ///
    /// @param schema as [ActionSchema#of] makes it
    /// @throws PolicyError pointing at the first offending line
    public static Policies load(List<PolicyFile> files, String schema) throws PolicyError {
        return new PolicyLoader(files, schema).load();
    }

    /// The answer. Never throws: trouble is a refusal that says so.
    ///
    /// A step is judged when it is planned, on its card and when it runs: equal questions have
    /// equal answers of the same policies, so the last ones are kept. Trouble is not.
    public Decision decide(PolicyQuestion question) {
        Optional<Decision> known = kept(question);
        if (known.isPresent()) {
            return known.get();
        }
        Decision decision = asked(question);
        if (decision.trouble().isEmpty()) {
            synchronized (answers) {
                answers.put(question, decision);
            }
        }
        return decision;
    }

    private Optional<Decision> kept(PolicyQuestion question) {
        synchronized (answers) {
            return Optional.ofNullable(answers.get(question));
        }
    }

    private Decision asked(PolicyQuestion question) {
        return partly(question, slices.of(question)).orElseGet(() -> ofAll(question));
    }

    /// The answer of a part of the policies; empty when there is none, or trouble.
    private Optional<Decision> partly(PolicyQuestion question, Optional<Slices.Slice> part) {
        try {
            return part.isPresent()
                    ? Optional.of(ofSlice(question, part.get()))
                            .filter(decision -> decision.trouble().isEmpty())
                    : Optional.empty();
        } catch (AuthException | RuntimeException | LinkageError trouble) {
            LOG.log(System.Logger.Level.ERROR, "a part of the policies cannot be asked", trouble);
            return Optional.empty();
        }
    }

    /// The answer of those policies whose scope can match, whether often asked or not.
    Decision ofSlice(PolicyQuestion question) throws AuthException {
        return ofSlice(question, slices.now(question));
    }

    private Decision ofSlice(PolicyQuestion question, Slices.Slice slice) throws AuthException {
        CedarRequest cedar = CedarRequest.of(question, slice.schema(), slice.attributes());
        return answer(engine.isAuthorized(cedar.request(), slice.policies(), cedar.entities()));
    }

    /// The answer of all policies to the whole question: what every short cut must agree with.
    Decision ofAll(PolicyQuestion question) {
        try {
            CedarRequest cedar = CedarRequest.of(question, schema);
            return answer(engine.isAuthorized(cedar.request(), policies, cedar.entities()));
        } catch (AuthException | RuntimeException | LinkageError trouble) {
            LOG.log(System.Logger.Level.ERROR, "policies could not be asked", trouble);
            return Decision.refused(CedarText.plain(String.valueOf(trouble.getMessage())));
        }
    }

    /// The answer to a question with evidence, by someone who knows the answer without any: what
    /// the evidence does not lift stays refused, and where it lifts everything, what is left to ask
    /// is whether anything permits. That is the rung to ask people for; before a step runs, all
    /// policies are asked outright, by [#decide(PolicyQuestion)].
    public Decision decide(PolicyQuestion question, Decision withoutEvidence) {
        List<Shape> concerned = slices.concerned(question);
        Set<String> lifted =
                concerned.stream()
                        .filter(shape -> shape.isLiftedBy(question.evidence()))
                        .map(Shape::id)
                        .collect(toSet());
        boolean plain =
                !withoutEvidence.allowed()
                        && withoutEvidence.trouble().isEmpty()
                        && concerned.stream().allMatch(Shape::isPlain);
        if (!plain) {
            return decide(question);
        }
        List<PolicyRule> left =
                withoutEvidence.because().stream()
                        .filter(rule -> !lifted.contains(rule.id()))
                        .toList();
        if (!left.isEmpty() || withoutEvidence.because().isEmpty()) {
            return new Decision(false, left, List.of());
        }
        return partly(question, slices.permits(question)).orElseGet(() -> decide(question));
    }

    private Decision answer(AuthorizationResponse response) {
        Optional<AuthorizationSuccessResponse> success = response.success;
        if (response.type != AuthorizationResponse.SuccessOrFailure.Success || success.isEmpty()) {
            List<String> trouble = new ArrayList<>();
            response.errors.ifPresent(
                    errors -> errors.forEach(e -> trouble.add(CedarText.plain(e.message))));
            return new Decision(
                    false, List.of(), trouble.isEmpty() ? List.of("no answer") : trouble);
        }
        List<String> trouble =
                success.get().getErrors().stream().map(Object::toString).sorted().toList();
        Set<String> reasons = success.get().getReason();
        List<PolicyRule> because =
                reasons.stream()
                        .filter(rules::containsKey)
                        .map(id -> Optional.ofNullable(rules.get(id)).orElseThrow())
                        .sorted(comparing(PolicyRule::file).thenComparingInt(PolicyRule::line))
                        .toList();
        boolean allowed =
                success.get().isAllowed()
                        && trouble.isEmpty()
                        && !because.isEmpty()
                        && because.size() == reasons.size();
        return new Decision(allowed, because, trouble);
    }

    /// Whether a call of `tool` with this effect can be judged at all: the tool is in the
    /// catalogue, and its card says that a call of it may be so grave.
    public boolean knows(String tool, Risk effect) {
        return actions.contains(ActionSchema.id(tool, effect));
    }

    /// Every policy, in the order of file and line.
    public List<PolicyRule> rules() {
        return rules.values().stream()
                .sorted(comparing(PolicyRule::file).thenComparingInt(PolicyRule::line))
                .toList();
    }

    /// The files they were read from, for the record: a decision can then be made again.
    public List<PolicyFile> files() {
        return files;
    }

    /// The schema they were checked against.
    public String schema() {
        return schemaText;
    }

    /// SHA-256, in hex, over the names and texts of all files and the schema: for the record.
    public String hash() {
        return hash;
    }

    /// Asks one harmless question, so that the first real one is quick.
    public void warm() {
        Decision ignored =
                decide(
                        new PolicyQuestion(
                                "nobody",
                                Set.of(),
                                "package.remove",
                                Risk.DESTRUCTIVE,
                                Host.local(Host.Become.NONE),
                                new PolicyQuestion.Facts(
                                        "call", "", Set.of(), Set.of(), Set.of(), Set.of(), false,
                                        false, 1, false),
                                Evidence.NONE));
        LOG.log(System.Logger.Level.DEBUG, "policies {0} are ready: {1}", hash, ignored);
    }
}
