package parley.console.turn;

import parley.safety.gate.Card;
import parley.tools.Bilingual;

import java.util.Optional;

/// The person at the console, as far as a turn needs one. Where there is no terminal there is no
/// yes.
public interface Person {
    /// What became of a question. To deny, to let the time run out and to cancel are three things,
    /// and none of them is a yes.
    sealed interface Answer {
        /// Something was typed; whether it approves is for the gate to say.
        record Typed(String words) implements Answer {}

        /// A plain no.
        ///
        /// @param reason why; may be empty
        record Denied(String reason) implements Answer {}

        /// Nobody answered in time.
        record TimedOut() implements Answer {}

        /// Nobody can be asked.
        record Absent() implements Answer {}
    }

    /// Shows the card and returns what became of it.
    ///
    /// @throws InterruptedException when the person cancels instead
    Answer approve(Card card) throws InterruptedException;

    /// The digest that was given beforehand instead of a terminal; it counts as a plain yes at
    /// most.
    Optional<String> approvedDigest();

    /// Something worth knowing while it happens: which host, which command, how far.
    void progress(Bilingual what);

    /// How far the work on a host is that goes on by itself; said again and again, with other
    /// numbers. Empty: it is no longer watched.
    default void working(String host, Optional<Bilingual> what) {
        what.ifPresent(words -> progress(Bilingual.of("{0}: {1}", "{0}：{1}", host, words)));
    }

    /// A statement that must be seen even though the turn goes on.
    void notice(Bilingual what);

    /// Words of a model as they arrive.
    void partial(String words);
}
