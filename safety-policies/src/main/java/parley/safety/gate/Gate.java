package parley.safety.gate;

import static java.util.Objects.requireNonNull;

import parley.safety.policy.Evidence;
import parley.safety.policy.Policies;
import parley.safety.policy.PolicyQuestion;
import parley.safety.record.Canonical;
import parley.safety.record.Receipt;
import parley.tools.Bilingual;
import parley.tools.Language;
import parley.tools.Risk;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.WeakHashMap;

/// Judges every step, renders what people approve, and gives the only leave to run there is.
public final class Gate {
    /// More than any one step touches; each is judged by itself.
    public static final int MOST_OBJECTS = 1_000;

    private static final Set<String> YES = Set.of("y", "yes", "是", "确认");

    private final Policies policies;
    private final Ladder ladder;

    /// Receipts that permits were given against: one recorded intent, one execution.
    private final Set<Receipt> spent =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    public Gate(Policies policies) {
        this.policies = requireNonNull(policies, "policies is null");
        this.ladder = new Ladder(policies);
    }

    /// What the policies say about a step: nothing needed, a yes, typed words, a second person, or
    /// no. Never throws; trouble means no.
    public Verdict judge(Step step, Circumstances circumstances) {
        Risk effect = effect(step, circumstances);
        if (!policies.knows(step.call().tool().name(), effect)) {
            return new Verdict.Deny(
                    List.of(ladder.unknownTool(step.call().tool().name(), effect.word())));
        }
        StepFacts facts = StepFacts.of(step, circumstances);
        if (facts.objects().size() > MOST_OBJECTS) {
            return new Verdict.Deny(List.of(ladder.tooManyObjects(MOST_OBJECTS)));
        }
        return ladder.climb(question(step, circumstances, facts, effect), facts.objects());
    }

    /// How the verdict comes about, for `parley policy explain`.
    public Explanation explain(Step step, Circumstances circumstances) {
        Risk effect = effect(step, circumstances);
        StepFacts facts = StepFacts.of(step, circumstances);
        Verdict verdict = judge(step, circumstances);
        boolean judgeable =
                policies.knows(step.call().tool().name(), effect)
                        && facts.objects().size() <= MOST_OBJECTS;
        return new Explanation(
                verdict,
                effect,
                facts.objects(),
                judgeable
                        ? ladder.explain(
                                question(step, circumstances, facts, effect), facts.objects())
                        : List.of());
    }

    /// The graver of what the call may do and what the preview says. Steps that only look are taken
    /// at their own word: that they change nothing is a rule of the policies.
    static Risk effect(Step step, Circumstances circumstances) {
        return switch (step.purpose()) {
            case CALL -> step.risk().or(circumstances.previewRisk());
            case IDENTIFY, PREVIEW, CHECK -> step.risk();
        };
    }

    private static PolicyQuestion question(
            Step step, Circumstances circumstances, StepFacts facts, Risk effect) {
        return new PolicyQuestion(
                circumstances.actor().id(),
                circumstances.actor().roles(),
                step.call().tool().name(),
                effect,
                step.host(),
                facts.facts(),
                Evidence.NONE);
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
                language,
                pace);
    }

    /// Approves a card by what a person typed: an explicit yes where that is enough, the exact
    /// words of the change where those are needed.
    ///
    /// @throws NotApproved when it is not that, is asked of somebody else, or needs more than one
    ///   person can give
    public Approval approve(Card card, String typed, Actor by, Instant now) throws NotApproved {
        refuseWhatNobodyHereCanApprove(card, by);
        String said = typed.strip();
        if (card.rung() == 2 && !said.equals(card.wordsToType())) {
            throw new NotApproved(
                    Bilingual.of(
                            "Not approved: type exactly  " + card.wordsToType(),
                            "未批准：请逐字输入  " + card.wordsToType()));
        }
        if (card.rung() == 1 && !YES.contains(said.toLowerCase(Locale.ROOT))) {
            throw new NotApproved(
                    Bilingual.of(
                            "Not approved: only y or yes approves.",
                            "未批准：只有输入“是”或“确认”（或 y、yes）才算批准。"));
        }
        return approval(card, card.rung() == 2 ? Evidence.TYPED : Evidence.CONFIRMED, by, now);
    }

    /// Approves a card by the digest that a plan printed earlier. It counts as a yes and no more:
    /// typed words need a terminal.
    ///
    /// @throws NotApproved when the digest is that of other steps, or a yes is not enough
    public Approval approveByDigest(Card card, String digest, Actor by, Instant now)
            throws NotApproved {
        refuseWhatNobodyHereCanApprove(card, by);
        if (card.rung() == 2) {
            throw new NotApproved(
                    Bilingual.of(
                            "Not approved: a digest counts as a yes, and this needs its words"
                                    + " typed. Run it in a terminal.",
                            "未批准：摘要只相当于一次确认，而此操作需要逐字输入。请在终端中执行。"));
        }
        if (!card.digest().equals(digest.strip())) {
            throw new NotApproved(
                    Bilingual.of(
                            "Not approved: the digest is that of other steps. What would run now is"
                                    + " "
                                    + card.digest(),
                            "未批准：该摘要对应的是另外的步骤。现在将要执行的摘要是 " + card.digest()));
        }
        return approval(card, Evidence.CONFIRMED, by, now);
    }

    private static void refuseWhatNobodyHereCanApprove(Card card, Actor by) throws NotApproved {
        if (card.rung() == 0) {
            throw new NotApproved(Bilingual.of("Nothing here needs approval.", "此处没有需要批准的内容。"));
        }
        if (card.rung() == 3) {
            throw new NotApproved(
                    Bilingual.of(
                            "Not approved: this needs a second person, and this console cannot ask"
                                    + " one yet. Nothing ran.",
                            "未批准：此操作需要第二人批准，而本控制台目前还无法请求第二人。没有执行任何操作。"));
        }
        if (card.rung() == 4) {
            throw new NotApproved(
                    Bilingual.of("This is refused; nobody can approve it.", "此操作被拒绝，任何人都不能批准。"));
        }
        for (Judged judged : card.steps()) {
            if (!judged.circumstances().actor().id().equals(by.id())) {
                throw new NotApproved(
                        Bilingual.of(
                                "Not approved: only "
                                        + judged.circumstances().actor().id()
                                        + ", who asked for it, can confirm it.",
                                "未批准：只有提出请求的 " + judged.circumstances().actor().id() + " 本人可以确认。"));
            }
        }
    }

    private static Approval approval(Card card, Evidence evidence, Actor by, Instant now) {
        Map<String, Integer> steps = new HashMap<>();
        card.steps().forEach(judged -> steps.merge(judged.step().digest(), 1, Integer::sum));
        return new Approval(
                UUID.randomUUID().toString(),
                card.digest(),
                evidence,
                by,
                sha256(String.join("\n", card.lines())),
                now,
                steps);
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
        if (verdict.rung() >= 3) {
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
        if (verdict.rung() > 0 && !approval.orElseThrow().consume(digest)) {
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
                            "Not run: the approval holds from "
                                    + given.given()
                                    + " until "
                                    + given.expires()
                                    + ". Ask again.",
                            "未执行：批准的有效期为 " + given.given() + " 至 " + given.expires() + "。请重新请求。"));
        }
        StepFacts facts = StepFacts.of(judged.step(), judged.circumstances());
        PolicyQuestion question =
                question(
                        judged.step(),
                        judged.circumstances(),
                        facts,
                        effect(judged.step(), judged.circumstances()));
        if (!given.approver().id().equals(judged.circumstances().actor().id())
                || !ladder.permits(question, facts.objects(), given.evidence())) {
            throw new Refused(verdict, whyNot(verdict));
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
                "Not run, " + needed.en() + ": " + rule.says().en() + place(rule),
                "未执行，" + needed.zh() + "：" + rule.says().zh() + place(rule));
    }

    private static String place(Verdict.Rule rule) {
        return " (" + rule.id() + ", " + rule.file() + ":" + rule.line() + ")";
    }
}
