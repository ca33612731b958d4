package parley.prompts.answer;

import parley.tools.Finding;
import parley.tools.Language;

import java.util.List;

/// How answers name their evidence.
final class Sources {
    private Sources() {}

    /// `#3`, `#3 line 4`, `#3 lines 12–20`; a range of a later command of the same call names it:
    /// `#3.2 line 4`. The first range stands for all.
    static String of(String id, List<Finding.Lines> ranges, Language language) {
        if (ranges.isEmpty()) {
            return id;
        }
        Finding.Lines lines = ranges.getFirst();
        String numbered = id + (lines.capture() == 1 ? "" : "." + lines.capture());
        String range =
                lines.from() == lines.to()
                        ? Integer.toString(lines.from())
                        : lines.from() + "–" + lines.to();
        return switch (language) {
            case EN -> numbered + (lines.from() == lines.to() ? " line " : " lines ") + range;
            case ZH -> numbered + " 第 " + range + " 行";
        };
    }
}
