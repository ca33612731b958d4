package parley.tools;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/// A call and what it read on one host.
public record Observed(Call<?> call, Reading<?> reading) {
    public Observed {
        requireNonNull(call, "call is null");
        requireNonNull(reading, "reading is null");
    }

    /// The first reading of type `type` among `observed`.
    public static <R extends Record> Optional<R> find(List<Observed> observed, Class<R> type) {
        return observed.stream()
                .map(one -> one.reading().value())
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
