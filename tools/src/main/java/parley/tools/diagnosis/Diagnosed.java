package parley.tools.diagnosis;

import static java.util.Objects.requireNonNull;

import parley.tools.Bilingual;
import parley.tools.Means;
import parley.tools.Reading;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What a diagnosis came to on one host: the causes, the one that explains the symptom best first;
/// then facts; then what could not be excluded; then what was looked at and is in order.
public record Diagnosed(
        @Means(en = "diagnosis", zh = "诊断") Symptom symptom,
        @Means(en = "conclusions", zh = "结论") List<Conclusion> conclusions) {
    public Diagnosed {
        requireNonNull(symptom, "symptom is null");
        conclusions = List.copyOf(conclusions);
    }

    /// The reading of a diagnosis: partial where something could not be excluded.
    ///
    /// @param conclusions in the order of the procedure; within causes that order holds
    public static Reading<Diagnosed> of(Symptom symptom, List<Conclusion> conclusions) {
        List<Conclusion> ordered = new ArrayList<>(conclusions);
        ordered.sort(Comparator.comparingInt(Diagnosed::rank));
        List<Bilingual> gaps =
                ordered.stream()
                        .filter(one -> one.confidence() == Confidence.NOT_EXCLUDED)
                        .map(Conclusion::statement)
                        .toList();
        return Reading.of(new Diagnosed(symptom, ordered), gaps);
    }

    private static int rank(Conclusion one) {
        return switch (one.confidence()) {
            case CONFIRMED -> one.isCause() ? 0 : 2;
            case LIKELY -> one.isCause() ? 1 : 2;
            case NOT_EXCLUDED -> 3;
            case EXCLUDED -> 4;
        };
    }

    public List<Conclusion> causes() {
        return conclusions.stream().filter(Conclusion::isCause).toList();
    }

    public List<Conclusion> with(Confidence confidence) {
        return conclusions.stream().filter(one -> one.confidence() == confidence).toList();
    }
}
