package parley.prompts.answer;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Language;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Writes the answer from findings alone, without a model: the gravest first, equal statements of
/// several hosts as one sentence, and always what could not be read.
public final class Narrator {
    private Narrator() {}

    /// One sentence with its evidence: `web-1: /var is 92 % full [#1 line 3]`.
    public record Sentence(Severity severity, String text) {}

    /// The same statement, made on these pieces of evidence.
    private record Statement(int rank, Severity severity, Bilingual words) {}

    /// The sentences of the answer, in order.
    public static List<Sentence> answer(List<Evidence> evidence, Language language) {
        List<Sentence> sentences = new ArrayList<>(AcrossHosts.of(evidence, language));
        for (Evidence one : evidence) {
            one.diagnosis()
                    .map(diagnosed -> DiagnosisWords.of(one.host(), diagnosed, language))
                    .ifPresent(sentences::addAll);
        }
        List<Evidence> others = evidence.stream().filter(one -> one.diagnosis().isEmpty()).toList();
        sentences.addAll(statements(others, language));
        return List.copyOf(sentences);
    }

    private static List<Sentence> statements(List<Evidence> evidence, Language language) {
        Map<Statement, List<Cited>> statements = new LinkedHashMap<>();
        Set<List<Object>> told = new HashSet<>();
        evidence.forEach(one ->
                one.findings()
                        .forEach(finding -> told.add(List.of(one.host(), finding.statement()))));
        for (Evidence one : evidence) {
            one.problem()
                    // What a check found is not told a second time as the end of its change.
                    .filter(why -> !told.contains(List.of(one.host(), why)))
                    .ifPresent(why ->
                            add(
                                    statements,
                                    new Statement(one.change() ? 4 : 3, Severity.CRITICAL, why),
                                    one,
                                    List.of()));
            for (Finding finding : one.findings()) {
                int rank = finding.severity().compareTo(Severity.NOTICE) < 0 ? 0 : 1;
                add(
                        statements,
                        new Statement(rank, finding.severity(), finding.statement()),
                        one,
                        finding.lines());
            }
            for (Bilingual gap : one.gaps()) {
                add(statements, new Statement(2, Severity.WARNING, gap), one, List.of());
            }
        }
        List<Map.Entry<Statement, List<Cited>>> ordered = new ArrayList<>(statements.entrySet());
        ordered.sort((left, right) -> {
            int byRank = Integer.compare(left.getKey().rank(), right.getKey().rank());
            // Facts that were asked for stay in the order they were read; alarms go by gravity.
            return byRank != 0 || left.getKey().rank() != 0
                    ? byRank
                    : left.getKey().severity().compareTo(right.getKey().severity());
        });
        return ordered.stream()
                .map(entry -> sentence(entry.getKey(), entry.getValue(), language))
                .toList();
    }

    private record Cited(Evidence evidence, List<Finding.Lines> lines) {}

    private static void add(
            Map<Statement, List<Cited>> statements,
            Statement statement,
            Evidence evidence,
            List<Finding.Lines> lines) {
        statements
                .computeIfAbsent(statement, ignored -> new ArrayList<>())
                .add(new Cited(evidence, lines));
    }

    private static Sentence sentence(Statement statement, List<Cited> cited, Language language) {
        String hosts =
                cited.stream()
                        .map(one -> one.evidence().host())
                        .distinct()
                        .collect(Collectors.joining(language == Language.EN ? ", " : "、"));
        String mark =
                switch (statement.rank()) {
                    case 2 -> language == Language.EN ? "not seen: " : "未能看到：";
                    case 3 -> language == Language.EN ? "no reading: " : "没有读到：";
                    default -> "";
                };
        String colon = language == Language.EN ? ": " : "：";
        String sources =
                cited.stream().map(one -> source(one, language)).collect(Collectors.joining(", "));
        return new Sentence(
                statement.severity(),
                hosts + colon + mark + statement.words().in(language) + " [" + sources + "]");
    }

    private static String source(Cited cited, Language language) {
        return Sources.of(cited.evidence().id(), cited.lines(), language);
    }
}
