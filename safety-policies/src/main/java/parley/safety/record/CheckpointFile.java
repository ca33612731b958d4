package parley.safety.record;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;

/// The file of signed checkpoints as a writer follows it.
final class CheckpointFile {
    private final Path file;
    private final SigningKey key;
    private long offset;
    private @Nullable Checkpoint newest;

    CheckpointFile(Path file, SigningKey key) {
        this.file = file;
        this.key = key;
    }

    /// What was read.
    ///
    /// @param fresh checkpoints not seen before, smallest first
    /// @param torn how many bytes of a half-written one follow them
    record Fresh(Deque<Checkpoint> fresh, long torn) {}

    /// Reads what was added since the last time.
    Fresh read() throws RecordUnavailable {
        Deque<Checkpoint> fresh = new ArrayDeque<>();
        try (FileChannel channel = Durable.open(file, StandardOpenOption.READ)) {
            StringBuilder note = new StringBuilder();
            long[] complete = {offset};
            long[] read = {offset};
            Lines.read(
                    channel,
                    offset,
                    Header.MOST_BYTES,
                    line -> {
                        read[0] += line.length + 1;
                        if (line.length == 0 && note.indexOf("\n— ") >= 0) {
                            fresh.add(parse(note.toString()));
                            note.setLength(0);
                            complete[0] = read[0];
                        } else {
                            note.append(new String(line, StandardCharsets.UTF_8)).append('\n');
                        }
                        return true;
                    });
            checkNewest(fresh);
            offset = complete[0];
            long torn = channel.size() - offset;
            if (torn < 0) {
                throw Refusals.damaged(file.toString(), "it became shorter", "文件变短了");
            }
            return new Fresh(fresh, torn);
        } catch (IOException failure) {
            throw Refusals.io(file, failure);
        }
    }

    private Checkpoint parse(String note) throws RecordUnavailable {
        Checkpoint checkpoint = Checkpoint.read(note, key.name());
        if (checkpoint == null || checkpoint.size() <= covered()) {
            throw unsigned(covered());
        }
        newest = checkpoint;
        return checkpoint;
    }

    /// The newest signature proves all that is below it; the roots of the others are compared,
    /// their signatures are for `audit verify`.
    private void checkNewest(Deque<Checkpoint> fresh) throws RecordUnavailable {
        Checkpoint last = fresh.peekLast();
        if (last != null && !last.isSignedBy(key)) {
            throw unsigned(last.size());
        }
    }

    private RecordUnavailable unsigned(long size) {
        return Refusals.damaged(
                file.toString(),
                "the checkpoint at " + size + " entries is not one this record signed",
                "第 " + size + " 条处的检查点不是由本记录的密钥签名的");
    }

    Path file() {
        return file;
    }

    long offset() {
        return offset;
    }

    /// How many entries the newest checkpoint covers.
    long covered() {
        return newest == null ? 0 : newest.size();
    }

    /// What an entry at position `size` must hold as `seal`: empty unless a checkpoint ends just
    /// before it.
    String sealAt(long size) {
        return newest != null && newest.size() == size ? newest.seal() : "";
    }

    /// A checkpoint was written and forced out.
    void added(Checkpoint checkpoint, long bytes) {
        newest = checkpoint;
        offset += bytes;
    }
}
