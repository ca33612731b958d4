package parley.safety.record.verify;

import static java.util.Objects.requireNonNull;

import parley.tools.Bilingual;

import java.util.ArrayList;
import java.util.List;

/// What the verification of a bundle looked at and what it found.
///
/// @param key the verifier key that the signature was checked with
/// @param pinned whether the auditor gave that key
/// @param headers headers that were read; every one of the record, whatever the filter means
/// @param end the number after the last one
/// @param selected entries that the filter means, with their whole runs
/// @param runs how many runs these are
/// @param bodies contents whose hash was computed
/// @param bytes their bytes
/// @param erased contents that are gone as the record itself says
public record BundleVerification(
        String key,
        boolean pinned,
        long headers,
        long end,
        long selected,
        long runs,
        long bodies,
        long bytes,
        long erased,
        List<Problem> problems) {
    /// How grave a problem is.
    public enum Kind {
        /// What stands there is not what was recorded, or something was left out.
        ALTERED(2),
        /// The end is missing: the signed checkpoint covers more.
        TRUNCATED(3),
        /// The bundle says by itself that it does not have everything.
        INCOMPLETE(4);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    /// One thing that is not as it must be.
    public record Problem(Kind kind, String place, Bilingual says) {
        public Problem {
            requireNonNull(kind, "kind is null");
            requireNonNull(place, "place is null");
            requireNonNull(says, "says is null");
        }
    }

    public BundleVerification {
        requireNonNull(key, "key is null");
        problems = List.copyOf(problems);
    }

    /// Whether the bundle is whole and true. Never when nothing was looked at.
    public boolean sound() {
        return problems.isEmpty() && headers > 0;
    }

    /// 0 sound, 2 altered, 3 truncated, 4 incomplete by its own word; the gravest wins in the order
    /// 2, 3, 4.
    public int exitCode() {
        return sound()
                ? 0
                : problems.stream()
                        .mapToInt(problem -> problem.kind().exitCode())
                        .min()
                        .orElse(Kind.ALTERED.exitCode());
    }

    /// Collects while a bundle is read.
    static final class Builder {
        private static final int MOST = 1000;

        private final List<Problem> problems = new ArrayList<>();
        private String key = "";
        private boolean pinned;
        private long headers;
        private long end;
        private long selected;
        private long runs;
        private long bodies;
        private long bytes;
        private long erased;

        void add(Kind kind, String place, String en, String zh) {
            if (problems.size() < MOST) {
                problems.add(new Problem(kind, place, Bilingual.of(en, zh)));
            }
        }

        void key(String text, boolean given) {
            key = text;
            pinned = given;
        }

        void headers(long count, long after) {
            headers = count;
            end = after;
        }

        void selected(long entries, long stories) {
            selected = entries;
            runs = stories;
        }

        void body(long length) {
            bodies++;
            bytes += length;
        }

        long bodies() {
            return bodies;
        }

        void erased() {
            erased++;
        }

        BundleVerification build() {
            return new BundleVerification(
                    key, pinned, headers, end, selected, runs, bodies, bytes, erased, problems);
        }
    }
}
