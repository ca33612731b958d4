package parley.safety.gate;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.safety.policy.Decision;
import parley.safety.policy.Evidence;
import parley.safety.policy.Policies;
import parley.safety.policy.PolicyQuestion;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// A case beside the policies: a question, and the verdict and the rules that it must get.
///
/// ```
/// - case: a freeze holds
///   tool: service.restart
///   effect: disruptive
///   host: {env: prod}
///   freeze: true
///   verdict: deny
///   rules: [freeze-holds]
/// ```
///
/// `ask: approve` with `approver: {person: bob, roles: [approver]}` asks whether bob may approve
/// it, `ask: show` whether its reading may go to a model; both are answered `allow` or `deny`.
///
/// @param rules exactly those that decide, sorted
public record PolicyCase(
        String name,
        PolicyQuestion.Kind ask,
        Question question,
        Actor approver,
        String verdict,
        SortedSet<String> rules) {
    private static final Set<String> OWN = Set.of("case", "ask", "approver", "verdict", "rules");
    private static final Set<String> VERDICTS =
            Set.of("allow", "confirm", "typed", "second-person", "deny");

    public PolicyCase {
        requireNonNull(name, "name is null");
        requireNonNull(ask, "ask is null");
        requireNonNull(question, "question is null");
        requireNonNull(approver, "approver is null");
        if (!VERDICTS.contains(verdict)) {
            throw new IllegalArgumentException(
                    name + ": verdict is one of " + new TreeSet<>(VERDICTS));
        }
        rules = new TreeSet<>(rules);
    }

    /// The cases of a file.
    ///
    /// @param cases a list, as YAML or JSON gives it
    /// @throws IllegalArgumentException naming the case and what is wrong in it
    public static List<PolicyCase> read(JsonNode cases) {
        if (!cases.isArray() || cases.isEmpty()) {
            throw new IllegalArgumentException("a file of cases is a list that begins with -");
        }
        List<PolicyCase> all = new ArrayList<>();
        for (JsonNode one : cases) {
            String name = one.path("case").asText("case " + (all.size() + 1));
            try {
                all.add(one(name, one));
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(name + ": " + wrong.getMessage(), wrong);
            }
        }
        return all;
    }

    private static PolicyCase one(String name, JsonNode json) {
        ObjectNode question = json.deepCopy();
        question.remove(OWN);
        JsonNode approver = json.path("approver");
        return new PolicyCase(
                name,
                PolicyQuestion.Kind.valueOf(
                        json.path("ask").asText("run").toUpperCase(Locale.ROOT)),
                Question.read(question),
                new Actor(
                        approver.path("person").asText("approver"), texts(approver.path("roles"))),
                json.path("verdict").asText(),
                new TreeSet<>(texts(json.path("rules"))));
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new TreeSet<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /// What it must get: `typed [disruption-needs-typed-words]`.
    public String expected() {
        return verdict + " " + rules;
    }

    /// What `policies` give it, in the same form.
    public String given(Policies policies) {
        PolicyQuestion about = question.about();
        return switch (ask) {
            case RUN -> {
                Verdict given = Gate.judge(policies, question);
                yield word(given)
                        + " "
                        + ids(given.rules().stream().map(Verdict.Rule::id).toList());
            }
            case APPROVE -> decided(policies, about.approvedBy(approver.id(), approver.roles()));
            case SHOW -> decided(policies, about.shown());
        };
    }

    private String decided(Policies policies, PolicyQuestion asked) {
        Decision worst =
                policies.decide(asked.with(Evidence.NONE).about(question.objects().first()));
        for (String object : question.objects()) {
            Decision one = policies.decide(asked.about(object));
            worst = one.allowed() ? worst : one;
        }
        return (worst.allowed() ? "allow " : "deny ")
                + ids(worst.because().stream().map(rule -> rule.id()).toList());
    }

    private static SortedSet<String> ids(Collection<String> ids) {
        return new TreeSet<>(ids);
    }

    /// A verdict as policies write their rungs.
    public static String word(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Allow ignored -> "allow";
            case Verdict.Confirm ignored -> "confirm";
            case Verdict.TypedConfirm ignored -> "typed";
            case Verdict.TwoPerson ignored -> "second-person";
            case Verdict.Deny ignored -> "deny";
        };
    }
}
