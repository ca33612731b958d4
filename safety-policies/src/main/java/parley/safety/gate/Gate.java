package parley.safety.gate;

import static java.util.Objects.requireNonNull;

import parley.safety.policy.Decision;
import parley.safety.policy.Evidence;
import parley.safety.policy.Policies;
import parley.safety.policy.PolicyError;
import parley.safety.policy.PolicyQuestion;
import parley.safety.policy.PolicySource;
import parley.safety.record.Canonical;
import parley.safety.record.Receipt;
import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Host;
import parley.tools.Language;
import parley.tools.Risk;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.UnaryOperator;

/// Judges every step, renders what people approve, and gives the only leave to run there is.
public final class Gate {
    /// More than any one step touches; each is judged by itself.
    public static final int MOST_OBJECTS = 1_000;

    private final PolicySource source;

    /// Receipts that permits were given against: one recorded intent, one execution.
    private final Set<Receipt> spent =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /// A gate by policies that never change.
    public Gate(Policies policies) {
        this(always(policies));
    }

    /// A gate by whatever policies are in force at the moment of each question.
    public Gate(PolicySource source) {
        this.source = requireNonNull(source, "source is null");
    }

    private static PolicySource always(Policies policies) {
        requireNonNull(policies, "policies is null");
        return () -> policies;
    }

    /// What the policies say about a step: nothing needed, a yes, typed words, a second person, or
    /// no. Never throws; trouble means no.
    public Verdict judge(Step step, Circumstances circumstances) {
        try {
            return judge(source.current(), step, circumstances);
        } catch (PolicyError unusable) {
            return new Verdict.Deny(List.of(SyntheticRules.unusable(unusable)));
        }
    }

    private static Verdict judge(Policies policies, Step step, Circumstances circumstances) {
        return judge(policies, Question.of(step, circumstances));
    }

    /// What `policies` say about a question that was written down.
    public static Verdict judge(Policies policies, Question question) {
        PolicyQuestion about = question.about();
        if (!policies.knows(about.tool(), about.effect())) {
            return new Verdict.Deny(
                    List.of(SyntheticRules.unknownTool(about.tool(), about.effect().word())));
        }
        if (question.objects().size() > MOST_OBJECTS) {
            return new Verdict.Deny(List.of(SyntheticRules.tooManyObjects(MOST_OBJECTS)));
        }
        return new Ladder(policies).climb(about, question.objects());
    }

    /// The question that a step is, for the record.
    public static Question question(Step step, Circumstances circumstances) {
        return Question.of(step, circumstances);
    }

    /// How the verdict comes about, for `parley policy explain`.
    public Explanation explain(Step step, Circumstances circumstances) {
        Risk effect = effect(step, circumstances);
        StepFacts facts = StepFacts.of(step, circumstances);
        Verdict verdict = judge(step, circumstances);
        List<Explanation.Rung> rungs = List.of();
        try {
            Policies policies = source.current();
            if (policies.knows(step.call().tool().name(), effect)
                    && facts.objects().size() <= MOST_OBJECTS) {
                rungs =
                        new Ladder(policies)
                                .explain(
                                        facts.question(step, circumstances, effect),
                                        facts.objects());
            }
        } catch (PolicyError unusable) {
            // The verdict says so already.
            rungs = List.of();
        }
        return new Explanation(verdict, effect, facts.objects(), rungs);
    }

    /// The graver of what the call may do and what the preview says. Steps that only look are taken
    /// at their own word: that they change nothing is a rule of the policies.
    static Risk effect(Step step, Circumstances circumstances) {
        return switch (step.purpose()) {
            case CALL -> step.risk().or(circumstances.previewRisk());
            case IDENTIFY, PREVIEW, CHECK -> step.risk();
        };
    }

    /// The card of these steps: everything on it comes from the steps themselves, their
    /// circumstances and the policies.
    public Card card(List<Judged> steps, Language language) {
        return card(steps, language, Pace.CAREFUL);
    }

    /// The card of these steps, going over their hosts at this pace.
    public Card card(List<Judged> steps, Language language, Pace pace) {
        // Judged anew: a card never rests on a verdict that somebody else made.
        return Card.of(
                steps.stream()
                        .map(judged ->
                                new Judged(
                                        judged.step(),
                                        judged.circumstances(),
                                        judge(judged.step(), judged.circumstances())))
                        .toList(),
                policies(),
                language,
                pace);
    }

    /// Approves a card by what the person who asked typed: an explicit yes where that is enough,
    /// the exact words of the change where those are needed.
    ///
    /// @throws NotApproved when it is not that, is asked of somebody else, or needs more than one
    ///   person can give
    public Approval approve(Card card, String typed, Actor by, Instant now) throws NotApproved {
        return Approving.typed(card, typed, by, now);
    }

    /// Approves a card by the digest that a plan printed earlier. It counts as a yes and no more:
    /// typed words need a terminal.
    ///
    /// @throws NotApproved when the digest is that of other steps, or a yes is not enough
    public Approval approveByDigest(Card card, String digest, Actor by, Instant now)
            throws NotApproved {
        return Approving.byDigest(card, digest, by, now);
    }

    /// Whether these are the words of the change, as the person who asks for a second person's
    /// approval types them.
    ///
    /// @throws NotApproved when they are not
    public void checkWords(Card card, String typed) throws NotApproved {
        Approving.checkWords(card, typed);
    }

    /// Approves a card by what somebody else signed.
    ///
    /// @param answers everything that was answered to `request`, in any order
    /// @throws NotApproved when nobody who may approve did, somebody refused, or it is too late
    public Approval approveBySecondPerson(
            Card card,
            ApprovalRequest request,
            List<SignedAnswer> answers,
            Signers signers,
            Instant now)
            throws NotApproved {
        return new SecondPerson(this, card, request, signers).approval(answers, now);
    }

    /// Whether `approver` may approve this step for the person who asks for it, and the rules that
    /// say so.
    public Decision mayApprove(Judged judged, Actor approver) {
        return decide(
                judged.step(),
                judged.circumstances(),
                question -> question.approvedBy(approver.id(), approver.roles()));
    }

    /// Whether what this call reads on this host may be sent to a model, and the rules that say so.
    public Decision mayShow(Call<?> call, Host host, Circumstances circumstances) {
        Step reading =
                new Step(
                        call,
                        host,
                        Argv.of("show-to-model"),
                        Step.Elevation.NONE,
                        Step.Purpose.CALL,
                        Map.of());
        return decide(reading, circumstances, PolicyQuestion::shown);
    }

    /// The worst answer over all objects of the step.
    private Decision decide(
            Step step, Circumstances circumstances, UnaryOperator<PolicyQuestion> kind) {
        try {
            Policies policies = source.current();
            StepFacts facts = StepFacts.of(step, circumstances);
            PolicyQuestion question =
                    kind.apply(facts.question(step, circumstances, effect(step, circumstances)));
            Decision worst = policies.decide(question.about(facts.objects().first()));
            for (String object : facts.objects()) {
                Decision one = policies.decide(question.about(object));
                worst = one.allowed() ? worst : one;
            }
            return worst;
        } catch (PolicyError unusable) {
            return new Decision(false, List.of(), List.of(unusable.why().en()));
        }
    }

    /// The hash of the policies in force now; empty when they cannot be used.
    public String policies() {
        try {
            return source.current().hash();
        } catch (PolicyError unusable) {
            return "";
        }
    }

    static String sha256(String text) {
        return HexFormat.of().formatHex(Canonical.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// Leave to run one step once, judged anew with what people really did.
    ///
    /// @param receipt of the recorded intent of exactly this step; it serves one permit only
    /// @throws Refused when the record, the policies or the approval do not carry it
    public Permit permit(Judged judged, Optional<Approval> approval, Receipt receipt, Instant now)
            throws Refused {
        Step step = judged.step();
        String digest = step.digest();
        Verdict verdict = judge(step, judged.circumstances());
        if (!receipt.type().equals("exec.intent") || !receipt.digest().equals(digest)) {
            throw new Refused(
                    verdict,
                    Bilingual.of(
                            "Not run: what was recorded is not the intent to run exactly this.",
                            "未执行：已记录的内容不是对这一步的执行意图。"));
        }
        if (verdict instanceof Verdict.Deny) {
            throw new Refused(verdict, whyNot(verdict));
        }
        if (verdict.rung() > 0) {
            checkApproval(verdict, judged, approval, digest, now);
        }
        if (!spent.add(receipt)) {
            throw new Refused(
                    verdict,
                    Bilingual.of(
                            "Not run: this recorded intent was used already.",
                            "未执行：该执行意图记录已被使用过。"));
        }
        if (verdict.rung() > 0 && !approval.orElseThrow().consume(digest, now)) {
            throw new Refused(
                    verdict,
                    Bilingual.of(
                            "Not run: the approval of this step was used already.",
                            "未执行：对这一步的批准已被使用过。"));
        }
        return new Permit(step, receipt);
    }

    private void checkApproval(
            Verdict verdict, Judged judged, Optional<Approval> approval, String digest, Instant now)
            throws Refused {
        if (approval.isEmpty()) {
            throw new Refused(verdict, whyNot(verdict));
        }
        Approval given = approval.get();
        if (!given.covers(digest)) {
            throw new Refused(
                    verdict,
                    Bilingual.of(
                            "Not run: what was approved is not exactly this step.",
                            "未执行：批准的并不是这一步。"));
        }
        if (!given.isValidAt(now)) {
            throw new Refused(
                    verdict,
                    Bilingual.of(
                            "Not run: the approval holds from {0} until {1}. Ask again.",
                            "未执行：批准的有效期为 {0} 至 {1}。请重新请求。", given.given(), given.expires()));
        }
        if (!given.policies().equals(policies())) {
            throw new Refused(
                    verdict,
                    Bilingual.of(
                            "Not run: the policies were changed after the approval. Ask again.",
                            "未执行：批准之后策略发生了变化。请重新请求。"));
        }
        if (!isByTheRightPerson(given, judged) || !permits(judged, given.evidence())) {
            throw new Refused(verdict, whyNot(verdict));
        }
    }

    /// The one who asks, or, where a second person is needed, somebody else who may approve still.
    private boolean isByTheRightPerson(Approval given, Judged judged) {
        boolean own = given.approver().id().equals(judged.circumstances().actor().id());
        return given.evidence() == Evidence.SECOND_PERSON
                ? !own && mayApprove(judged, given.approver()).allowed()
                : own;
    }

    private boolean permits(Judged judged, Evidence evidence) {
        try {
            StepFacts facts = StepFacts.of(judged.step(), judged.circumstances());
            Risk effect = effect(judged.step(), judged.circumstances());
            return new Ladder(source.current())
                    .permits(
                            facts.question(judged.step(), judged.circumstances(), effect),
                            facts.objects(),
                            evidence);
        } catch (PolicyError unusable) {
            return false;
        }
    }

    private static Bilingual whyNot(Verdict verdict) {
        Bilingual needed =
                switch (verdict) {
                    case Verdict.Allow ignored -> Bilingual.of("permitted", "已允许");
                    case Verdict.Confirm ignored -> Bilingual.of("a yes is needed", "需要确认");
                    case Verdict.TypedConfirm ignored ->
                            Bilingual.of("typed words are needed", "需要逐字输入");
                    case Verdict.TwoPerson ignored ->
                            Bilingual.of("a second person is needed", "需要第二人批准");
                    case Verdict.Deny ignored -> Bilingual.of("it is refused", "被拒绝");
                };
        Verdict.Rule rule = verdict.rules().getFirst();
        return Bilingual.of(
                "Not run, {0}: {1}{2}", "未执行，{0}：{1}{2}", needed, rule.says(), place(rule));
    }

    private static String place(Verdict.Rule rule) {
        return " (" + rule.id() + ", " + rule.file() + ":" + rule.line() + ")";
    }
}
