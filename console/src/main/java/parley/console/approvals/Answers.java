package parley.console.approvals;

import parley.safety.gate.ApprovalRequest;
import parley.safety.gate.SignedAnswer;
import parley.safety.gate.Signers;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/// What became of a request so far, for lists: only answers count that are signed by whose file
/// they are. Whether the policies let that person approve is for the gate to say when it is used.
public record Answers(ApprovalFolder folder, Signers signers) {
    /// `waiting`, `granted by bob`, `refused by bob`, `used`, `expired`.
    public String state(ApprovalRequest request, Instant now) throws IOException {
        if (folder.isUsed(request)) {
            return "used";
        }
        List<SignedAnswer.Statement> valid = valid(request);
        for (SignedAnswer.Statement one : valid) {
            if (!one.granted()) {
                return "refused by " + one.approver();
            }
        }
        if (valid.isEmpty()) {
            return now.isBefore(request.answerBy()) ? "waiting" : "expired";
        }
        SignedAnswer.Statement grant = valid.getLast();
        return now.isBefore(grant.at().plus(request.runWithin()))
                ? "granted by " + grant.approver()
                : "expired";
    }

    private List<SignedAnswer.Statement> valid(ApprovalRequest request) throws IOException {
        return folder.answers(request).stream()
                .filter(answer -> isValid(request, answer))
                .map(SignedAnswer::says)
                .toList();
    }

    private boolean isValid(ApprovalRequest request, SignedAnswer answer) {
        try {
            SignedAnswer.Statement says = answer.says();
            return says.requestHash().equals(request.hash())
                    && says.approver().equals(answer.owner())
                    && !says.approver().equals(request.requester())
                    && signers.signed(says.approver(), answer.statement(), answer.signature());
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }
}
