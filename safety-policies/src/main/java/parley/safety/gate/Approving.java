package parley.safety.gate;

import parley.safety.policy.Evidence;
import parley.tools.Bilingual;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// What the person who asked must do to approve a card.
final class Approving {
    private static final Set<String> YES = Set.of("y", "yes", "是", "确认");

    private Approving() {}

    /// Approves a card by what a person typed: an explicit yes where that is enough, the exact
    /// words of the change where those are needed.
    ///
    /// @throws NotApproved when it is not that, is asked of somebody else, or needs more than one
    ///   person can give
    static Approval typed(Card card, String typed, Actor by, Instant now) throws NotApproved {
        refuseWhatNobodyHereCanApprove(card, by);
        String said = typed.strip();
        if (card.rung() == 2) {
            checkWords(card, said);
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
    static Approval byDigest(Card card, String digest, Actor by, Instant now) throws NotApproved {
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
                                    + " {0}",
                            "未批准：该摘要对应的是另外的步骤。现在将要执行的摘要是 {0}", card.digest()));
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
                            "Not approved: this needs a second person (parley approvals). Nothing"
                                    + " ran.",
                            "未批准：此操作需要第二人批准（parley approvals）。没有执行任何操作。"));
        }
        if (card.rung() == 4) {
            throw new NotApproved(
                    Bilingual.of("This is refused; nobody can approve it.", "此操作被拒绝，任何人都不能批准。"));
        }
        for (Judged judged : card.steps()) {
            if (!judged.circumstances().actor().id().equals(by.id())) {
                throw new NotApproved(
                        Bilingual.of(
                                "Not approved: only {0}, who asked for it, can confirm it.",
                                "未批准：只有提出请求的 {0} 本人可以确认。", judged.circumstances().actor().id()));
            }
        }
    }

    /// The words of the change, as the person who asks for a second person's approval types them.
    static void checkWords(Card card, String typed) throws NotApproved {
        if (!typed.strip().equals(card.wordsToType())) {
            throw new NotApproved(
                    Bilingual.of(
                            "Not approved: type exactly  " + card.wordsToType(),
                            "未批准：请逐字输入  " + card.wordsToType()));
        }
    }

    private static Approval approval(Card card, Evidence evidence, Actor by, Instant now) {
        return approval(card, evidence, by, now, now.plus(Approval.LASTS));
    }

    static Approval approval(Card card, Evidence evidence, Actor by, Instant now, Instant expires) {
        Map<String, Integer> steps = new HashMap<>();
        card.steps().forEach(judged -> steps.merge(judged.step().digest(), 1, Integer::sum));
        return new Approval(
                UUID.randomUUID().toString(),
                card.digest(),
                evidence,
                by,
                Gate.sha256(String.join("\n", card.lines())),
                now,
                expires,
                card.policies(),
                steps);
    }
}
