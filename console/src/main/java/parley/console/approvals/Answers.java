package parley.console.approvals;

import parley.safety.gate.ApprovalRequest;
import parley.safety.gate.SignedAnswer;
import parley.safety.gate.Signers;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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

    /// The answer that grants `request` now, for what the gate does not judge: signed in time by
    /// somebody else who is an approver, and refused by nobody.
    public Optional<SignedAnswer> grant(ApprovalRequest request, Instant now) throws IOException {
        List<SignedAnswer> valid =
                folder.answers(request).stream()
                        .filter(answer -> isValid(request, answer))
                        .toList();
        boolean refused = valid.stream().anyMatch(answer -> !answer.says().granted());
        if (refused || folder.isUsed(request)) {
            return Optional.empty();
        }
        return valid.stream()
                .filter(answer -> isInTime(request, answer.says(), now))
                .filter(answer ->
                        signers.person(answer.says().approver()).roles().contains("approver"))
                .findFirst();
    }

    private static boolean isInTime(
            ApprovalRequest request, SignedAnswer.Statement says, Instant now) {
        return !says.at().isBefore(request.asked())
                && says.at().isBefore(request.answerBy())
                && now.isBefore(says.at().plus(request.runWithin()));
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
