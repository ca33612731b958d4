package parley.tools;

import static java.util.Objects.requireNonNull;

/// A tool with arguments that were accepted: what will be done, not yet where.
public record Call<A extends Record>(Tool<A, ?> tool, A arguments) {
    public Call {
        requireNonNull(tool, "tool is null");
        requireNonNull(arguments, "arguments is null");
    }

    public Risk risk() {
        return tool.risk(arguments);
    }
}
