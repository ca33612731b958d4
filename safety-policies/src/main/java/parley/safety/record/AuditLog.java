package parley.safety.record;

import parley.safety.redact.Redactor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The record, open for appending. Safe for many threads and many processes at once.
///
/// What [#append] returned for is on disk. When it throws, nothing may run.
public abstract sealed class AuditLog implements AutoCloseable permits LocalLog, RecorderLog {
    static final long SEGMENT_LIMIT = 64L << 20;

    /// Opens the record in `directory`, or begins one there.
    ///
    /// Reads the last segment and compares it with the signed checkpoints; damage in older segments
    /// is for `audit verify` to find.
    ///
    /// One that belongs to a recorder is asked for there.
    ///
    /// @param software name and version of the program, kept with its first entry
    /// @throws RecordUnavailable when others can change it, it is damaged, or the disk refuses
    public static AuditLog open(Path directory, String software) throws RecordUnavailable {
        Optional<Path> socket = recorder(directory);
        return socket.isPresent()
                ? connect(socket.get(), software)
                : open(directory, software, InstantSource.system(), SEGMENT_LIMIT);
    }

    /// Where the recorder listens that `directory` belongs to; empty when it is this user's own.
    private static Optional<Path> recorder(Path directory) throws RecordUnavailable {
        Path file = new Layout(directory).recorder();
        try {
            if (!Files.exists(file) || Guard.isOwn(directory)) {
                return Optional.empty();
            }
            return Optional.of(Path.of(Files.readString(file).strip()));
        } catch (IOException failure) {
            throw Refusals.io(file, failure);
        }
    }

    static LocalLog open(Path directory, String software, InstantSource clock, long segmentLimit)
            throws RecordUnavailable {
        return LocalLog.open(directory, software, Rhythm.of(clock, segmentLimit));
    }

    /// The record of a recorder (a process under its own user) that listens at `socket`.
    ///
    /// @throws RecordUnavailable when it does not answer: then nothing may run
    public static AuditLog connect(Path socket, String software) throws RecordUnavailable {
        return RecorderLog.speakingTo(socket, software);
    }

    /// Records `given` and its bodies, without the secrets that are found in them.
    ///
    /// @throws RecordUnavailable when that is not certainly done; then nothing may run
    public abstract Receipt append(Entry given) throws RecordUnavailable;

    /// Signs everything recorded so far. To be called before a change and at the end of a run;
    /// after every 256 entries, and ten seconds after an entry, it happens by itself.
    public abstract void checkpoint() throws RecordUnavailable;

    /// Intents (`exec.intent`) that have neither `exec.result` nor `exec.unknown` (entries whose
    /// field `cause` is the intent's number), and whose process no longer runs: nobody knows what
    /// became of them. The console records `exec.unknown` for each.
    public abstract List<Recorded> unknowns() throws RecordUnavailable;

    /// To be called before somebody is asked to agree to erasing or pruning.
    ///
    /// @throws RecordUnavailable when that is not this process's to do: a recorder keeps the record
    public abstract void checkKeeper() throws RecordUnavailable;

    /// Erases the contents of a run; doing it twice does no more than once.
    ///
    /// @return the number of the entry that says so
    /// @throws RecordUnavailable when there is no such run, or it still goes on
    public abstract long erase(Erasure erasure) throws RecordUnavailable;

    /// Lets go of what is older than the retention period.
    ///
    /// @throws RecordUnavailable when it is not old enough, nobody else agreed, or outcomes are
    ///   still unknown there
    public abstract Pruning.Pruned prune(Pruning pruning) throws RecordUnavailable;

    /// What takes secrets out of texts the way this record does: for whatever else must not hold
    /// any.
    public abstract Redactor redactor();

    /// Where its files are.
    public abstract Path directory();

    /// The public key that an auditor pins: `parley audit verify --key`.
    public abstract String verifierKey();

    /// Writes what waits and signs it, as far as the disk lets it; a later opening goes on from
    /// there.
    @Override
    public abstract void close();
}
