package parley.safety.record;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The lines of a record with their places, for what is derived from it: an index, an export.
///
/// Takes no lock and writes nothing. A half-written last line is not there yet.
public final class EntryFiles {
    private static final int MOST_LINE = 1 << 20;

    private final Layout layout;

    private EntryFiles(Layout layout) {
        this.layout = layout;
    }

    public static EntryFiles of(Path directory) {
        return new EntryFiles(new Layout(directory));
    }

    /// Where a line stands: the number of the first entry of its segment, and bytes in its file.
    public record Place(long segment, long offset, int length) {}

    /// A line as it is stored, without its newline.
    public static final class Line {
        private final long sequence;
        private final Place place;
        private final byte[] bytes;

        /// @param sequence the number that its place gives it
        /// @param bytes handed over: nobody changes them afterwards
        private Line(long sequence, Place place, byte[] bytes) {
            this.sequence = sequence;
            this.place = requireNonNull(place, "place is null");
            this.bytes = requireNonNull(bytes, "bytes is null");
        }

        public long sequence() {
            return sequence;
        }

        public Place place() {
            return place;
        }

        /// A copy of its bytes.
        public byte[] bytes() {
            return bytes.clone();
        }

        /// SHA-256 of its bytes, in hex.
        public String hash() {
            return HexFormat.of().formatHex(Canonical.sha256(bytes));
        }

        /// The line read as an entry; of type `unreadable` when it is none.
        public Recorded entry() {
            return Recorded.of(bytes, sequence, "seg/" + place.segment() + "@" + place.offset());
        }

        /// Its bytes as text, one character each: enough to look for plain words in.
        public String plain() {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    /// Takes lines one by one.
    public interface Taker {
        /// @return whether to go on
        boolean take(Line line);
    }

    /// The verifier key as the record itself names it; empty where there is no record.
    public String origin() {
        try {
            return Durable.isThere(layout.origin())
                    ? Files.readString(layout.origin(), StandardCharsets.UTF_8).strip()
                    : "";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The newest checkpoint.
    ///
    /// @param size how many entries it covers
    /// @param note the signed note as it is stored, without the empty line after it
    public record Head(long size, String note) {
        public Head {
            requireNonNull(note, "note is null");
        }
    }

    /// The newest complete checkpoint of this record; empty when there is none. Whether its
    /// signature and root are right is for a verifier to say.
    ///
    /// @throws UncheckedIOException when the file cannot be read
    public Optional<Head> head() {
        String name = origin().replaceFirst("\\+.*", "");
        try {
            String all =
                    Durable.isThere(layout.checkpoints())
                            ? Files.readString(layout.checkpoints(), StandardCharsets.UTF_8)
                            : "";
            Optional<Head> newest = Optional.empty();
            int start = 0;
            for (int gap = all.indexOf("\n\n"); gap >= 0; gap = all.indexOf("\n\n", start)) {
                int end = all.indexOf("\n\n", gap + 2);
                if (end < 0) {
                    break;
                }
                String note = all.substring(start, end + 1);
                Checkpoint read = Checkpoint.read(note, name);
                newest = read == null ? newest : Optional.of(new Head(read.size(), note));
                start = end + 2;
            }
            return newest;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// All lines, oldest first.
    ///
    /// @throws UncheckedIOException when a file cannot be read
    public void all(Taker taker) {
        from(0, 0, 0, taker);
    }

    /// The lines from a place on that was reached before.
    ///
    /// @param sequence the number of the entry there
    /// @throws UncheckedIOException when a file cannot be read
    public void from(long segment, long offset, long sequence, Taker taker) {
        Scan scan = new Scan(taker, sequence);
        try {
            for (long start : starts()) {
                if (start >= segment && scan.more) {
                    scan.read(start, start == segment ? offset : 0);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (RecordUnavailable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private final class Scan {
        private final Taker taker;
        private long sequence;
        private long at;
        private boolean more = true;

        Scan(Taker taker, long sequence) {
            this.taker = taker;
            this.sequence = sequence;
        }

        void read(long segment, long offset) throws IOException, RecordUnavailable {
            if (offset == 0) {
                sequence = segment;
            }
            at = offset;
            try (FileChannel channel =
                    FileChannel.open(layout.segment(segment), StandardOpenOption.READ)) {
                long end =
                        Lines.read(
                                channel,
                                offset,
                                MOST_LINE,
                                line -> {
                                    Place place = new Place(segment, at, line.length);
                                    at += line.length + 1;
                                    more = taker.take(new Line(sequence++, place, line));
                                    return more;
                                });
                at = end;
            }
        }
    }

    /// The line at a place that was noted before; empty when the file is no longer there or is too
    /// short. Whether it is still the same line is for the caller to see.
    public Optional<Line> at(Place place, long sequence) {
        Path file = layout.segment(place.segment());
        ByteBuffer bytes = ByteBuffer.allocate(Math.min(place.length(), MOST_LINE));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (bytes.hasRemaining()
                    && channel.read(bytes, place.offset() + bytes.position()) > 0) {
                // Reads on until all of it is there or the file ends.
            }
        } catch (IOException gone) {
            return Optional.empty();
        }
        return bytes.hasRemaining()
                ? Optional.empty()
                : Optional.of(new Line(sequence, place, bytes.array()));
    }

    /// The entries of the runs whose number begins with `prefix`, oldest first.
    ///
    /// @throws UncheckedIOException when a file cannot be read
    public List<Recorded> ofRuns(String prefix) {
        List<Recorded> found = new ArrayList<>();
        String mark = "\"run\":\"" + prefix;
        all(line -> {
            if (line.plain().contains(mark)) {
                Recorded entry = line.entry();
                if (entry.run().startsWith(prefix)) {
                    found.add(entry);
                }
            }
            return true;
        });
        return found;
    }

    private List<Long> starts() throws IOException {
        return Files.isDirectory(layout.segments()) ? layout.segmentStarts() : List.of();
    }
}
