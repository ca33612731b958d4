package parley.console.turn;

import parley.safety.gate.Approval;
import parley.safety.gate.ApprovalRequest;
import parley.safety.gate.Card;
import parley.safety.gate.NotApproved;
import parley.safety.gate.SignedAnswer;
import parley.safety.record.RecordUnavailable;
import parley.tools.Bilingual;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// Asks a second person by the shared folder, waits where somebody waits at a terminal, and takes
/// up a grant that was given to exactly these steps before.
final class TwoPeople {
    private static final int POLL_MILLIS = 500;

    private final House house;
    private final SecondPersons persons;
    private final Journal journal;
    private final Person person;

    TwoPeople(House house, SecondPersons persons, Journal journal, Person person) {
        this.house = house;
        this.persons = persons;
        this.journal = journal;
        this.person = person;
    }

    /// @param waits whether somebody sits there who can wait
    /// @throws NotApproved when nobody else approved it (yet)
    Approval approval(Card card, boolean waits)
            throws NotApproved, RecordUnavailable, InterruptedException {
        try {
            Optional<ApprovalRequest> before = open(card);
            ApprovalRequest request = before.isPresent() ? before.get() : ask(card);
            if (waits || before.isPresent()) {
                return settle(card, request, waits);
            }
            throw new NotApproved(waiting(request));
        } catch (IOException unusable) {
            throw new NotApproved(
                    Bilingual.of(
                            "Not approved: the folder for approvals cannot be used: " + unusable,
                            "未批准：无法使用批准目录：" + unusable));
        }
    }

    /// A request of this person for exactly this card that can still be answered or used.
    private Optional<ApprovalRequest> open(Card card) throws IOException {
        Instant now = Instant.now();
        return persons.folder().requests().stream()
                .filter(one -> one.digest().equals(card.digest()))
                .filter(one -> one.requester().equals(house.actor().id()))
                .filter(one -> now.isBefore(one.answerBy().plus(one.runWithin())))
                .filter(one -> !persons.folder().isUsed(one))
                .reduce((older, newer) -> newer);
    }

    private ApprovalRequest ask(Card card) throws IOException, RecordUnavailable {
        ApprovalRequest request =
                ApprovalRequest.of(
                        UUID.randomUUID().toString().substring(0, 13),
                        card,
                        house.actor(),
                        Instant.now(),
                        persons.answerWithin(),
                        persons.runWithin());
        journal.secondPersonAsked(request);
        persons.folder().ask(request);
        return request;
    }

    private Approval settle(Card card, ApprovalRequest request, boolean waits)
            throws IOException, NotApproved, RecordUnavailable, InterruptedException {
        boolean told = false;
        while (true) {
            List<SignedAnswer> answers = persons.folder().answers(request);
            if (!answers.isEmpty()) {
                Optional<Approval> settled = settled(card, request, answers);
                if (settled.isPresent()) {
                    return settled.get();
                }
            }
            if (!waits || !Instant.now().isBefore(request.answerBy())) {
                throw new NotApproved(
                        Instant.now().isBefore(request.answerBy())
                                ? waiting(request)
                                : Bilingual.of(
                                        "Not approved: nobody answered request {0} in time.",
                                        "未批准：请求 {0} 没有及时得到答复。", request.id()));
            }
            if (!told) {
                person.notice(waiting(request));
                told = true;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /// The approval, when somebody gave it; empty while the answers there are do not count.
    ///
    /// @throws NotApproved when somebody refused, or the grant is too old or was used
    private Optional<Approval> settled(
            Card card, ApprovalRequest request, List<SignedAnswer> answers)
            throws IOException, NotApproved, RecordUnavailable {
        Approval approval;
        try {
            approval =
                    house.gate()
                            .approveBySecondPerson(
                                    card, request, answers, persons.signers(), Instant.now());
        } catch (NotApproved not) {
            if (not.undecided()) {
                return Optional.empty();
            }
            journal.secondPersonAnswered(request, "refused", "", not.why().en(), answers);
            throw not;
        }
        if (!persons.folder().take(request)) {
            throw new NotApproved(
                    Bilingual.of(
                            "Not approved: the grant of request {0} was used.",
                            "未批准：请求 {0} 的批准已被使用过。", request.id()));
        }
        journal.secondPersonAnswered(
                request, "granted", approval.approver().id(), approval.id(), answers);
        return Optional.of(approval);
    }

    private static Bilingual waiting(ApprovalRequest request) {
        return Bilingual.of(
                "A second person is needed until {0}: parley approvals grant {1} (or refuse)."
                        + " Ctrl-C stops waiting; the same request again goes on with the answer.",
                "需要第二人在 {0} 之前批准：parley approvals grant {1}（或 refuse）。Ctrl-C"
                        + " 停止等待；再次提出同样的请求即可凭答复继续。",
                request.answerBy(),
                request.id());
    }
}
