package parley.tools.diagnosis;

import parley.tools.Clue;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.diagnosis.Case.Seen;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Conclusions that a tool draws by itself from what it read.
final class Borrowed {
    private Borrowed() {}

    /// The alarms of the tool's own findings, each confirmed by its lines; without an alarm, that
    /// it is in order, in the tool's words.
    static List<Conclusion> all(Seen<?> seen) {
        return of(seen, ignored -> true);
    }

    /// Like [#all]; `en` and `zh` are said where the tool says neither.
    static List<Conclusion> all(Seen<?> seen, String en, String zh) {
        List<Conclusion> found = all(seen);
        return found.isEmpty() ? List.of(Conclusion.fine(en, zh, Citation.of(seen.clue()))) : found;
    }

    /// Those of them that `relevant` keeps.
    static List<Conclusion> of(Seen<?> seen, Predicate<Finding> relevant) {
        List<Conclusion> found = new ArrayList<>();
        List<Finding> findings = findings(seen.clue()).stream().filter(relevant).toList();
        for (Finding finding : findings) {
            if (finding.severity().compareTo(Severity.NOTICE) < 0) {
                found.add(
                        Conclusion.confirmed(
                                finding.severity(),
                                sentence(finding.statement().en(), "."),
                                sentence(finding.statement().zh(), "。"),
                                Citation.of(seen.clue(), finding.lines())));
            }
        }
        if (found.isEmpty()) {
            findings.stream()
                    .filter(finding -> finding.severity() == Severity.HEALTHY)
                    .map(finding ->
                            Conclusion.fine(
                                    sentence(finding.statement().en(), "."),
                                    sentence(finding.statement().zh(), "。"),
                                    Citation.of(seen.clue(), finding.lines())))
                    .forEach(found::add);
        }
        return found;
    }

    static List<Finding> findings(Clue clue) {
        return clue.result() instanceof Clue.Read read ? read.findings() : List.of();
    }

    private static String sentence(String text, String end) {
        return text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text;
    }
}
