package parley.safety.record.index;

import com.fasterxml.jackson.core.JsonProcessingException;

import parley.safety.record.EntryFiles;
import parley.safety.record.story.Statistics;
import parley.tools.schema.Json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// The database of an index: how far it is, and of which record.
final class IndexFile implements AutoCloseable {
    /// A change of the form is a new number; an index with another one is made again.
    private static final String FORM = "4";

    private static final List<String> TABLES =
            List.of(
                    "CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT) WITHOUT"
                            + " ROWID",
                    "CREATE TABLE IF NOT EXISTS entries (seq INTEGER PRIMARY KEY, micros INTEGER,"
                            + " segment INTEGER, place INTEGER, length INTEGER)",
                    // Times of each 1,024 entries together: clocks jump, numbers do not.
                    "CREATE TABLE IF NOT EXISTS blocks (block INTEGER PRIMARY KEY, earliest"
                            + " INTEGER, latest INTEGER)",
                    // Beginnings of 3, 5 and 7 characters are kept (and serve those of 2, 4 and 6):
                    // else a common beginning is put together from each word that it begins. It
                    // takes a fifth more time to make, and as much room again.
                    "CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(said, facets, content='',"
                            + " columnsize=0, tokenize='ascii', prefix='3 5 7')",
                    // Fewer, larger pieces: an index is filled once and asked often.
                    "INSERT INTO words(words, rank) VALUES ('hashsize', 67108864)",
                    "INSERT INTO words(words, rank) VALUES ('automerge', 16)",
                    "INSERT INTO words(words, rank) VALUES ('pgsz', 8000)");

    private final Path file;
    private final Connection connection;

    private IndexFile(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /// How far the index is.
    ///
    /// @param sequence the number of the first entry that it does not have
    /// @param last the newest line it has, as a check that the record is still the same; length 0
    ///   when it has none
    record Mark(long sequence, long segment, long offset, EntryFiles.Place last, String hash) {
        static final Mark NOTHING = new Mark(0, 0, 0, new EntryFiles.Place(0, 0, 0), "");
    }

    static IndexFile open(Path file) throws SQLException {
        try {
            if (!Files.exists(file)) {
                delete(file);
                Files.createDirectories(file.toAbsolutePath().getParent());
                // It holds words of the record, and is as private.
                Files.createFile(
                        file,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
            }
        } catch (IOException failure) {
            throw new SQLException(failure.getMessage(), failure);
        }
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA page_size = 8192");
            statement.execute("PRAGMA busy_timeout = 60000");
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = OFF");
            statement.execute("PRAGMA cache_size = -65536");
            statement.execute("PRAGMA mmap_size = 1073741824");
            return new IndexFile(file, connection);
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    /// Takes the index away with everything that belongs to it.
    static void delete(Path file) {
        for (String end : List.of("", "-wal", "-shm", "-journal")) {
            try {
                Files.deleteIfExists(file.resolveSibling(file.getFileName() + end));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    Connection connection() {
        return connection;
    }

    Path path() {
        return file;
    }

    /// Begins writing; nobody else writes until [#commit].
    void begin() throws SQLException {
        execute("BEGIN IMMEDIATE");
    }

    void commit() throws SQLException {
        execute("COMMIT");
    }

    void rollback() throws SQLException {
        execute("ROLLBACK");
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// Makes the tables of an index of this record, or keeps those there are.
    ///
    /// @return whether what is there is of this record and of this form
    boolean prepare(String origin) throws SQLException {
        for (String table : TABLES) {
            execute(table);
        }
        String whose = about("origin");
        if (whose.isEmpty()) {
            about("origin", origin);
            about("form", FORM);
            return true;
        }
        return whose.equals(origin) && about("form").equals(FORM);
    }

    Mark mark() throws SQLException {
        String[] words = about("mark").split(" ");
        return words.length == 7
                ? new Mark(
                        Long.parseLong(words[0]),
                        Long.parseLong(words[1]),
                        Long.parseLong(words[2]),
                        new EntryFiles.Place(
                                Long.parseLong(words[3]),
                                Long.parseLong(words[4]),
                                Integer.parseInt(words[5])),
                        words[6])
                : Mark.NOTHING;
    }

    void mark(Mark mark) throws SQLException {
        EntryFiles.Place last = mark.last();
        about(
                "mark",
                "%d %d %d %d %d %d %s"
                        .formatted(
                                mark.sequence(),
                                mark.segment(),
                                mark.offset(),
                                last.segment(),
                                last.offset(),
                                last.length(),
                                mark.hash()));
    }

    long cut() throws SQLException {
        String cut = about("cut");
        return cut.isEmpty() ? 0 : Long.parseLong(cut);
    }

    void cut(long cut) throws SQLException {
        about("cut", Long.toString(cut));
    }

    /// Entries some of whose contents could not be read by whoever made the index.
    ///
    /// @param first one of them; length 0 when there is none
    record Locked(long count, long sequence, EntryFiles.Place first) {
        static final Locked NONE = new Locked(0, 0, new EntryFiles.Place(0, 0, 0));
    }

    Locked locked() throws SQLException {
        String[] words = about("locked").split(" ");
        return words.length == 5
                ? new Locked(
                        Long.parseLong(words[0]),
                        Long.parseLong(words[1]),
                        new EntryFiles.Place(
                                Long.parseLong(words[2]),
                                Long.parseLong(words[3]),
                                Integer.parseInt(words[4])))
                : Locked.NONE;
    }

    void locked(Locked locked) throws SQLException {
        EntryFiles.Place first = locked.first();
        about(
                "locked",
                "%d %d %d %d %d"
                        .formatted(
                                locked.count(),
                                locked.sequence(),
                                first.segment(),
                                first.offset(),
                                first.length()));
    }

    Statistics statistics() throws SQLException {
        try {
            return Statistics.of(Json.mapper().readTree(about("statistics")));
        } catch (JsonProcessingException damaged) {
            throw new SQLException("its numbers cannot be read", damaged);
        }
    }

    void statistics(Statistics statistics) throws SQLException {
        about("statistics", statistics.json().toString());
    }

    private String about(String name) throws SQLException {
        try (PreparedStatement ask =
                connection.prepareStatement("SELECT value FROM about WHERE name = ?")) {
            ask.setString(1, name);
            try (ResultSet row = ask.executeQuery()) {
                return row.next() ? row.getString(1) : "";
            }
        }
    }

    private void about(String name, String value) throws SQLException {
        try (PreparedStatement put =
                connection.prepareStatement("INSERT OR REPLACE INTO about VALUES (?, ?)")) {
            put.setString(1, name);
            put.setString(2, value);
            put.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
