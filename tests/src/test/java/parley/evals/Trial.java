package parley.evals;

import static java.util.Objects.requireNonNull;

import parley.console.turn.HostResult;
import parley.console.turn.TurnResult;
import parley.tools.Language;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// One run of a scenario, and everything that came of it.
///
/// @param calls what was proposed and what was made, as the record has it, in order
/// @param changes by host: lines of its snapshot that were there only before (`- `) or only
///   afterwards (`+ `)
/// @param ends by check: what it printed, or why it failed (`! `)
/// @param fellBack why a model was given up, each time
/// @param cost what the model took
/// @param took from the request to the answer, all turns together
record Trial(
        Scenario scenario,
        Language language,
        List<TurnResult> turns,
        List<Call> calls,
        Map<String, List<String>> changes,
        Map<Expected.End, String> ends,
        List<String> notices,
        List<String> cards,
        List<String> fellBack,
        Cost cost,
        Duration took) {
    Trial {
        requireNonNull(scenario, "scenario is null");
        requireNonNull(language, "language is null");
        turns = List.copyOf(turns);
        calls = List.copyOf(calls);
        changes = Map.copyOf(changes);
        ends = Map.copyOf(ends);
        notices = List.copyOf(notices);
        cards = List.copyOf(cards);
        fellBack = List.copyOf(fellBack);
    }

    Stream<HostResult> results() {
        return turns.stream().flatMap(turn -> turn.results().stream()).flatMap(HostResult::all);
    }
}
