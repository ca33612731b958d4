package parley.evals;

import parley.console.reach.FirstContact;
import parley.console.turn.Person;
import parley.safety.gate.Card;
import parley.tools.Bilingual;
import parley.tools.Host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The person of a scenario: approves every card, or none. Only ever asked about hosts of the
/// testbed.
final class Operator implements Person, FirstContact {
    private static final int TWO_PEOPLE = 3;

    private final boolean approves;
    private final List<String> notices = new ArrayList<>();
    private final List<String> cards = new ArrayList<>();

    Operator(boolean approves) {
        this.approves = approves;
    }

    List<String> notices() {
        return List.copyOf(notices);
    }

    /// What was shown to be approved.
    List<String> cards() {
        return List.copyOf(cards);
    }

    @Override
    public Answer approve(Card card) {
        cards.add(String.join("\n", card.lines()));
        if (!approves || card.rung() >= TWO_PEOPLE) {
            return new Answer.Denied("");
        }
        return new Answer.Typed(card.rung() == 2 ? card.wordsToType() : "yes");
    }

    @Override
    public Optional<String> approvedDigest() {
        return Optional.empty();
    }

    @Override
    public void progress(Bilingual what) {}

    @Override
    public void notice(Bilingual what) {
        notices.add(what.en());
    }

    @Override
    public void partial(String words) {}

    /// The testbed's known hosts are right: a key that is not among them is a stranger's.
    @Override
    public boolean trust(Host host, String keyType, String fingerprint) {
        return false;
    }
}
