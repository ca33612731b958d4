package parley.console.turn;

import parley.safety.gate.Approval;
import parley.safety.gate.Card;
import parley.safety.gate.NotApproved;
import parley.safety.record.RecordUnavailable;
import parley.tools.Bilingual;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gets the approval that a card needs: from the person who asked, and where that is not enough,
/// from a second one.
final class Asking {
    /// What was denied is not asked again at once: a planner does not wear anybody down.
    private static final Duration DENIED_FOR = Duration.ofSeconds(60);

    private final House house;
    private final Journal journal;
    private final Person person;
    private final Map<String, Instant> denied = new HashMap<>();
    private final List<String> reasons = new ArrayList<>();
    private boolean declared;

    Asking(House house, Journal journal, Person person) {
        this.house = house;
        this.journal = journal;
        this.person = person;
    }

    List<String> reasons() {
        return List.copyOf(reasons);
    }

    /// @throws Stopped when it is not given, saying whose no it was
    Approval approval(Card card) throws Stopped, InterruptedException {
        try {
            refuseWhatWasJustDenied(card);
            exception();
            journal.approvalAsked(card);
            return ask(card);
        } catch (RecordUnavailable unavailable) {
            throw Commands.stopped(unavailable);
        }
    }

    private void refuseWhatWasJustDenied(Card card) throws Stopped {
        Instant before = denied.get(card.digest());
        if (before != null && Instant.now().isBefore(before.plus(DENIED_FOR))) {
            throw Stopped.of(
                    Outcome.Kind.DECLINED,
                    Bilingual.of("this was denied a moment ago", "这一操作刚刚被拒绝过"));
        }
    }

    /// Whatever is out of the ordinary is recorded once a run, before anything is asked.
    private void exception() throws RecordUnavailable {
        Declarations.Declared now = house.situations().declarations().current();
        if (now.extraordinary() && !declared) {
            journal.declared(now);
            declared = true;
        }
    }

    private Approval ask(Card card) throws Stopped, InterruptedException, RecordUnavailable {
        Optional<String> digest = person.approvedDigest();
        try {
            Approval approval;
            if (digest.isPresent() && card.rung() < 3) {
                approval =
                        house.gate()
                                .approveByDigest(card, digest.get(), house.actor(), Instant.now());
            } else if (card.rung() == 3) {
                approval = secondPerson(card);
            } else {
                String typed = typed(card).orElseThrow(() -> nobodyToAsk(card));
                approval = house.gate().approve(card, typed, house.actor(), Instant.now());
            }
            journal.approvalAnswered(card, "approved", approval.id());
            return approval;
        } catch (NotApproved refused) {
            journal.approvalAnswered(card, "declined", refused.why().en());
            boolean cannot = digest.isPresent() || card.rung() >= 3;
            throw Stopped.of(
                    cannot ? Outcome.Kind.APPROVAL_NEEDED : Outcome.Kind.DECLINED, refused.why());
        }
    }

    /// The one who asks types the words of the change first, where there is a terminal; without one
    /// the second person's signature has to do alone.
    private Approval secondPerson(Card card)
            throws Stopped, NotApproved, InterruptedException, RecordUnavailable {
        Optional<SecondPersons> persons = house.secondPersons();
        if (persons.isEmpty()) {
            card.lines().forEach(line -> person.notice(Bilingual.same(line)));
            throw new NotApproved(
                    Bilingual.of(
                            "Not approved: this needs a second person, and no shared folder for"
                                    + " approvals is configured (approvals: {directory: …,"
                                    + " allowedSigners: …} in config.yaml). Nothing ran.",
                            "未批准：此操作需要第二人批准，而尚未配置共享的批准目录（在 config.yaml 中写入"
                                    + " approvals: {directory: …, allowedSigners: …}）。没有执行任何操作。"));
        }
        Optional<String> typed = typed(card);
        if (typed.isPresent()) {
            house.gate().checkWords(card, typed.get());
        }
        return new TwoPeople(house, persons.get(), journal, person)
                .approval(card, typed.isPresent());
    }

    private Stopped nobodyToAsk(Card card) {
        return Stopped.of(
                Outcome.Kind.APPROVAL_NEEDED,
                Bilingual.of(
                        "this needs a person's approval and there is no terminal to ask at; nothing"
                                + " ran (digest {0})",
                        "此操作需要人工批准，但当前没有可供询问的终端；未执行任何操作（摘要 {0}）", card.digest()));
    }

    /// What was typed; empty when nobody can be asked.
    private Optional<String> typed(Card card)
            throws Stopped, InterruptedException, RecordUnavailable {
        Person.Answer answer;
        try {
            answer = person.approve(card);
        } catch (InterruptedException cancelled) {
            journal.approvalAnswered(card, "cancelled", "");
            throw cancelled;
        }
        return switch (answer) {
            case Person.Answer.Typed said -> Optional.of(said.words());
            case Person.Answer.Absent ignored -> {
                journal.approvalAnswered(card, "no-terminal", "");
                yield Optional.empty();
            }
            case Person.Answer.TimedOut ignored -> {
                journal.approvalAnswered(card, "timeout", "");
                throw Stopped.of(
                        Outcome.Kind.APPROVAL_NEEDED,
                        Bilingual.of("nobody answered in time; nothing ran", "没有及时得到答复；未执行任何操作"));
            }
            case Person.Answer.Denied said -> throw denied(card, said.reason());
        };
    }

    private Stopped denied(Card card, String reason) throws RecordUnavailable {
        journal.approvalAnswered(card, "denied", reason);
        denied.put(card.digest(), Instant.now());
        reasons.add(reason);
        return Stopped.of(
                Outcome.Kind.DECLINED,
                reason.isEmpty()
                        ? Bilingual.of("denied; nothing ran", "已拒绝；未执行任何操作")
                        : Bilingual.of("denied; nothing ran: " + reason, "已拒绝；未执行任何操作：" + reason));
    }
}
