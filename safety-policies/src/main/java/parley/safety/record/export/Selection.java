package parley.safety.record.export;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.safety.record.AuditReader;
import parley.safety.record.EntryFiles;
import parley.safety.record.Recorded;
import parley.tools.schema.Json;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The part of a record that a filter means, up to its newest checkpoint: what is not signed yet is
/// not exported.
public final class Selection {
    private final EntryFiles files;
    private final AuditReader reader;
    private final EntryFiles.Head head;
    private final Filter filter;
    private final Set<String> runs = new HashSet<>();
    private final Set<Long> alone = new HashSet<>();
    private long first = -1;
    private long count;
    private long matched;
    private long uncovered;

    private Selection(EntryFiles files, AuditReader reader, EntryFiles.Head head, Filter filter) {
        this.files = files;
        this.reader = reader;
        this.head = head;
        this.filter = filter;
    }

    /// Reads the whole record once and remembers what is meant.
    ///
    /// @throws Unsigned when the record has no checkpoint
    public static Selection of(Path record, Filter filter) throws Unsigned {
        EntryFiles files = EntryFiles.of(record);
        Selection selection =
                new Selection(
                        files,
                        AuditReader.of(record),
                        files.head().orElseThrow(Unsigned::new),
                        requireNonNull(filter, "filter is null"));
        selection.read();
        return selection;
    }

    /// The record has no checkpoint: nothing of it can be proved.
    public static final class Unsigned extends Exception {
        private static final long serialVersionUID = 1;

        Unsigned() {
            super("the record has no checkpoint yet");
        }
    }

    private void read() {
        files.all(line -> {
            if (line.sequence() >= head.size()) {
                uncovered++;
                return true;
            }
            first = first < 0 ? line.sequence() : first;
            Recorded entry = line.entry();
            if (filter.isMeant(entry)) {
                matched++;
                if (entry.run().isEmpty()) {
                    alone.add(entry.sequence());
                } else {
                    runs.add(entry.run());
                }
            }
            return true;
        });
        all((line, meant) -> count += meant ? 1 : 0);
    }

    boolean isMeant(Recorded entry) {
        return entry.run().isEmpty()
                ? alone.contains(entry.sequence())
                : runs.contains(entry.run());
    }

    /// Takes all lines that the checkpoint covers, and whether each is meant.
    interface Taker {
        void take(EntryFiles.Line line, boolean meant);
    }

    void all(Taker taker) {
        files.all(line -> {
            if (line.sequence() >= head.size()) {
                return false;
            }
            taker.take(line, isMeant(line.entry()));
            return true;
        });
    }

    /// The entries that are meant, oldest first.
    public List<Recorded> entries() {
        List<Recorded> meant = new ArrayList<>();
        all((line, is) -> {
            if (is) {
                meant.add(line.entry());
            }
        });
        return meant;
    }

    public AuditReader reader() {
        return reader;
    }

    EntryFiles files() {
        return files;
    }

    EntryFiles.Head head() {
        return head;
    }

    /// The signed note that covers all of it.
    public String checkpoint() {
        return head.note();
    }

    /// The number of the first entry that the record still has.
    long first() {
        return Math.max(0, first);
    }

    /// How many entries are meant.
    public long count() {
        return count;
    }

    /// How many runs are meant.
    public int runs() {
        return runs.size();
    }

    /// What the selection is, in numbers that whoever has the headers can count again.
    public ObjectNode manifest() {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("format", "parley-export-1").put("origin", files.origin());
        json.put("first", first()).put("size", head.size());
        json.set("filter", filter.json());
        json.put("matched", matched).put("runs", runs.size()).put("entries", count);
        json.put("uncovered", uncovered);
        return json;
    }
}
