package parley.safety.record;

import static java.util.Objects.requireNonNull;

/// What has become of a long content that an entry names.
public sealed interface Content {
    /// It is there and is what was recorded: the SHA-256 of `salt` followed by `bytes` is the `c`
    /// of the entry.
    @SuppressWarnings("ArrayRecordComponent") // contents are compared by nobody
    record Present(byte[] salt, byte[] bytes) implements Content {
        public Present {
            requireNonNull(salt, "salt is null");
            requireNonNull(bytes, "bytes is null");
        }
    }

    /// It was erased: its key is destroyed, so nobody can read it any more.
    ///
    /// @param by the number of the entry (`erase` or `retention.prune`) that says who did it and
    ///   why
    record Erased(long by) implements Content {}

    /// It cannot be read here: its key is not here (a copy without keys), or not for this user.
    record Locked() implements Content {}

    /// The entry names no such content, or its file is gone and nothing says that it was erased.
    record Missing() implements Content {}
}
