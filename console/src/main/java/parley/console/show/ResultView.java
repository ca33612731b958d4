package parley.console.show;

import parley.console.turn.HostResult;
import parley.console.turn.TurnResult;
import parley.prompts.answer.Narrator;
import parley.safety.gate.Sanitiser;
import parley.tools.Language;
import parley.tools.diagnosis.Diagnosed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The result of a request for a person: the answer first, then what was read, then how it ended if
/// not well.
public final class ResultView {
    private static final int MOST_MODEL_LINES = 200;

    private final Language language;
    private final int columns;
    private final boolean colour;
    private final Ink ink;

    /// @param colour whether it is for a terminal, where a model's words were shown as they came
    public ResultView(Language language, int columns, boolean colour) {
        this(language, columns, colour, Ink.of(System.getenv()));
    }

    ResultView(Language language, int columns, boolean colour, Ink ink) {
        this.language = language;
        this.columns = columns;
        this.colour = colour;
        this.ink = ink;
    }

    public List<String> lines(TurnResult result) {
        List<String> lines = new ArrayList<>(modelWords(result));
        for (Narrator.Sentence sentence : result.answer()) {
            lines.addAll(sentence(sentence));
        }
        lines.addAll(undo(result));
        for (List<HostResult> same : alike(result)) {
            HostResult one = same.getFirst();
            lines.add("");
            Paragraph.wrap(title(same), columns).forEach(line -> lines.add(paint("2", line)));
            lines.addAll(pictures(one));
            lines.addAll(
                    new ReadingView(language, columns, ink)
                            .lines(one.reading().orElseThrow().value()));
        }
        result.results().forEach(one -> lines.addAll(drawnParts(one)));
        if (result.question().isPresent()) {
            lines.addAll(question(result));
        } else if (result.outcome().exitCode() != 0 && result.results().isEmpty()) {
            lines.addAll(
                    Paragraph.wrap(Sanitiser.line(result.outcome().says().in(language)), columns));
        }
        if (result.usage().replies() > 0) {
            Paragraph.wrap(UsageWords.of(result.usage(), language), columns)
                    .forEach(line -> lines.add(paint("2", line)));
        }
        return lines;
    }

    private List<String> pictures(HostResult one) {
        return one.reading()
                .map(reading -> new Charts(language, columns, ink).lines(reading.value()))
                .orElse(List.of());
    }

    /// What a diagnosis read of load, memory and disks, to be looked at: its sentences say the
    /// rest. Latencies of single probes are in the sentences, too.
    private List<String> drawnParts(HostResult composite) {
        List<String> lines = new ArrayList<>();
        for (HostResult part : composite.parts()) {
            List<String> drawn =
                    part.call().tool().name().equals("net.probe") ? List.of() : pictures(part);
            if (!drawn.isEmpty()) {
                lines.add("");
                lines.add(paint("2", Width.cut(title(List.of(part)), columns)));
                lines.addAll(drawn);
            }
        }
        return lines;
    }

    /// What was asked for, hosts with equal readings of the same call together.
    private static Collection<List<HostResult>> alike(TurnResult result) {
        return result.results().stream()
                .filter(one -> asked(result, one) && one.reading().isPresent())
                // What a diagnosis read is in its sentences already.
                .filter(one -> !(one.reading().orElseThrow().value() instanceof Diagnosed))
                .collect(
                        Collectors.groupingBy(
                                one ->
                                        List.of(
                                                one.call(),
                                                one.reading().orElseThrow(),
                                                one.truncated()),
                                LinkedHashMap::new,
                                Collectors.toList()))
                .values();
    }

    /// How each change is taken back, ready to be typed; loudest where its check failed.
    private List<String> undo(TurnResult result) {
        Map<String, List<String>> hosts = new LinkedHashMap<>();
        for (HostResult one : result.results()) {
            one.undo()
                    // That it cannot be undone was on the card; it matters again when it failed.
                    .filter(undo -> undo.call().isPresent() || one.outcome().exitCode() != 0)
                    .map(undo -> one.undoCommand().orElseGet(() -> undo.how().in(language)))
                    .ifPresent(how ->
                            hosts.computeIfAbsent(how, ignored -> new ArrayList<>())
                                    .add(one.host()));
        }
        List<String> lines = new ArrayList<>();
        hosts.forEach((how, where) -> {
            boolean named = how.startsWith("parley run ");
            String label = language == Language.EN ? "undo" : "撤销";
            String on = named ? "" : " " + String.join(", ", where);
            String colon = language == Language.EN ? ": " : "：";
            String line = Sanitiser.line(label + on + colon + how);
            // A command that is cut into lines cannot be copied.
            lines.addAll(named ? List.of(line) : Paragraph.wrap(line, columns));
        });
        return lines;
    }

    private List<String> modelWords(TurnResult result) {
        List<String> lines = new ArrayList<>();
        if (!result.modelWords().isEmpty()) {
            if (colour) {
                lines.add("");
            } else {
                lines.addAll(Sanitiser.lines(result.modelWords(), MOST_MODEL_LINES));
            }
            if (result.results().isEmpty()) {
                lines.add(
                        language == Language.EN
                                ? "(the model's own words: nothing was read)"
                                : "（以上是模型自己的话：没有读取任何数据）");
            }
        }
        return lines;
    }

    /// Whether the call was asked for: what a change checks by itself is told in its sentence.
    private static boolean asked(TurnResult result, HostResult one) {
        return result.proposal().stream()
                .flatMap(proposal -> proposal.items().stream())
                .anyMatch(item -> item.tool().equals(one.call().tool().name()));
    }

    private List<String> sentence(Narrator.Sentence sentence) {
        String style =
                switch (sentence.severity()) {
                    case CRITICAL -> "1;31";
                    case WARNING -> "33";
                    case NOTICE -> "0";
                    case HEALTHY -> "32";
                };
        return Paragraph.wrap(Sanitiser.line(sentence.text()), columns).stream()
                .map(line -> paint(style, line))
                .toList();
    }

    private List<String> question(TurnResult result) {
        List<String> lines = new ArrayList<>();
        var question = result.question().orElseThrow();
        lines.addAll(Paragraph.wrap(Sanitiser.line(question.question().in(language)), columns));
        for (int index = 0; index < question.choices().size(); index++) {
            lines.add("  " + (index + 1) + ". " + Sanitiser.line(question.choices().get(index)));
        }
        return lines;
    }

    private String title(List<HostResult> same) {
        HostResult one = same.getFirst();
        String partial =
                one.reading().filter(reading -> !reading.gaps().isEmpty()).isPresent()
                        ? language == Language.EN ? " · partial" : " · 不完整"
                        : "";
        String cut =
                one.truncated() ? language == Language.EN ? " · output was cut" : " · 输出已截断" : "";
        String ids = same.stream().map(HostResult::id).collect(Collectors.joining(", "));
        String hosts = same.stream().map(HostResult::host).collect(Collectors.joining(", "));
        return ids
                + " "
                + hosts
                + " · "
                + one.call().tool().card().title().in(language)
                + partial
                + cut;
    }

    private String paint(String style, String text) {
        return colour && !style.equals("0") ? "\u001b[" + style + "m" + text + "\u001b[0m" : text;
    }
}
