package parley.safety.record;

import com.fasterxml.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Reads the record for people. It shows what stands there; whether that is what was written is for
/// `audit verify` to say.
///
/// Takes no lock and writes nothing: it works on a copy and beside a writer. A half-written last
/// line is not shown.
public final class AuditReader {
    private static final int NEWLINE = '\n';
    private static final String HASH = "[0-9a-f]{64}";

    private final Layout layout;
    private final Bodies bodies;
    private volatile @Nullable List<Recorded> erasures;

    private AuditReader(Layout layout) {
        this.layout = layout;
        this.bodies = new Bodies(layout);
    }

    /// A reader of the record in `directory`; a folder without a record reads as empty.
    public static AuditReader of(Path directory) {
        return new AuditReader(new Layout(directory));
    }

    Path directory() {
        return layout.folder();
    }

    /// All entries, oldest first. A line that is no entry comes as one of type `unreadable`. To be
    /// closed after use.
    ///
    /// @throws UncheckedIOException also later, while the stream is used, when a file cannot be
    ///   read
    public Stream<Recorded> entries() {
        return from(0);
    }

    /// All entries of these types, oldest first, without reading the others. To be closed after
    /// use.
    ///
    /// @throws UncheckedIOException also later, while the stream is used
    public Stream<Recorded> entries(Set<String> types) {
        List<String> marks = types.stream().map(type -> "\"type\":\"" + type + "\"").toList();
        return starts().stream()
                .flatMap(this::lines)
                .filter(line -> marks.stream().anyMatch(line.text()::contains))
                .map(Line::read)
                .filter(entry -> types.contains(entry.type()));
    }

    /// The newest `most` entries, oldest first.
    ///
    /// @throws UncheckedIOException when a file cannot be read
    public List<Recorded> newest(int most) {
        List<Long> starts = starts();
        ArrayDeque<Line> found = new ArrayDeque<>();
        for (int index = starts.size() - 1; index >= 0 && found.size() < most; index--) {
            int wanted = most - found.size();
            ArrayDeque<Line> last = new ArrayDeque<>();
            try (Stream<Line> lines = lines(starts.get(index))) {
                lines.forEach(line -> {
                    last.add(line);
                    if (last.size() > wanted) {
                        last.removeFirst();
                    }
                });
            }
            last.descendingIterator().forEachRemaining(found::addFirst);
        }
        return found.stream().map(Line::read).toList();
    }

    /// The entry with this number; empty when there is none.
    ///
    /// @throws UncheckedIOException when a file cannot be read
    public Optional<Recorded> at(long sequence) {
        try (Stream<Recorded> entries = from(sequence)) {
            return entries.findFirst().filter(entry -> entry.sequence() == sequence);
        }
    }

    /// What `entry` names by `role`; empty when it is not to be had here, for whatever reason.
    ///
    /// @throws RecordUnavailable when it is not what was recorded, or cannot be read
    public Optional<byte[]> body(Recorded entry, String role) throws RecordUnavailable {
        return content(entry, role) instanceof Content.Present present
                ? Optional.of(present.bytes())
                : Optional.empty();
    }

    /// What has become of the content that `entry` names by `role`.
    ///
    /// @throws RecordUnavailable when it is not what was recorded, or cannot be read
    public Content content(Recorded entry, String role) throws RecordUnavailable {
        JsonNode body = entry.header().path("bodies").path(role);
        String commitment = body.path("c").asText();
        String file = body.path("e").asText();
        if (!isHash(commitment) || !isHash(file)) {
            return new Content.Missing();
        }
        return switch (bodies.read(entry.run(), commitment, file)) {
            case Content.Locked locked -> {
                Optional<Content> erased = erasure(entry);
                yield erased.isPresent() ? erased.get() : asked(entry.run(), commitment, file);
            }
            case Content.Missing missing -> erasure(entry).orElse(missing);
            case Content.Present present -> present;
            case Content.Erased erased -> erased;
        };
    }

    /// What the record itself says became of the contents of `entry`: the last resort of a copy
    /// without keys.
    private Optional<Content> erasure(Recorded entry) throws RecordUnavailable {
        try {
            return erasures().stream()
                    .filter(one -> one.sequence() > entry.sequence())
                    .filter(one ->
                            one.type().equals(Pruning.TYPE)
                                    ? one.header().path("to").asLong() > entry.sequence()
                                    : one.run().equals(entry.run()))
                    .findFirst()
                    .map(one -> new Content.Erased(one.sequence()));
        } catch (UncheckedIOException failure) {
            throw Refusals.wrap(layout.segments(), failure);
        }
    }

    /// What a recorder lets this user read; who it is, the files say.
    private Content asked(String run, String commitment, String file) throws RecordUnavailable {
        try {
            if (!Durable.isThere(layout.recorder())) {
                return new Content.Locked();
            }
            Path socket = Path.of(Files.readString(layout.recorder()).strip());
            try (RecorderLine line = new RecorderLine(socket, "reader")) {
                return RecorderContents.read(line, run, commitment, file);
            }
        } catch (IOException failure) {
            throw Refusals.io(layout.recorder(), failure);
        }
    }

    static boolean isHash(String text) {
        return text.matches(HASH);
    }

    private List<Recorded> erasures() {
        List<Recorded> known = erasures;
        if (known == null) {
            try (Stream<Recorded> entries = entries(Set.of(Erasure.TYPE, Pruning.TYPE))) {
                known = entries.toList();
            }
            erasures = known;
        }
        return known;
    }

    /// Entries from the place on that number `sequence` has in a whole record.
    Stream<Recorded> from(long sequence) {
        List<Long> starts = starts();
        long first =
                starts.stream()
                        .filter(start -> start <= sequence)
                        .reduce(0L, (before, start) -> start);
        return starts.stream()
                .filter(start -> start >= first)
                .flatMap(this::lines)
                .dropWhile(line -> line.expected() < sequence)
                .map(Line::read);
    }

    private List<Long> starts() {
        try {
            return Files.isDirectory(layout.segments()) ? layout.segmentStarts() : List.of();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// A line as it stands in its file, not yet read as an entry.
    ///
    /// @param text its bytes, one character each
    /// @param expected the number its place gives it
    private record Line(String text, long expected, String place) {
        Recorded read() {
            return Recorded.of(text.getBytes(StandardCharsets.ISO_8859_1), expected, place);
        }
    }

    private Stream<Line> lines(long first) {
        Path file = layout.segment(first);
        try {
            InputStream input = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
            return LongStream.iterate(0, line -> line + 1)
                    .mapToObj(line -> line(input, file, first, line))
                    .takeWhile(Optional::isPresent)
                    .flatMap(Optional::stream)
                    .onClose(() -> close(input));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Optional<Line> line(InputStream input, Path file, long first, long line) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try {
            for (int next = input.read(); next != NEWLINE; next = input.read()) {
                if (next < 0) {
                    return Optional.empty();
                }
                bytes.write(next);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        String place = "seg/" + file.getFileName() + ":" + (line + 1);
        return Optional.of(
                new Line(bytes.toString(StandardCharsets.ISO_8859_1), first + line, place));
    }

    private static void close(InputStream input) {
        try {
            input.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
