package parley.console.turn;

import static java.util.Objects.requireNonNull;

import parley.safety.gate.Judged;
import parley.tools.Call;
import parley.tools.Change;
import parley.tools.Host;
import parley.tools.Preview;
import parley.tools.Undo;

import java.util.List;
import java.util.stream.Stream;

/// A change on one host, looked at and judged, ready to be approved.
///
/// @param undo how it would be taken back, as it was said before it is made
/// @param steps what makes the change
/// @param clearing what clears away the work that was followed, once it has ended
record Prepared<A extends Record>(
        Call<A> call,
        Change<A, ?> tool,
        Host host,
        Preview preview,
        Undo undo,
        List<Judged> steps,
        List<Judged> clearing) {
    Prepared {
        requireNonNull(call, "call is null");
        requireNonNull(tool, "tool is null");
        requireNonNull(host, "host is null");
        requireNonNull(preview, "preview is null");
        requireNonNull(undo, "undo is null");
        steps = List.copyOf(steps);
        clearing = List.copyOf(clearing);
    }

    /// Everything that one approval must cover.
    List<Judged> all() {
        return Stream.concat(steps.stream(), clearing.stream()).toList();
    }
}
