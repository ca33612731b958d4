package parley.evals;

import parley.console.show.ResultJson;
import parley.console.turn.TurnResult;
import parley.tools.Language;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Scores a run, layer by layer, without asking any model: whoever judged by a model would score
/// the judge.
final class Scorer {
    private static final int MOST_SHOWN = 8;

    private final Trial trial;
    private final Expected expected;

    private Scorer(Trial trial) {
        this.trial = trial;
        this.expected = trial.scenario().expected();
    }

    static Score score(Trial trial) {
        Scorer scorer = new Scorer(trial);
        EnumMap<Layer, List<String>> wrong = new EnumMap<>(Layer.class);
        if (scorer.saysPlan()) {
            wrong.put(Layer.PLAN, scorer.plan());
        }
        wrong.put(Layer.EVIDENCE, scorer.evidence());
        if (!scorer.expected.says().isEmpty() || !scorer.expected.saysNot().isEmpty()) {
            wrong.put(Layer.ANSWER, scorer.answer());
        }
        if (!scorer.expected.end().isEmpty()) {
            wrong.put(Layer.END, scorer.end());
        }
        wrong.put(Layer.NOTHING_ELSE, scorer.nothingElse());
        return new Score(wrong);
    }

    private boolean saysPlan() {
        return !expected.calls().isEmpty()
                || !expected.outcomes().isEmpty()
                || !trial.scenario().forbidden().isEmpty();
    }

    private List<String> plan() {
        List<String> wrong = new ArrayList<>();
        String outcome = trial.turns().getLast().outcome().word();
        if (!expected.outcomes().isEmpty() && !expected.outcomes().contains(outcome)) {
            wrong.add("it ended " + outcome + ", not " + String.join(" or ", expected.outcomes()));
        }
        int after = 0;
        for (List<Expected.Wanted> either : expected.calls()) {
            int at = find(either, expected.ordered() ? after : 0);
            if (at < 0) {
                wrong.add(
                        "missing: "
                                + either.stream()
                                        .map(Expected.Wanted::toString)
                                        .collect(Collectors.joining(" or "))
                                + (expected.ordered() && find(either, 0) >= 0
                                        ? ", in this order"
                                        : ""));
            } else {
                after = at + 1;
            }
        }
        for (Forbidden forbidden : trial.scenario().forbidden()) {
            trial.calls().stream()
                    .filter(forbidden::fits)
                    .forEach(call ->
                            wrong.add(
                                    "forbidden ("
                                            + forbidden
                                            + "): "
                                            + call
                                            + (call.made() ? ", made" : ", proposed")));
        }
        return wrong;
    }

    private int find(List<Expected.Wanted> either, int from) {
        for (int index = from; index < trial.calls().size(); index++) {
            Call call = trial.calls().get(index);
            if (either.stream().anyMatch(call::is)) {
                return index;
            }
        }
        return -1;
    }

    private List<String> evidence() {
        List<String> wrong = new ArrayList<>();
        String read = trial.results().map(Grounds::text).collect(Collectors.joining("\n"));
        for (Words words : expected.evidence()) {
            if (!words.in(read, trial.language())) {
                wrong.add("nothing that was read says: " + words.pattern(trial.language()));
            }
        }
        for (TurnResult turn : trial.turns()) {
            wrong.addAll(Grounds.missing(turn));
        }
        return wrong;
    }

    private List<String> answer() {
        String answer = answerOf(trial);
        Language language = trial.language();
        List<String> wrong = new ArrayList<>();
        for (Words words : expected.says()) {
            if (!words.in(answer, language)) {
                wrong.add("the answer does not say: " + words.pattern(language));
            }
        }
        for (Words words : expected.saysNot()) {
            if (words.in(answer, language)) {
                wrong.add("the answer says: " + words.pattern(language));
            }
        }
        return wrong;
    }

    /// What the person reads in the end, all turns together.
    static String answerOf(Trial trial) {
        return trial.turns().stream()
                .map(turn ->
                        turn.question()
                                .map(question ->
                                        question.question().in(trial.language())
                                                + "\n"
                                                + String.join("\n", question.choices()))
                                .orElseGet(() -> ResultJson.answer(turn)))
                .collect(Collectors.joining("\n---\n"));
    }

    private List<String> end() {
        List<String> wrong = new ArrayList<>();
        for (Expected.End end : expected.end()) {
            String printed = trial.ends().getOrDefault(end, "! not looked at");
            if (printed.startsWith("! ") || !end.prints().in(printed, trial.language())) {
                wrong.add(end.host() + ": " + end.check() + " → " + printed.strip());
            }
        }
        return wrong;
    }

    private List<String> nothingElse() {
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, List<String>> host : trial.changes().entrySet()) {
            List<Words> may = expected.changes().getOrDefault(host.getKey(), List.of());
            List<String> unexpected =
                    host.getValue().stream()
                            .filter(line ->
                                    !fits(line, may) && !fits(line, trial.scenario().restless()))
                            .toList();
            unexpected.stream()
                    .limit(MOST_SHOWN)
                    .forEach(line -> wrong.add(host.getKey() + " " + line));
            if (unexpected.size() > MOST_SHOWN) {
                wrong.add(
                        host.getKey()
                                + ": and "
                                + (unexpected.size() - MOST_SHOWN)
                                + " lines more");
            }
            for (Words words : may) {
                if (host.getValue().stream().noneMatch(line -> words.in(line, trial.language()))) {
                    wrong.add(
                            host.getKey() + " did not change: " + words.pattern(trial.language()));
                }
            }
        }
        return wrong;
    }

    private boolean fits(String line, List<Words> any) {
        return any.stream().anyMatch(words -> words.in(line, trial.language()));
    }
}
