package parley.tools.catalogue.kernel;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.util.List;
import java.util.Optional;

/// A kernel parameter: what it is now, and which files set it at boot.
///
/// @param value as the kernel has it, blanks as one; empty when it has no such parameter, or it may
///   not be read
/// @param setBy the files that set it and to what, `file: value`, in the order in which they are
///   applied: the last holds
/// @param line where it stands in its capture; 0 when it does not
public record KernelParameter(
        @Means(en = "parameter", zh = "参数") String key,
        @Means(en = "value", zh = "当前值") Optional<HostText> value,
        @Means(en = "set by", zh = "配置来源") List<HostText> setBy,
        @Means(en = "line", zh = "行") long line) {
    public KernelParameter {
        requireNonNull(key, "key is null");
        requireNonNull(value, "value is null");
        setBy = List.copyOf(setBy);
    }
}
