package parley.tools;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/// What is known of one host before a change on it is approved.
///
/// @param holder who makes the change, in words a host can show to others (`alice@bastion`); the
///   same for each request of the same person, so that equal plans have equal commands
/// @param readings what the change's preview calls read, in their order; empty when nobody has
///   looked yet
public record Preview(Platform platform, String holder, List<Observed> readings) {
    public Preview {
        requireNonNull(platform, "platform is null");
        requireNonNull(holder, "holder is null");
        readings = List.copyOf(readings);
    }

    /// Before anybody looked: commands that depend on a reading are not known yet.
    public static Preview unseen(Platform platform, String holder) {
        return new Preview(platform, holder, List.of());
    }

    public Family family() {
        return platform.family();
    }

    /// The first reading of this type.
    public <R extends Record> Optional<R> find(Class<R> type) {
        return Observed.find(readings, type);
    }
}
