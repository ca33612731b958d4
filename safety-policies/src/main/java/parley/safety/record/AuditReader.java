package parley.safety.record;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Reads the record for people. It shows what stands there; whether that is what was written is for
/// `audit verify` to say.
///
/// Takes no lock and writes nothing: it works on a copy and beside a writer. A half-written last
/// line is not shown.
public final class AuditReader {
    private static final int NEWLINE = '\n';

    private final Layout layout;
    private final Bodies bodies;

    private AuditReader(Layout layout) {
        this.layout = layout;
        this.bodies = new Bodies(layout);
    }

    /// A reader of the record in `directory`; a folder without a record reads as empty.
    public static AuditReader of(Path directory) {
        return new AuditReader(new Layout(directory));
    }

    /// All entries, oldest first. A line that is no entry comes as one of type `unreadable`. To be
    /// closed after use.
    ///
    /// @throws UncheckedIOException also later, while the stream is used, when a file cannot be
    ///   read
    public Stream<Recorded> entries() {
        return from(0);
    }

    /// The newest `most` entries, oldest first.
    public List<Recorded> newest(int most) {
        List<Long> starts = starts();
        List<Recorded> found = new ArrayList<>();
        for (int index = starts.size() - 1; index >= 0 && found.size() < most; index--) {
            try (Stream<Recorded> segment = segment(starts.get(index))) {
                List<Recorded> entries = segment.toList();
                int wanted = Math.min(most - found.size(), entries.size());
                found.addAll(0, entries.subList(entries.size() - wanted, entries.size()));
            }
        }
        return found;
    }

    /// The entry with this number; empty when there is none.
    public Optional<Recorded> at(long sequence) {
        try (Stream<Recorded> entries = from(sequence)) {
            return entries.filter(entry -> entry.sequence() == sequence).findFirst();
        }
    }

    /// What `entry` names by `role`; empty when it names no such body or its file is gone.
    ///
    /// @throws RecordUnavailable when the file is not what was recorded, or cannot be read
    public Optional<byte[]> body(Recorded entry, String role) throws RecordUnavailable {
        JsonNode commitment = entry.header().path("bodies").path(role).path("c");
        if (!commitment.asText().matches("[0-9a-f]{64}")) {
            return Optional.empty();
        }
        return bodies.read(commitment.asText());
    }

    private Stream<Recorded> from(long sequence) {
        List<Long> starts = starts();
        long first =
                starts.stream()
                        .filter(start -> start <= sequence)
                        .reduce(0L, (before, start) -> start);
        return starts.stream().filter(start -> start >= first).flatMap(this::segment);
    }

    private List<Long> starts() {
        try {
            return Files.isDirectory(layout.segments()) ? layout.segmentStarts() : List.of();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Stream<Recorded> segment(long first) {
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

    private Optional<Recorded> line(InputStream input, Path file, long first, long line) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
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
        String place = "seg/" + Objects.toString(file.getFileName()) + ":" + (line + 1);
        return Optional.of(Recorded.of(bytes.toByteArray(), first + line, place));
    }

    private static void close(InputStream input) {
        try {
            input.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
