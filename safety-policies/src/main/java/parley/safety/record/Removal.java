package parley.safety.record;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Takes files of the record away, after the entry that says so was signed.
final class Removal {
    private final Layout layout;
    private final Bodies bodies;

    Removal(Layout layout, Bodies bodies) {
        this.layout = layout;
        this.bodies = bodies;
    }

    /// The number up to which things may go: entries go in whole segments only, and the last one
    /// stays.
    long end(AuditReader reader, Instant before, Pruning.What what) throws RecordUnavailable {
        long to = Pruning.firstNotBefore(reader, before);
        if (what == Pruning.What.CONTENTS) {
            return to;
        }
        List<Long> starts = starts();
        return starts.stream()
                .filter(start -> start <= to && start > starts.getFirst())
                .reduce(0L, (older, newer) -> newer);
    }

    private List<Long> starts() throws RecordUnavailable {
        try {
            return layout.segmentStarts();
        } catch (IOException failure) {
            throw Refusals.io(layout.segments(), failure);
        }
    }

    /// The root of the first `size` entries, where a checkpoint says it.
    Optional<String> root(long size) throws RecordUnavailable {
        try {
            String[] lines = Files.readString(layout.checkpoints()).split("\n", -1);
            for (int index = 1; index + 1 < lines.length; index++) {
                if (lines[index].equals(Long.toString(size))) {
                    return Optional.of(lines[index + 1]);
                }
            }
            return Optional.empty();
        } catch (IOException failure) {
            throw Refusals.io(layout.checkpoints(), failure);
        }
    }

    /// Destroys the keys of the runs that ended below `to`, then removes the files of all contents
    /// below it.
    ///
    /// @return how many files went
    long contents(AuditReader reader, long to) throws RecordUnavailable {
        Set<String> ended = new HashSet<>();
        try (Stream<Recorded> entries = reader.entries()) {
            entries.takeWhile(entry -> entry.sequence() < to)
                    .filter(entry -> !entry.roles().isEmpty())
                    .forEach(entry -> ended.add(entry.run()));
        }
        try (Stream<Recorded> entries = reader.from(to)) {
            entries.forEach(entry -> ended.remove(entry.run()));
        }
        ended.remove("");
        for (String run : ended) {
            if (bodies.keys().erased(run).isEmpty()) {
                bodies.keys().destroy(run, to);
            }
        }
        long gone = 0;
        try (Stream<Recorded> entries = reader.entries()) {
            List<String> names =
                    entries.takeWhile(entry -> entry.sequence() < to)
                            .flatMap(entry ->
                                    entry.header().path("bodies").properties().stream()
                                            .map(body -> name(body.getValue())))
                            .filter(name -> name.matches("[0-9a-f]{64}"))
                            .toList();
            for (String name : names) {
                gone += Files.deleteIfExists(layout.body(name)) ? 1 : 0;
            }
            layout.forgetIndex();
            return gone;
        } catch (IOException failure) {
            throw Refusals.io(layout.bodies(), failure);
        }
    }

    private static String name(JsonNode body) {
        return body.path("e").asText();
    }

    /// Removes the segments below `to`, the oldest first.
    ///
    /// @param by the entry that says so, which the mark names that lets a writer begin above them
    long segments(long to, long by) throws RecordUnavailable {
        long gone = 0;
        try {
            Durable.replace(layout.pruned(), (by + "\n").getBytes(StandardCharsets.US_ASCII));
            for (long start : layout.segmentStarts()) {
                if (start < to) {
                    Files.delete(layout.segment(start));
                    gone++;
                }
            }
            Durable.sync(layout.segments());
            return gone;
        } catch (IOException failure) {
            throw Refusals.io(layout.segments(), failure);
        }
    }

    /// Whether a record may begin with entry `first`: the mark names an entry that says so. Whether
    /// that is true is for `audit verify` to prove.
    static boolean explains(Layout layout, long first) throws IOException {
        if (!Durable.isThere(layout.pruned())) {
            return false;
        }
        try {
            long by = Long.parseLong(Files.readString(layout.pruned()).strip());
            return AuditReader.of(layout.folder())
                    .at(by)
                    .filter(entry -> Pruning.explains(entry.header(), first))
                    .isPresent();
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }
}
