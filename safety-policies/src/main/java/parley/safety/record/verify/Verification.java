package parley.safety.record.verify;

import static java.util.Objects.requireNonNull;

import parley.tools.Bilingual;

import java.util.List;
import java.util.OptionalLong;

/// What a verification looked at and what it found.
///
/// @param key the verifier key that the signatures were checked with; empty when there was none
/// @param pinned whether the auditor gave that key; if not, a record rebuilt with another key would
///   pass
/// @param segments files of entries that were read
/// @param records entries that were read
/// @param checkpoints checkpoints whose signature and root are right
/// @param end the number after the last entry; more than `records` when the beginning was pruned
/// @param covered how many entries the newest of these covers
/// @param bodies bodies whose hash was computed
/// @param opened how many of these were decrypted and say what was recorded; none in a copy without
///   keys
/// @param erased bodies that nobody can read any more, as the record itself says
/// @param anchors heads kept elsewhere that say what stands there
/// @param bytes bytes of entries and bodies that were hashed
/// @param problems the first 1000, in the order they were met
/// @param further how many more there were
public record Verification(
        String key,
        boolean pinned,
        long segments,
        long records,
        long end,
        long checkpoints,
        long covered,
        long bodies,
        long opened,
        long erased,
        long anchors,
        long bytes,
        List<Problem> problems,
        long further) {
    /// How grave a problem is.
    public enum Kind {
        /// What stands there is not what was written.
        ALTERED(2),
        /// The end is missing: a signed checkpoint says that there was more.
        TRUNCATED(3),
        /// The end is not signed yet, so nobody can say.
        UNCOVERED(4);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        /// The exit code of `audit verify` when this is the gravest problem.
        public int exitCode() {
            return exitCode;
        }
    }

    /// One thing that is not as it must be.
    ///
    /// @param sequence the entry it is about, when it is about one
    /// @param place the file, with line where it has lines: `seg/00000000000000.jsonl:12`
    public record Problem(Kind kind, OptionalLong sequence, String place, Bilingual says) {
        public Problem {
            requireNonNull(kind, "kind is null");
            requireNonNull(sequence, "sequence is null");
            requireNonNull(place, "place is null");
            requireNonNull(says, "says is null");
        }
    }

    public Verification {
        requireNonNull(key, "key is null");
        problems = List.copyOf(problems);
    }

    /// Whether every entry is as it was written and signed. Never true when nothing was looked at.
    public boolean sound() {
        return problems.isEmpty() && records > 0 && checkpoints > 0 && covered == end;
    }

    /// 0 sound, 2 altered, 3 truncated or rolled back, 4 tail not covered; the gravest wins in the
    /// order 2, 3, 4.
    public int exitCode() {
        return sound()
                ? 0
                : problems.stream()
                        .mapToInt(problem -> problem.kind().exitCode())
                        .min()
                        .orElse(Kind.UNCOVERED.exitCode());
    }
}
