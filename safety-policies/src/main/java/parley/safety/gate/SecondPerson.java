package parley.safety.gate;

import static java.util.Comparator.comparing;

import parley.safety.policy.Decision;
import parley.safety.policy.Evidence;
import parley.tools.Bilingual;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether somebody else approved a card: by an answer to exactly this request, in time, signed,
/// from a person whom the policies let approve it. One refusal outweighs every grant.
record SecondPerson(Gate gate, Card card, ApprovalRequest request, Signers signers) {
    Approval approval(List<SignedAnswer> answers, Instant now) throws NotApproved {
        if (card.rung() != 3
                || !request.digest().equals(card.digest())
                || !request.computed().equals(card.digest())) {
            throw not("the request is for other steps", "该请求对应的是另外的步骤");
        }
        String requester = card.steps().getFirst().circumstances().actor().id();
        if (!request.requester().equals(requester)) {
            throw not("somebody else asked for it", "该请求由他人提出");
        }
        List<SignedAnswer.Statement> counted = new ArrayList<>();
        for (SignedAnswer answer : answers) {
            counts(answer).ifPresent(counted::add);
        }
        for (SignedAnswer.Statement one : counted) {
            if (!one.granted()) {
                throw new NotApproved(
                        Bilingual.of(
                                "Refused by "
                                        + one.approver()
                                        + (one.reason().isEmpty() ? "." : ": " + one.reason()),
                                one.approver()
                                        + " 拒绝了该请求"
                                        + (one.reason().isEmpty() ? "。" : "：" + one.reason())));
            }
        }
        SignedAnswer.Statement grant =
                counted.stream()
                        .max(comparing(SignedAnswer.Statement::at))
                        .orElseThrow(SecondPerson::nobodyYet);
        Instant until = grant.at().plus(request.runWithin());
        if (now.isBefore(grant.at()) || !now.isBefore(until)) {
            throw not(
                    "the grant of " + grant.approver() + " was to be used until " + until,
                    grant.approver() + " 的批准只能在 " + until + " 之前使用");
        }
        Actor approver = signers.person(grant.approver());
        return Approving.approval(card, Evidence.SECOND_PERSON, approver, grant.at(), until);
    }

    /// What an answer says, when it counts.
    private Optional<SignedAnswer.Statement> counts(SignedAnswer answer) {
        try {
            SignedAnswer.Statement says = answer.says();
            boolean fits =
                    says.request().equals(request.id())
                            && says.requestHash().equals(request.hash())
                            && says.digest().equals(request.digest())
                            && says.requester().equals(request.requester())
                            && says.approver().equals(answer.owner())
                            && !says.approver().equals(request.requester())
                            && !says.at().isBefore(request.asked())
                            && says.at().isBefore(request.answerBy());
            return fits
                            && signers.signed(
                                    says.approver(), answer.statement(), answer.signature())
                            && mayApprove(signers.person(says.approver()))
                    ? Optional.of(says)
                    : Optional.empty();
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private boolean mayApprove(Actor approver) {
        return card.steps().stream()
                .map(judged -> gate.mayApprove(judged, approver))
                .allMatch(Decision::allowed);
    }

    private static NotApproved nobodyYet() {
        return new NotApproved(
                Bilingual.of("Not approved: nobody else has approved it yet.", "未批准：还没有其他人批准。"),
                true);
    }

    private static NotApproved not(String en, String zh) {
        return new NotApproved(Bilingual.of("Not approved: {0}.", "未批准：{1}。", en, zh));
    }
}
