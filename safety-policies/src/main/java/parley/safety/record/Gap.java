package parley.safety.record;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.tools.schema.Json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// A file of the record of which the disk once said that it did not take what was written: nothing
/// is added to it any more.
///
/// The mark is only a note to the next writer. When it cannot be written either, the disk refuses
/// that writer, too.
final class Gap {
    private Gap() {}

    /// Notes that `file` is abandoned.
    static void mark(Layout layout, Path file, String why) {
        String text = layout.folder().relativize(file) + "\n" + why + "\n";
        try {
            Durable.replace(layout.gap(), text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException alsoFailed) {
            // This process writes nothing any more in any case.
        }
    }

    /// What is noted, as an entry; empty when nothing is.
    static Optional<Entry> noted(Layout layout) throws RecordUnavailable {
        try {
            if (!Durable.isThere(layout.gap())) {
                return Optional.empty();
            }
            String[] lines = Files.readString(layout.gap()).split("\n", 3);
            ObjectNode fields = Json.mapper().createObjectNode().put("file", lines[0]);
            fields.put("why", lines.length > 1 ? lines[1] : "");
            return Optional.of(new Entry("log.gap", "failed", "", "parley", fields, Map.of()));
        } catch (IOException failure) {
            throw Refusals.io(layout.gap(), failure);
        }
    }

    /// It was recorded, and another file stands in its place.
    static void forget(Layout layout) throws RecordUnavailable {
        try {
            Files.deleteIfExists(layout.gap());
            Durable.sync(layout.folder());
        } catch (IOException failure) {
            throw Refusals.io(layout.gap(), failure);
        }
    }
}
