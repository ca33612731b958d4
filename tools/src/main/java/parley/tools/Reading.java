package parley.tools;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// A typed reading and how complete it is.
///
/// @param gaps what could not be seen and why; not empty exactly when `status` is `PARTIAL`
public record Reading<R extends Record>(Status status, R value, List<Bilingual> gaps) {
    /// How complete a reading is.
    public enum Status {
        @Means(en = "complete", zh = "完整")
        OK,
        /// Nothing found, and everything was visible.
        @Means(en = "nothing found", zh = "未发现")
        EMPTY,
        /// Something could not be seen: it is never called empty.
        @Means(en = "partial", zh = "部分")
        PARTIAL
    }

    public Reading {
        requireNonNull(status, "status is null");
        requireNonNull(value, "value is null");
        gaps = List.copyOf(gaps);
        if ((status == Status.PARTIAL) == gaps.isEmpty()) {
            throw new IllegalArgumentException(
                    "a reading is partial exactly when it names gaps: " + status + " " + gaps);
        }
    }

    public static <R extends Record> Reading<R> ok(R value) {
        return new Reading<>(Status.OK, value, List.of());
    }

    /// Complete or, when `gaps` names any, partial.
    public static <R extends Record> Reading<R> of(R value, List<Bilingual> gaps) {
        return new Reading<>(gaps.isEmpty() ? Status.OK : Status.PARTIAL, value, gaps);
    }

    /// Like [#of], but `EMPTY` when nothing was found with nothing hidden.
    public static <R extends Record> Reading<R> of(R value, boolean empty, List<Bilingual> gaps) {
        return empty && gaps.isEmpty() ? new Reading<>(Status.EMPTY, value, gaps) : of(value, gaps);
    }
}
