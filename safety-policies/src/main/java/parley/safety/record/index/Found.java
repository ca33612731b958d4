package parley.safety.record.index;

import static java.util.Objects.requireNonNull;

import parley.safety.record.Recorded;

import java.util.List;

/// What a search gave.
///
/// @param hits newest first, each read from the record and seen to be as asked
/// @param wrong numbers of entries that the index named and that are not as asked: the index or the
///   record is not what it was
/// @param more whether there are older ones
/// @param cut how many long outputs are searched in their beginning only
/// @param locked how many entries have contents that whoever asks may not read: their words are not
///   searched
public record Found(List<Hit> hits, List<Long> wrong, boolean more, long cut, long locked) {
    public Found {
        hits = List.copyOf(hits);
        wrong = List.copyOf(wrong);
    }

    /// @param line where the words stand in it
    public record Hit(Recorded entry, String line) {
        public Hit {
            requireNonNull(entry, "entry is null");
            requireNonNull(line, "line is null");
        }
    }
}
