package parley.evals;

import parley.console.show.Width;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The summary as a table for a terminal.
final class TableReport {
    private static final List<String> HEAD =
            List.of(
                    "scenario",
                    "passed",
                    "plan",
                    "evidence",
                    "answer",
                    "end",
                    "else",
                    "median",
                    "tokens in + out",
                    "cost");

    private TableReport() {}

    static List<String> lines(Summary summary) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        summary.cases().forEach(one -> rows.add(row(one)));
        List<String> lines = new ArrayList<>(aligned(rows));
        for (Case one : summary.cases()) {
            for (Case.Scored run : one.runs()) {
                if (one.scenario().isCheckable()) {
                    run.faults().forEach(fault -> lines.add("✗ " + one.name() + ": " + fault));
                }
            }
            one.errors().forEach(error -> lines.add("! " + one.name() + ": " + error));
        }
        lines.add("");
        lines.addAll(totals(summary));
        return lines;
    }

    private static List<String> row(Case one) {
        Duration median = Summary.latency(one.runs(), 50);
        Cost cost =
                one.runs().stream().map(run -> run.trial().cost()).reduce(Cost.NOTHING, Cost::plus);
        List<String> row = new ArrayList<>();
        row.add(one.name());
        row.add(one.scenario().isCheckable() ? one.passed() + "/" + one.runs().size() : "prose");
        for (Layer layer : Layer.values()) {
            long scored = one.runs().stream().filter(run -> run.score().has(layer)).count();
            long passed =
                    one.runs().stream()
                            .filter(run -> run.score().has(layer) && run.score().passed(layer))
                            .count();
            row.add(scored == 0 ? "·" : passed == scored ? "✓" : passed + "/" + scored);
        }
        row.add(Summary.seconds(median));
        row.add(Summary.tokens(cost));
        row.add(Summary.money(cost));
        return row;
    }

    private static List<String> totals(Summary summary) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "planner "
                        + summary.planning().name()
                        + " · "
                        + summary.scenarios()
                        + " cases · "
                        + summary.runCount()
                        + " runs ("
                        + summary.times()
                        + " each)");
        lines.add(
                "pass@1 "
                        + Summary.percent(summary.passAt1())
                        + " · pass^"
                        + summary.times()
                        + " "
                        + Summary.percent(summary.passEach())
                        + layers(summary));
        lines.add(
                "latency median "
                        + Summary.seconds(summary.latency(50))
                        + ", 95 % below "
                        + Summary.seconds(summary.latency(95))
                        + " · replies "
                        + summary.cost().replies()
                        + " · tokens "
                        + Summary.tokens(summary.cost())
                        + " · cost "
                        + Summary.money(summary.cost()));
        long prose = summary.cases().stream().filter(one -> !one.scenario().isCheckable()).count();
        if (prose > 0) {
            lines.add(
                    prose
                            + " cases are told in prose only: run without their faults, and not"
                            + " scored");
        }
        if (summary.errors() > 0 || summary.fellBack() > 0) {
            lines.add(
                    summary.errors()
                            + " runs did not take place · the model was given up in "
                            + summary.fellBack()
                            + " runs");
        }
        return lines;
    }

    private static String layers(Summary summary) {
        StringBuilder layers = new StringBuilder();
        for (Layer layer : Layer.values()) {
            if (summary.scored(layer) > 0) {
                layers.append(" · ")
                        .append(layer.word())
                        .append(' ')
                        .append(Summary.percent(summary.passed(layer)));
            }
        }
        return layers.toString();
    }

    private static List<String> aligned(List<List<String>> rows) {
        int[] widths = new int[HEAD.size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], Width.of(row.get(column)));
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                line.append(Width.pad(row.get(column), widths[column] + 2, false));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
