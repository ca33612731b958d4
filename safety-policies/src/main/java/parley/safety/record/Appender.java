package parley.safety.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import parley.tools.schema.Json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes lines and checkpoints at the end of the record. Used under the folder lock only, by one
/// thread.
final class Appender {
    /// A crash leaves less than one line; a file system may round up, but not to this.
    private static final long MOST_TORN = 1 << 20;

    private static final int MOST_OPEN_INTENTS = 1000;

    private final Layout layout;
    private final SigningKey key;
    private final Header header;
    private final Bodies bodies;
    private final Rhythm rhythm;
    private final List<Cut> cuts = new ArrayList<>();
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private @Nullable Tail tail;
    private volatile @Nullable RecordUnavailable poison;

    Appender(Layout layout, SigningKey key, Header header, Bodies bodies, Rhythm rhythm) {
        this.layout = layout;
        this.key = key;
        this.header = header;
        this.bodies = bodies;
        this.rhythm = rhythm;
    }

    /// A piece that was cut off, still to be recorded.
    private record Cut(Entry entry, ObjectNode stored) {}

    /// Reads what others wrote; cuts and records what a dead writer left half-written.
    Tail catchUp() throws RecordUnavailable {
        refuseWhenPoisoned();
        Tail current = tail;
        if (current == null) {
            current = Tail.load(layout, key);
        }
        tail = null; // trusted again only when this went well
        Tail.Torn torn = current.catchUp();
        tail = current;
        cut(current.segment(), current.offset(), torn.line());
        cut(current.checkpoints().file(), current.checkpoints().offset(), torn.note());
        if (!cuts.isEmpty()) {
            for (Cut cut : List.copyOf(cuts)) {
                makeRoom();
                add(cut.entry(), cut.stored(), Optional.empty());
            }
            flush();
            cuts.clear();
        }
        Optional<Entry> gap = Gap.noted(layout);
        if (gap.isPresent()) {
            abandon(current, gap.get());
        }
        return current;
    }

    /// Goes on in a new file, and says why.
    private void abandon(Tail at, Entry gap) throws RecordUnavailable {
        Path checkpoints = at.checkpoints().file();
        try {
            // Read from and written to the disk anew: what it once failed to take is not believed.
            Durable.replace(checkpoints, Files.readAllBytes(checkpoints));
            if (at.size() == 0) {
                Durable.replace(at.segment(), new byte[0]);
            }
        } catch (IOException failure) {
            throw Refusals.io(checkpoints, failure);
        }
        if (at.size() == 0) {
            // Nothing was ever recorded: the first segment was begun anew.
            Gap.forget(layout);
            return;
        }
        if (at.offset() > 0) {
            rotate(at);
        }
        makeRoom();
        add(gap, Json.mapper().createObjectNode(), Optional.empty());
        flush();
        checkpoint();
        Gap.forget(layout);
    }

    /// Safe to ask from any thread.
    void refuseWhenPoisoned() throws RecordUnavailable {
        RecordUnavailable reason = poison;
        if (reason != null) {
            throw reason;
        }
    }

    /// Forgets what was composed and not written; the next commit reads the files anew.
    void forget() {
        pending.reset();
        tail = null;
    }

    /// Takes the `length` bytes after `from` off the file and keeps them as a body.
    private void cut(Path file, long from, long length) throws RecordUnavailable {
        if (length == 0) {
            return;
        }
        if (length > MOST_TORN) {
            throw notOurs(file, length);
        }
        byte[] cut = new byte[(int) length];
        try (FileChannel channel =
                Durable.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(cut);
            while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) > 0) {
                // Reads on until the buffer is full or the file ends.
            }
            if (file.equals(current().segment()) && contains(cut, '\n')) {
                throw notOurs(file, length);
            }
            ObjectNode stored = Json.mapper().createObjectNode();
            stored.set("cut", reference(bodies.store("", cut)));
            channel.truncate(from);
            force(channel, file);
            ObjectNode fields = Json.mapper().createObjectNode();
            fields.put("file", layout.folder().relativize(file).toString());
            fields.put("cut", length);
            cuts.add(
                    new Cut(
                            new Entry("log.recover", "ok", "", "parley", fields, Map.of()),
                            stored));
        } catch (IOException failure) {
            throw Refusals.io(file, failure);
        }
    }

    private static boolean contains(byte[] bytes, char sought) {
        for (byte each : bytes) {
            if (each == sought) {
                return true;
            }
        }
        return false;
    }

    private static RecordUnavailable notOurs(Path file, long length) {
        return Refusals.damaged(
                file.toString(),
                "it ends with " + length + " bytes that no crash of ours leaves",
                "末尾有 " + length + " 字节，不可能是本程序崩溃所留");
    }

    static ObjectNode reference(Bodies.Stored stored) {
        return Json.mapper()
                .createObjectNode()
                .put("c", stored.commitment())
                .put("e", stored.file())
                .put("size", stored.size());
    }

    /// Goes on to the next segment when this one is full. To be called before [#add].
    void makeRoom() throws RecordUnavailable {
        Tail at = current();
        // Both estimates err on the safe side: a segment may end a little early.
        long length = at.offset() + pending.size();
        if (length > 0 && (length + Header.MOST_BYTES > rhythm.segmentLimit() || isOld(at))) {
            rotate(at);
        }
        if (at.offset() == 0 && pending.size() == 0 && at.size() > 0) {
            add(rotation(at), Json.mapper().createObjectNode(), Optional.empty());
        }
    }

    private boolean isOld(Tail at) {
        return at.began().plus(rhythm.segmentAge()).isBefore(rhythm.clock().instant());
    }

    /// Composes the entry; [#flush] writes it. When it throws, nothing has changed.
    Receipt add(Entry entry, ObjectNode stored, Optional<Peer> peer) throws RecordUnavailable {
        Tail at = current();
        long sequence = at.size();
        byte[] line = header.line(entry, sequence, at.previous(), at.seal(), stored, peer);
        at.added(line, rhythm.clock().instant());
        if (entry.type().startsWith("exec.")) {
            at.follow(Recorded.of(line, sequence, at.segment().toString()));
        }
        pending.writeBytes(line);
        pending.write('\n');
        return new Receipt(
                sequence, entry.type(), at.previous(), entry.fields().path("digest").asText());
    }

    private void rotate(Tail at) throws RecordUnavailable {
        flush();
        checkpoint();
        Path full = at.segment();
        at.rotated();
        Path fresh = at.segment();
        try {
            if (!Files.exists(fresh)) {
                Durable.create(fresh);
            }
            Durable.finish(full);
        } catch (IOException failure) {
            throw Refusals.io(fresh, failure);
        }
    }

    private static Entry rotation(Tail at) {
        ObjectNode fields = Json.mapper().createObjectNode();
        ArrayNode edge = fields.putArray("frontier");
        at.frontier().subtrees().forEach(subtree -> edge.add(HexFormat.of().formatHex(subtree)));
        ArrayNode open = fields.putArray("open");
        at.openIntents().stream()
                .skip(Math.max(0, at.openIntents().size() - MOST_OPEN_INTENTS))
                .forEach(open::add);
        return new Entry("log.rotate", "ok", "", "parley", fields, Map.of());
    }

    /// Writes what was composed; on disk when this returns.
    void flush() throws RecordUnavailable {
        if (pending.size() > 0) {
            Tail at = current();
            append(at.segment(), at.offset(), pending.toByteArray());
            at.written(pending.size());
            pending.reset();
        }
    }

    /// Signs the root of all entries, unless the newest checkpoint already covers them.
    void checkpoint() throws RecordUnavailable {
        flush();
        Tail at = current();
        CheckpointFile checkpoints = at.checkpoints();
        if (checkpoints.covered() < at.size()) {
            Checkpoint checkpoint = Checkpoint.sign(key, at.frontier());
            byte[] note = checkpoint.stored();
            append(checkpoints.file(), checkpoints.offset(), note);
            checkpoints.added(checkpoint, note.length);
        }
    }

    private void append(Path file, long at, byte[] bytes) throws RecordUnavailable {
        try (FileChannel channel = Durable.open(file, StandardOpenOption.WRITE)) {
            try {
                Durable.write(channel, bytes, at);
                force(channel, file);
            } catch (IOException | RecordUnavailable failure) {
                takeBack(channel, at, failure);
                throw failure;
            }
        } catch (IOException failure) {
            throw Refusals.io(file, failure);
        }
    }

    /// Nothing was acknowledged; what is half there would only look like damage.
    private static void takeBack(FileChannel channel, long at, Exception failure) {
        try {
            channel.truncate(at);
        } catch (IOException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }

    /// After a failed fsync nobody knows what is on disk, and a second one would wrongly say "all".
    private void force(FileChannel channel, Path file) throws RecordUnavailable {
        try {
            channel.force(false);
        } catch (IOException failure) {
            RecordUnavailable reason =
                    Refusals.of(
                            "the disk under the record reported an error ("
                                    + file
                                    + ": "
                                    + failure.getMessage()
                                    + "): this Parley runs nothing any more; check the disk"
                                    + " (dmesg), then parley audit verify, then start again",
                            "审计记录所在磁盘报告错误（"
                                    + file
                                    + "："
                                    + failure.getMessage()
                                    + "）：本次运行不再执行任何操作；请检查磁盘（dmesg），运行 parley audit"
                                    + " verify，然后重新启动",
                            failure);
            poison = reason;
            Gap.mark(layout, file, String.valueOf(failure.getMessage()));
            throw reason;
        }
    }

    private Tail current() {
        if (tail == null) {
            throw new IllegalStateException("not caught up");
        }
        return tail;
    }
}
