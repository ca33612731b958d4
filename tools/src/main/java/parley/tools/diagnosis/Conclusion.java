package parley.tools.diagnosis;

import static java.util.Objects.requireNonNull;

import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Clue;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Host;
import parley.tools.Means;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One statement of a diagnosis, with what it rests on.
///
/// @param evidence never empty for a statement that is confirmed, likely or excluded
/// @param disprovedBy what would show that it is wrong
/// @param advice what can be done, where that is more than the next call
/// @param next the call that would help, at most one
/// @param since when it began, where that was written down and this host's clock is known
public record Conclusion(
        @Means(en = "severity", zh = "严重程度") Severity severity,
        @Means(en = "confidence", zh = "把握") Confidence confidence,
        @Means(en = "statement", zh = "结论") Bilingual statement,
        @Means(en = "evidence", zh = "证据") List<Citation> evidence,
        @Means(en = "disproved by", zh = "何以推翻") Optional<Bilingual> disprovedBy,
        @Means(en = "advice", zh = "建议") Optional<Bilingual> advice,
        @Means(en = "next", zh = "下一步") Optional<Proposed> next,
        @Means(en = "since", zh = "起始") Optional<Onset> since) {
    public Conclusion {
        requireNonNull(severity, "severity is null");
        requireNonNull(confidence, "confidence is null");
        requireNonNull(statement, "statement is null");
        evidence = List.copyOf(evidence);
        requireNonNull(disprovedBy, "disprovedBy is null");
        requireNonNull(advice, "advice is null");
        requireNonNull(next, "next is null");
        requireNonNull(since, "since is null");
        if (evidence.isEmpty() && confidence != Confidence.NOT_EXCLUDED) {
            throw new IllegalArgumentException("nothing supports: " + statement.en());
        }
    }

    private static Conclusion of(
            Severity severity,
            Confidence confidence,
            String en,
            String zh,
            List<Citation> evidence) {
        return new Conclusion(
                severity,
                confidence,
                Bilingual.of(en, zh),
                evidence,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// It was read, and it explains the symptom or is a fault of its own.
    public static Conclusion confirmed(
            Severity severity, String en, String zh, Citation... evidence) {
        return of(severity, Confidence.CONFIRMED, en, zh, List.of(evidence));
    }

    /// What was read points to it.
    public static Conclusion likely(Severity severity, String en, String zh, Citation... evidence) {
        return of(severity, Confidence.LIKELY, en, zh, List.of(evidence));
    }

    /// It was looked at in full, and it is not so.
    ///
    /// @param en what is in order, with the figures
    public static Conclusion fine(String en, String zh, Citation... evidence) {
        return of(Finding.Severity.HEALTHY, Confidence.EXCLUDED, en, zh, List.of(evidence));
    }

    /// It could not be looked at.
    ///
    /// @param en what may be so
    /// @param why why that was not seen
    public static Conclusion open(String en, String zh, Bilingual why, Clue... partly) {
        return of(
                Severity.WARNING,
                Confidence.NOT_EXCLUDED,
                en + ": " + why.en(),
                zh + "：" + why.zh(),
                List.of(partly).stream().map(Citation::of).toList());
    }

    public Conclusion disproved(String en, String zh) {
        return new Conclusion(
                severity,
                confidence,
                statement,
                evidence,
                Optional.of(Bilingual.of(en, zh)),
                advice,
                next,
                since);
    }

    public Conclusion advising(String en, String zh) {
        return new Conclusion(
                severity,
                confidence,
                statement,
                evidence,
                disprovedBy,
                Optional.of(Bilingual.of(en, zh)),
                next,
                since);
    }

    public Conclusion proposing(Call<?> call, Host host) {
        return proposing(Proposed.of(call, host));
    }

    public Conclusion proposing(Proposed call) {
        return new Conclusion(
                severity,
                confidence,
                statement,
                evidence,
                disprovedBy,
                advice,
                Optional.of(call),
                since);
    }

    /// The same with more words at the end of its statement.
    Conclusion because(String en, String zh) {
        return new Conclusion(
                severity,
                confidence,
                Bilingual.of(statement.en() + en, statement.zh() + zh),
                evidence,
                disprovedBy,
                advice,
                next,
                since);
    }

    public Conclusion citing(Citation more) {
        List<Citation> all = new ArrayList<>(evidence);
        all.add(more);
        return new Conclusion(
                severity, confidence, statement, all, disprovedBy, advice, next, since);
    }

    Conclusion since(Onset began) {
        return new Conclusion(
                severity,
                confidence,
                statement,
                evidence,
                disprovedBy,
                advice,
                next,
                Optional.of(began));
    }

    /// Whether it names something that is wrong.
    public boolean isCause() {
        return (confidence == Confidence.CONFIRMED || confidence == Confidence.LIKELY)
                && severity.compareTo(Severity.NOTICE) < 0;
    }
}
