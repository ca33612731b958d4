package parley.safety.record.index;

import parley.safety.record.AuditReader;
import parley.safety.record.EntryFiles;
import parley.safety.record.Recorded;
import parley.safety.record.story.Statistics;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Searches a record, by words and by who, where, what and when (SQLite FTS5).
///
/// The index is derived: it is brought up to date when it is opened, made again when it is missing,
/// damaged or of another record, and never believed: every hit is read from the record, its body
/// hashes are checked, and it is asked again whether it is as sought.
public final class RecordIndex implements AutoCloseable {
    private final IndexFile index;
    private final EntryFiles files;
    private final AuditReader reader;
    private final long added;

    private RecordIndex(IndexFile index, EntryFiles files, AuditReader reader, long added) {
        this.index = index;
        this.files = files;
        this.reader = reader;
        this.added = added;
    }

    /// Opens the index in `file` and brings it up to date with `record`.
    ///
    /// @throws IndexUnusable when the file can neither be used nor made again
    public static RecordIndex open(Path file, Path record)
            throws IndexUnusable, InterruptedException {
        try {
            return current(file, record);
        } catch (SQLException | Filling.Outdated damaged) {
            try {
                IndexFile.delete(file);
                return current(file, record);
            } catch (SQLException | Filling.Outdated again) {
                throw new IndexUnusable(file.toString(), again);
            }
        }
    }

    private static RecordIndex current(Path file, Path record)
            throws SQLException, Filling.Outdated, InterruptedException {
        EntryFiles files = EntryFiles.of(record);
        AuditReader reader = AuditReader.of(record);
        IndexFile index = IndexFile.open(file);
        boolean done = false;
        try {
            long added = new Filling(index, files, reader).run();
            done = true;
            return new RecordIndex(index, files, reader, added);
        } finally {
            if (!done) {
                index.close();
            }
        }
    }

    /// The place of the index beside its record.
    public static Path beside(Path record) {
        return record.resolve("index.sqlite");
    }

    /// Takes the index beside a record away; the next search makes it again. What is erased from a
    /// record must not stay in what was derived from it.
    public static void forget(Path record) {
        if (Files.isWritable(record)) {
            IndexFile.delete(beside(record));
        }
    }

    /// How many entries were new to it.
    public long added() {
        return added;
    }

    /// The numbers over all its entries, counted when they were put in.
    public Statistics statistics() throws IndexUnusable {
        try {
            return index.statistics();
        } catch (SQLException failure) {
            throw new IndexUnusable(index.path().toString(), failure);
        }
    }

    /// The newest `most` entries that `query` asks for.
    public Found search(Query query, int most) throws IndexUnusable {
        try {
            List<Found.Hit> hits = new ArrayList<>();
            List<Long> wrong = new ArrayList<>();
            List<Candidate> candidates = candidates(query, most + 1);
            for (Candidate one : candidates.subList(0, Math.min(most, candidates.size()))) {
                Optional<Found.Hit> hit = checked(one, query);
                hit.ifPresentOrElse(hits::add, () -> wrong.add(one.sequence()));
            }
            return new Found(
                    hits, wrong, candidates.size() > most, index.cut(), index.locked().count());
        } catch (SQLException failure) {
            throw new IndexUnusable(index.path().toString(), failure);
        }
    }

    private record Candidate(long sequence, EntryFiles.Place place) {}

    private Optional<Found.Hit> checked(Candidate one, Query query) {
        Optional<Recorded> entry =
                files.at(one.place(), one.sequence())
                        .map(EntryFiles.Line::entry)
                        .filter(read -> read.sequence() == one.sequence() && query.fits(read));
        if (entry.isEmpty() || query.words().isEmpty()) {
            return entry.map(read -> new Found.Hit(read, ""));
        }
        String text = EntryText.of(entry.get(), reader).text();
        return query.words().areIn(text)
                ? Optional.of(new Found.Hit(entry.get(), query.words().line(text)))
                : Optional.empty();
    }

    private List<Candidate> candidates(Query query, int most) throws SQLException {
        long[] range = range(query);
        String match = match(query);
        String from =
                match.isEmpty()
                        ? "FROM entries e WHERE e.seq BETWEEN ? AND ?"
                        : "FROM words w CROSS JOIN entries e ON e.seq = w.rowid WHERE w.rowid"
                                + " BETWEEN ? AND ? AND w.words MATCH ?";
        String order = match.isEmpty() ? "e.seq" : "w.rowid";
        List<Candidate> found = new ArrayList<>();
        try (PreparedStatement ask =
                index.connection()
                        .prepareStatement(
                                "SELECT e.seq, e.segment, e.place, e.length "
                                        + from
                                        + " AND e.micros >= ? AND e.micros < ? ORDER BY "
                                        + order
                                        + " DESC LIMIT ?")) {
            int place = 1;
            ask.setLong(place++, range[0]);
            ask.setLong(place++, range[1]);
            if (!match.isEmpty()) {
                ask.setString(place++, match);
            }
            ask.setLong(place++, query.since().map(Row::micros).orElse(Long.MIN_VALUE));
            ask.setLong(place++, query.until().map(Row::micros).orElse(Long.MAX_VALUE));
            ask.setInt(place, most);
            try (ResultSet rows = ask.executeQuery()) {
                while (rows.next()) {
                    found.add(
                            new Candidate(
                                    rows.getLong(1),
                                    new EntryFiles.Place(
                                            rows.getLong(2), rows.getLong(3), rows.getInt(4))));
                }
            }
        }
        return found;
    }

    /// The first and the last number that can be of the time asked for.
    private long[] range(Query query) throws SQLException {
        if (query.since().isEmpty() && query.until().isEmpty()) {
            return new long[] {0, Long.MAX_VALUE};
        }
        try (PreparedStatement ask =
                index.connection()
                        .prepareStatement(
                                "SELECT min(block), max(block) FROM blocks WHERE latest >= ? AND"
                                        + " earliest < ?")) {
            ask.setLong(1, query.since().map(Row::micros).orElse(Long.MIN_VALUE));
            ask.setLong(2, query.until().map(Row::micros).orElse(Long.MAX_VALUE));
            try (ResultSet row = ask.executeQuery()) {
                row.next();
                long first = row.getLong(1);
                return row.wasNull()
                        ? new long[] {0, -1}
                        : new long[] {
                            first * Filling.BLOCK, (row.getLong(2) + 1) * Filling.BLOCK - 1
                        };
            }
        }
    }

    private static String match(Query query) {
        List<String> terms = new ArrayList<>();
        if (!query.words().isEmpty()) {
            terms.add("said : (" + query.words().match() + ")");
        }
        facet(terms, 'a', query.operator(), "");
        facet(terms, 'h', query.host(), "");
        facet(terms, 't', query.tool(), "");
        facet(terms, 'v', query.verdict(), "");
        facet(terms, 'y', query.type(), "");
        facet(terms, 'o', query.outcome(), "");
        facet(terms, 'r', query.run(), " *");
        return String.join(" AND ", terms);
    }

    private static void facet(List<String> terms, char kind, String value, String end) {
        if (!value.isEmpty()) {
            terms.add("facets : \"" + Row.facet(kind, value) + "\"" + end);
        }
    }

    @Override
    public void close() throws IndexUnusable {
        try {
            index.close();
        } catch (SQLException failure) {
            throw new IndexUnusable(index.path().toString(), failure);
        }
    }
}
