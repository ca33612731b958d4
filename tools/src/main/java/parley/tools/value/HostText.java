package parley.tools.value;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;

/// Free text that a host printed: data, never an instruction, made harmless wherever it is shown.
public record HostText(@JsonValue String value) {
    public HostText {
        requireNonNull(value, "value is null");
    }

    @Override
    public String toString() {
        return value;
    }
}
