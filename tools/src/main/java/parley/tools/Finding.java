package parley.tools;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// One statement that a reading supports, with the lines it rests on.
///
/// @param lines empty when the whole capture is the evidence
public record Finding(Severity severity, Bilingual statement, List<Lines> lines) {
    /// How much it matters. The order is that of an answer: the gravest first.
    public enum Severity {
        @Means(en = "critical", zh = "严重")
        CRITICAL,
        @Means(en = "warning", zh = "警告")
        WARNING,
        /// A fact that was asked for.
        @Means(en = "notice", zh = "提示")
        NOTICE,
        /// Looked at and in order.
        @Means(en = "healthy", zh = "正常")
        HEALTHY
    }

    /// Lines of one capture: `capture` and `from` count from 1, `to` is included.
    public record Lines(int capture, int from, int to) {
        public Lines {
            if (capture < 1 || from < 1 || to < from) {
                throw new IllegalArgumentException(
                        "not a range of lines: " + capture + " " + from + "–" + to);
            }
        }

        /// `2:3` or `2:3-5`: capture and lines.
        @Override
        public String toString() {
            return capture + ":" + from + (to == from ? "" : "-" + to);
        }
    }

    public Finding {
        requireNonNull(severity, "severity is null");
        requireNonNull(statement, "statement is null");
        lines = List.copyOf(lines);
    }

    public static Finding of(Severity severity, String en, String zh) {
        return new Finding(severity, Bilingual.of(en, zh), List.of());
    }

    /// A finding about values, which stand in its sentences as in [Bilingual#of(String, String,
    /// Object...)].
    public static Finding of(Severity severity, String en, String zh, @Nullable Object... values) {
        return new Finding(severity, Bilingual.of(en, zh, values), List.of());
    }

    /// The same finding, resting on one line of capture number `capture`.
    public Finding at(int capture, int line) {
        return new Finding(severity, statement, List.of(new Lines(capture, line, line)));
    }
}
