package parley.console.turn;

import static java.util.Objects.requireNonNull;

import parley.console.approvals.ApprovalFolder;
import parley.safety.gate.Signers;

import java.time.Duration;

/// How a second person is asked on this machine.
///
/// @param answerWithin how long an answer counts after the question
/// @param runWithin how long after the answer it may be run
public record SecondPersons(
        ApprovalFolder folder, Signers signers, Duration answerWithin, Duration runWithin) {
    public SecondPersons {
        requireNonNull(folder, "folder is null");
        requireNonNull(signers, "signers is null");
        requireNonNull(answerWithin, "answerWithin is null");
        requireNonNull(runWithin, "runWithin is null");
    }
}
