package parley.tools;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/// An observing call that a composite tool wants made on one host.
public record Lead(Host host, Call<?> call) {
    public Lead {
        requireNonNull(host, "host is null");
        requireNonNull(call, "call is null");
        if (!(call.tool() instanceof Observation<?, ?>)) {
            throw new IllegalArgumentException("a lead only observes: " + call.tool().name());
        }
    }

    /// Two leads are the same when they ask the same of the same host: tools have no state.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Lead lead
                && host.equals(lead.host)
                && call.tool().getClass() == lead.call.tool().getClass()
                && call.arguments().equals(lead.call.arguments());
    }

    @Override
    public int hashCode() {
        return Objects.hash(host, call.tool().getClass(), call.arguments());
    }
}
