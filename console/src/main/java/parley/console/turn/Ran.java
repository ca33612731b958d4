package parley.console.turn;

import parley.console.reach.NotRun;
import parley.safety.gate.Step;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What was run of a change on one host so far; it grows, so that whatever ends it loses nothing.
final class Ran {
    private final List<Capture> captures = new ArrayList<>();
    private final List<List<String>> argv = new ArrayList<>();
    private final List<HostResult> looks = new ArrayList<>();
    private Optional<Reading<?>> reading = Optional.empty();
    private Optional<Step> lost = Optional.empty();
    private Optional<Bilingual> lostWhy = Optional.empty();

    void sends(List<String> words) {
        argv.add(words);
    }

    void gave(Capture capture) {
        captures.add(capture);
    }

    void read(Reading<?> what) {
        reading = Optional.of(what);
    }

    void sawBy(HostResult look) {
        looks.add(look);
    }

    /// The connection broke while `step` ran: it may have run or not.
    void lost(Step step, NotRun how) {
        lost = Optional.of(step);
        lostWhy = Optional.of(how.why());
    }

    /// The command of which nobody knows what became of it.
    Optional<Step> lostStep() {
        return lost;
    }

    Optional<Bilingual> lostWhy() {
        return lostWhy;
    }

    List<Capture> captures() {
        return List.copyOf(captures);
    }

    List<List<String>> argv() {
        return List.copyOf(argv);
    }

    /// The looks that followed the work to its end.
    List<HostResult> looks() {
        return List.copyOf(looks);
    }

    Optional<Reading<?>> reading() {
        return reading;
    }

    /// Whether anything was sent, so that the host may be another than before.
    boolean mayHaveChanged() {
        return !captures.isEmpty() || lost.isPresent();
    }
}
