package parley.tools.diagnosis;

import parley.tools.Bilingual;
import parley.tools.Finding.Severity;
import parley.tools.Lead;
import parley.tools.diagnosis.Case.Seen;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Collects what the branches of a diagnosis come to, and keeps them honest: what was not read, or
/// not wholly, is never called fine.
final class Branches {
    private final Case about;
    private final List<Conclusion> all = new ArrayList<>();

    Branches(Case about) {
        this.about = about;
    }

    /// What `branch` makes of what `lead` read. When it gave nothing, `en` and `zh`, what may be so
    /// then, is not excluded; when it was partial, nothing that the branch excludes is.
    <R extends Record> Branches on(
            Lead lead,
            Class<R> type,
            String en,
            String zh,
            Function<Seen<R>, List<Conclusion>> branch) {
        var seen = about.seen(lead, type);
        if (seen.isEmpty()) {
            return about.clue(lead)
                    .map(clue -> add(Conclusion.open(en, zh, about.why(lead), clue)))
                    .orElseGet(() -> add(Conclusion.open(en, zh, about.why(lead))));
        }
        List<Conclusion> found =
                branch.apply(seen.get()).stream()
                        .map(one -> honest(one, en, zh, seen.get()))
                        .toList();
        boolean told = found.stream().anyMatch(one -> one.confidence() == Confidence.NOT_EXCLUDED);
        addAll(found);
        if (!seen.get().isWhole() && !told) {
            Bilingual gaps =
                    Bilingual.of(
                            gaps(seen.get().gaps(), Bilingual::en, "; "),
                            gaps(seen.get().gaps(), Bilingual::zh, "；"));
            add(
                    Conclusion.open(
                            "more than that (" + en + ")",
                            "另有其他情况（" + zh + "）",
                            gaps,
                            seen.get().clue()));
        }
        return this;
    }

    Branches add(Conclusion one) {
        all.add(one);
        return this;
    }

    Branches addAll(List<Conclusion> more) {
        all.addAll(more);
        return this;
    }

    boolean hasCause() {
        return all.stream().anyMatch(Conclusion::isCause);
    }

    List<Conclusion> conclusions() {
        return List.copyOf(all);
    }

    /// A branch that looked at a partial reading has excluded nothing: what may be so, why that is
    /// not known, and what was seen.
    static Conclusion honest(Conclusion one, String en, String zh, Seen<?> seen) {
        return one.confidence() == Confidence.EXCLUDED && !seen.isWhole()
                ? new Conclusion(
                        Severity.WARNING,
                        Confidence.NOT_EXCLUDED,
                        Bilingual.of(
                                en
                                        + ": "
                                        + gaps(seen.gaps(), Bilingual::en, "; ")
                                        + " (as far as could be seen, "
                                        + one.statement().en()
                                        + ")",
                                zh
                                        + "："
                                        + gaps(seen.gaps(), Bilingual::zh, "；")
                                        + "（就能看到的部分而言，"
                                        + one.statement().zh()
                                        + "）"),
                        one.evidence(),
                        one.disprovedBy(),
                        one.advice(),
                        one.next(),
                        one.since())
                : one;
    }

    private static String gaps(
            List<Bilingual> gaps, Function<Bilingual, String> language, String separator) {
        return gaps.stream().map(language).distinct().collect(Collectors.joining(separator));
    }
}
