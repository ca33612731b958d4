package parley.safety.record.verify;

import parley.safety.record.verify.Verification.Kind;
import parley.safety.record.verify.Verification.Problem;
import parley.tools.Bilingual;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Collects problems and counts; keeps the first thousand, and at least one of each kind.
final class Findings {
    private static final int MOST = 1000;

    private final List<Problem> problems = new ArrayList<>();
    private long further;

    void add(Kind kind, long sequence, String place, String en, String zh) {
        add(new Problem(kind, OptionalLong.of(sequence), place, Bilingual.of(en, zh)));
    }

    void add(Kind kind, String place, String en, String zh) {
        add(new Problem(kind, OptionalLong.empty(), place, Bilingual.of(en, zh)));
    }

    void add(Problem problem) {
        boolean firstOfKind = problems.stream().noneMatch(p -> p.kind() == problem.kind());
        if (problems.size() < MOST || firstOfKind) {
            problems.add(problem);
        } else {
            further++;
        }
    }

    List<Problem> problems() {
        return problems;
    }

    long further() {
        return further;
    }
}
