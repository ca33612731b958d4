package parley.evals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// All cases together.
///
/// @param times how often each was run
record Summary(Planning planning, int times, List<Case> cases) {
    Summary {
        cases = List.copyOf(cases);
    }

    private List<Case> counted() {
        return cases.stream().filter(Case::counts).toList();
    }

    private List<Case.Scored> runs() {
        return counted().stream().flatMap(one -> one.runs().stream()).toList();
    }

    int scenarios() {
        return counted().size();
    }

    int runCount() {
        return runs().size();
    }

    /// The share of runs that passed, in per cent.
    double passAt1() {
        return share(runs().stream().filter(Case.Scored::passed).count(), runs().size());
    }

    /// The share of cases all of whose runs passed, in per cent.
    double passEach() {
        return share(counted().stream().filter(Case::passedEach).count(), counted().size());
    }

    /// The share of runs that passed `layer`, of those that are scored on it.
    double passed(Layer layer) {
        List<Case.Scored> scored = runs().stream().filter(run -> run.score().has(layer)).toList();
        return share(
                scored.stream().filter(run -> run.score().passed(layer)).count(), scored.size());
    }

    long scored(Layer layer) {
        return runs().stream().filter(run -> run.score().has(layer)).count();
    }

    int errors() {
        return cases.stream().mapToInt(one -> one.errors().size()).sum();
    }

    /// Runs in which a model was given up and another planner went on.
    long fellBack() {
        return all().stream().filter(run -> !run.trial().fellBack().isEmpty()).count();
    }

    private List<Case.Scored> all() {
        return cases.stream().flatMap(one -> one.runs().stream()).toList();
    }

    Cost cost() {
        return all().stream().map(run -> run.trial().cost()).reduce(Cost.NOTHING, Cost::plus);
    }

    /// The time that `percent` of the runs stayed below.
    Duration latency(int percent) {
        return latency(all(), percent);
    }

    static Duration latency(List<Case.Scored> runs, int percent) {
        List<Duration> sorted =
                new ArrayList<>(runs.stream().map(run -> run.trial().took()).sorted().toList());
        return sorted.isEmpty()
                ? Duration.ZERO
                : sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    private static double share(long some, long all) {
        return all == 0 ? 0 : 100.0 * some / all;
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share);
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    static String tokens(Cost cost) {
        return cost.replies() == 0
                ? "–"
                : cost.tokensIn()
                        + " + "
                        + cost.tokensOut()
                        + (cost.counted() ? "" : " (partly uncounted)");
    }

    static String money(Cost cost) {
        return cost.money().signum() == 0 ? "–" : cost.money().stripTrailingZeros().toPlainString();
    }
}
