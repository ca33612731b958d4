package parley.evals;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What a run is worth: by layer, what is wrong. A layer about which the scenario says nothing is
/// not there.
record Score(Map<Layer, List<String>> wrong) {
    Score {
        EnumMap<Layer, List<String>> all = new EnumMap<>(Layer.class);
        wrong.forEach((layer, faults) -> all.put(layer, List.copyOf(faults)));
        wrong = all;
    }

    boolean passed() {
        return wrong.values().stream().allMatch(List::isEmpty);
    }

    boolean has(Layer layer) {
        return wrong.containsKey(layer);
    }

    boolean passed(Layer layer) {
        return wrong.getOrDefault(layer, List.of()).isEmpty();
    }

    /// `plan: …` and so on, one line each.
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        wrong.forEach(
                (layer, lines) -> lines.forEach(line -> faults.add(layer.word() + ": " + line)));
        return faults;
    }
}
