package parley.safety.record.index;

import org.jspecify.annotations.Nullable;

import parley.safety.record.AuditReader;
import parley.safety.record.EntryFiles;
import parley.safety.record.Recorded;
import parley.safety.record.story.Statistics;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Brings an index up to date: lines are read and cut into tokens on all processors, and put in by
/// one.
final class Filling {
    static final int BLOCK = 1024;
    private static final int BATCH = 1_000;
    private static final int MOST_WAITING = 8;

    private final IndexFile index;
    private final EntryFiles files;
    private final AuditReader reader;
    private final Deque<Future<Batch>> waiting = new ArrayDeque<>();
    private List<EntryFiles.Line> batch = new ArrayList<>(BATCH);
    private IndexFile.Mark mark = IndexFile.Mark.NOTHING;
    private EntryFiles.@Nullable Line newest;
    private Statistics statistics = new Statistics();
    private IndexFile.Locked locked = IndexFile.Locked.NONE;
    private long put;
    private long cut;

    /// Entries as the index keeps them, and the numbers over them.
    private record Batch(List<Row> rows, Statistics counted) {
        static Batch of(List<EntryFiles.Line> lines, AuditReader reader) {
            List<Row> rows = new ArrayList<>(lines.size());
            Statistics counted = new Statistics();
            for (EntryFiles.Line line : lines) {
                Recorded entry = line.entry();
                counted.take(entry);
                rows.add(Row.of(line, entry, reader));
            }
            return new Batch(rows, counted);
        }
    }

    Filling(IndexFile index, EntryFiles files, AuditReader reader) {
        this.index = index;
        this.files = files;
        this.reader = reader;
    }

    /// The index no longer fits the record: it is of another one, or something was erased.
    static final class Outdated extends Exception {
        private static final long serialVersionUID = 1;

        Outdated(String why) {
            super(why);
        }
    }

    /// @return how many entries were put in
    long run() throws SQLException, Outdated, InterruptedException {
        index.begin();
        boolean done = false;
        try (ExecutorService workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            if (!index.prepare(files.origin())) {
                throw new Outdated("it is of another record or another form");
            }
            mark = index.mark();
            cut = index.cut();
            locked = index.locked();
            statistics = index.statistics();
            check();
            fill(workers);
            index.commit();
            done = true;
            return put;
        } finally {
            if (!done) {
                index.rollback();
            }
        }
    }

    /// A record that was cut back or written anew no longer has the line where it was.
    private void check() throws Outdated {
        if (mark.sequence() > 0
                && files.at(mark.last(), mark.sequence() - 1)
                        .filter(line -> line.hash().equals(mark.hash()))
                        .isEmpty()) {
            throw new Outdated("the record is not the one that it was made of");
        }
        if (locked.count() > 0
                && files.at(locked.first(), locked.sequence())
                        .filter(line -> EntryText.of(line.entry(), reader).locked())
                        .isEmpty()) {
            throw new Outdated("what could not be read can be read now");
        }
    }

    private void fill(ExecutorService workers) throws SQLException, Outdated, InterruptedException {
        Failures failures = new Failures();
        files.from(
                mark.segment(),
                mark.offset(),
                mark.sequence(),
                line -> {
                    batch.add(line);
                    newest = line;
                    return batch.size() < BATCH || failures.unless(() -> hand(workers));
                });
        failures.rethrow();
        hand(workers);
        while (!waiting.isEmpty()) {
            store();
        }
        remember();
    }

    /// Carries what goes wrong while lines are read out of the reading.
    private static final class Failures {
        private interface Work {
            void run() throws SQLException, Outdated, InterruptedException;
        }

        private final List<Exception> seen = new ArrayList<>();

        boolean unless(Work work) {
            try {
                work.run();
                return true;
            } catch (SQLException | Outdated | InterruptedException failure) {
                seen.add(failure);
                return false;
            }
        }

        void rethrow() throws SQLException, Outdated, InterruptedException {
            for (Exception one : seen) {
                switch (one) {
                    case SQLException failed -> throw failed;
                    case Outdated outdated -> throw outdated;
                    case InterruptedException cancelled -> throw cancelled;
                    default -> throw new IllegalStateException(one);
                }
            }
        }
    }

    private void hand(ExecutorService workers) throws SQLException, Outdated, InterruptedException {
        List<EntryFiles.Line> full = batch;
        batch = new ArrayList<>(BATCH);
        if (!full.isEmpty()) {
            waiting.add(workers.submit(() -> Batch.of(full, reader)));
        }
        while (waiting.size() > MOST_WAITING) {
            store();
        }
    }

    private void store() throws SQLException, Outdated, InterruptedException {
        try {
            Batch done = waiting.remove().get();
            rows(done.rows());
            statistics.add(done.counted());
        } catch (ExecutionException defect) {
            throw new IllegalStateException(defect.getCause());
        }
    }

    private void rows(List<Row> rows) throws SQLException, Outdated {
        try (PreparedStatement entry =
                        index.connection()
                                .prepareStatement("INSERT INTO entries VALUES (?, ?, ?, ?, ?)");
                PreparedStatement words =
                        index.connection()
                                .prepareStatement(
                                        "INSERT INTO words(rowid, said, facets) VALUES (?, ?, ?)");
                PreparedStatement block =
                        index.connection()
                                .prepareStatement(
                                        "INSERT INTO blocks VALUES (?, ?, ?) ON CONFLICT (block) DO"
                                                + " UPDATE SET earliest = min(earliest,"
                                                + " excluded.earliest), latest = max(latest,"
                                                + " excluded.latest)")) {
            for (Row row : rows) {
                if (row.erases() && mark.sequence() > 0) {
                    throw new Outdated("something was erased");
                }
                entry.setLong(1, row.sequence());
                entry.setLong(2, row.micros());
                entry.setLong(3, row.place().segment());
                entry.setLong(4, row.place().offset());
                entry.setInt(5, row.place().length());
                entry.executeUpdate();
                words.setLong(1, row.sequence());
                words.setString(2, row.words());
                words.setString(3, row.facets());
                words.executeUpdate();
                block.setLong(1, row.sequence() / BLOCK);
                block.setLong(2, row.micros());
                block.setLong(3, row.micros());
                block.executeUpdate();
                cut += row.cut() ? 1 : 0;
                if (row.locked()) {
                    locked =
                            locked.count() == 0
                                    ? new IndexFile.Locked(1, row.sequence(), row.place())
                                    : new IndexFile.Locked(
                                            locked.count() + 1, locked.sequence(), locked.first());
                }
                put++;
            }
        }
    }

    private void remember() throws SQLException {
        EntryFiles.Line last = newest;
        if (last != null) {
            EntryFiles.Place place = last.place();
            index.mark(
                    new IndexFile.Mark(
                            last.sequence() + 1,
                            place.segment(),
                            place.offset() + place.length() + 1,
                            place,
                            last.hash()));
            index.cut(cut);
            index.locked(locked);
            index.statistics(statistics);
        }
    }
}
