package parley.tools;

import static java.util.Objects.requireNonNull;

/// An observing call that a composite tool wants made on one host.
public record Lead(Host host, Call<?> call) {
    public Lead {
        requireNonNull(host, "host is null");
        requireNonNull(call, "call is null");
        if (!(call.tool() instanceof Observation<?, ?>)) {
            throw new IllegalArgumentException("a lead only observes: " + call.tool().name());
        }
    }
}
