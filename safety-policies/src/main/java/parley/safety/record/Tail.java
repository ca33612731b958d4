package parley.safety.record;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/// What a writer knows about the end of the record; brought up to date, under the folder lock, with
/// what other processes added.
///
/// Reads only from the start of the last segment on: its first entry, `log.rotate`, holds the edge
/// of the tree, and the checkpoint made at that size proves it. What lies below the newest
/// checkpoint is proved by its root; each line above it is checked on its own.
final class Tail {
    private static final byte[] STEP_TYPE = "\"type\":\"exec.".getBytes(StandardCharsets.US_ASCII);

    private final Layout layout;
    private final SigningKey key;
    private final NavigableSet<Long> openIntents = new TreeSet<>();
    private Frontier frontier = new Frontier();
    private String previous = Header.NOTHING_BEFORE;
    private long segmentFirst;
    private long offset;
    private Instant began = Instant.MAX;
    private final CheckpointFile checkpoints;
    private boolean loaded;

    private Tail(Layout layout, SigningKey key) {
        this.layout = layout;
        this.key = key;
        this.checkpoints = new CheckpointFile(layout.checkpoints(), key);
    }

    /// Finds the last segment and stands at its beginning; [#catchUp] does the reading.
    static Tail load(Layout layout, SigningKey key) throws RecordUnavailable {
        Tail tail = new Tail(layout, key);
        try {
            List<Long> starts = layout.segmentStarts();
            if (starts.isEmpty()
                    || (starts.getFirst() != 0 && !Removal.explains(layout, starts.getFirst()))) {
                throw Refusals.damaged(
                        layout.segments().toString(), "its first segment is gone", "第一个段文件不见了");
            }
            for (int index = starts.size() - 1; index >= 0; index--) {
                if (starts.get(index) == 0 || tail.standAt(starts.get(index))) {
                    return tail;
                }
            }
            throw Refusals.damaged(
                    layout.segments().toString(), "no segment has a beginning", "没有一个段文件有开头");
        } catch (IOException failure) {
            throw Refusals.io(layout.segments(), failure);
        }
    }

    /// @return false when the segment's first entry was never written whole
    private boolean standAt(long first) throws IOException, RecordUnavailable {
        List<byte[]> lines = new ArrayList<>();
        try (FileChannel channel = Durable.open(layout.segment(first), StandardOpenOption.READ)) {
            Lines.read(channel, 0, Header.MOST_BYTES, line -> !lines.add(line));
        }
        if (lines.isEmpty()) {
            return false;
        }
        Recorded rotate = Recorded.of(lines.getFirst(), first, place(first));
        try {
            List<byte[]> subtrees = new ArrayList<>();
            for (JsonNode subtree : rotate.header().path("frontier")) {
                subtrees.add(HexFormat.of().parseHex(subtree.asText()));
            }
            frontier = new Frontier(first, subtrees);
        } catch (IllegalArgumentException notAnEdge) {
            throw Refusals.damaged(
                    place(first), "it does not begin as a segment must", "段文件的开头不符合要求");
        }
        previous = rotate.header().path("prev").asText();
        segmentFirst = first;
        rotate.header().path("open").forEach(open -> openIntents.add(open.asLong()));
        return true;
    }

    /// Reads what was added since the last time.
    ///
    /// @return what stands after the last complete line; of a writer that died
    Torn catchUp() throws RecordUnavailable {
        CheckpointFile.Fresh signed = checkpoints.read();
        Deque<Checkpoint> fresh = signed.fresh();
        if (!loaded) {
            skipToSegment(fresh);
            loaded = true;
        }
        compare(fresh);
        long tornLine = readLines(fresh);
        if (!fresh.isEmpty()) {
            throw Refusals.damaged(
                    layout.segment(segmentFirst).toString(),
                    "it ends after "
                            + frontier.size()
                            + " entries, but a signed checkpoint says there were "
                            + fresh.getLast().size(),
                    "只有 " + frontier.size() + " 条，而签名的检查点表明曾有 " + fresh.getLast().size() + " 条");
        }
        return new Torn(tornLine, signed.torn());
    }

    /// Older checkpoints speak of older segments. The one at the segment's start proves the edge of
    /// the tree that its first entry claims.
    private void skipToSegment(Deque<Checkpoint> fresh) throws RecordUnavailable {
        while (!fresh.isEmpty() && fresh.getFirst().size() < segmentFirst) {
            fresh.removeFirst();
        }
        Checkpoint start = fresh.peekFirst();
        if (segmentFirst > 0
                && (start == null || start.size() != segmentFirst || !start.isSignedBy(key))) {
            throw Refusals.damaged(
                    layout.checkpoints().toString(),
                    "the checkpoint of entry " + segmentFirst + " is missing",
                    "缺少条目 " + segmentFirst + " 处的检查点");
        }
    }

    /// Bytes after the last complete line of the segment and after the last complete note.
    record Torn(long line, long note) {}

    private long readLines(Deque<Checkpoint> fresh) throws RecordUnavailable {
        Path file = layout.segment(segmentFirst);
        while (true) {
            try (FileChannel channel = Durable.open(file, StandardOpenOption.READ)) {
                offset =
                        Lines.read(
                                channel,
                                offset,
                                Header.MOST_BYTES,
                                line -> {
                                    accept(line);
                                    compare(fresh);
                                    return true;
                                });
                long torn = channel.size() - offset;
                if (torn < 0) {
                    throw Refusals.damaged(file.toString(), "it became shorter", "文件变短了");
                }
                Path next = layout.segment(frontier.size());
                if (next.equals(file) || !Durable.isThere(next)) {
                    return torn;
                }
                if (torn > 0) {
                    throw Refusals.damaged(
                            file.toString(), "it does not end with a whole line", "末尾不是完整的一行");
                }
                file = next;
                segmentFirst = frontier.size();
                offset = 0;
            } catch (IOException failure) {
                throw Refusals.io(file, failure);
            }
        }
    }

    private void accept(byte[] line) throws RecordUnavailable {
        long sequence = frontier.size();
        boolean proved = sequence < checkpoints.covered();
        if (sequence == segmentFirst) {
            began = Recorded.of(line, sequence, place(sequence)).time();
        }
        if (!proved || contains(line, STEP_TYPE)) {
            Recorded entry = Recorded.of(line, sequence, place(sequence));
            if (!proved) {
                check(entry);
            }
            follow(entry);
        }
        previous = HexFormat.of().formatHex(frontier.add(line));
    }

    private void check(Recorded entry) throws RecordUnavailable {
        if (!entry.readable()
                || entry.sequence() != frontier.size()
                || !entry.header().path("prev").asText().equals(previous)
                || !entry.header().path("log").asText().equals(key.name())
                || !entry.header().path("seal").asText().equals(seal())) {
            throw Refusals.damaged(
                    entry.place(),
                    "entry " + entry.sequence() + " does not follow from what stands before it",
                    "条目 " + entry.sequence() + " 与之前的内容不衔接");
        }
    }

    /// Keeps the list of intents without an end. A result that `continues` is none: the command
    /// came back, the work it started goes on.
    void follow(Recorded entry) {
        switch (entry.type()) {
            case "exec.intent" -> openIntents.add(entry.sequence());
            case "exec.result" -> {
                if (!entry.header().path("continues").asBoolean()) {
                    openIntents.remove(cause(entry));
                }
            }
            case "exec.ended", "exec.unknown" -> openIntents.remove(cause(entry));
            default -> {
                // Other entries open and close nothing.
            }
        }
    }

    private static long cause(Recorded entry) {
        return entry.header().path("cause").asLong(-1);
    }

    private void compare(Deque<Checkpoint> fresh) throws RecordUnavailable {
        Checkpoint next = fresh.peekFirst();
        if (next == null || next.size() > frontier.size()) {
            return;
        }
        fresh.removeFirst();
        if (!next.root().equals(Checkpoint.root(frontier))) {
            throw Refusals.damaged(
                    place(frontier.size()),
                    "the first " + next.size() + " entries are not the ones that were signed",
                    "前 " + next.size() + " 条与签名时不一致");
        }
    }

    private static boolean contains(byte[] line, byte[] sought) {
        // Keys are sorted, so "type" stands near the end.
        for (int start = line.length - sought.length; start >= 0; start--) {
            int index = 0;
            while (index < sought.length && line[start + index] == sought[index]) {
                index++;
            }
            if (index == sought.length) {
                return true;
            }
        }
        return false;
    }

    private String place(long sequence) {
        return layout.segment(segmentFirst) + " (entry " + sequence + ")";
    }

    String seal() {
        return checkpoints.sealAt(frontier.size());
    }

    CheckpointFile checkpoints() {
        return checkpoints;
    }

    long size() {
        return frontier.size();
    }

    String previous() {
        return previous;
    }

    Frontier frontier() {
        return frontier;
    }

    /// What the clock said when the segment began: a claim, good enough for beginning another one.
    Instant began() {
        return began;
    }

    Path segment() {
        return layout.segment(segmentFirst);
    }

    long offset() {
        return offset;
    }

    NavigableSet<Long> openIntents() {
        return openIntents;
    }

    /// A line was composed and becomes part of the tree.
    void added(byte[] line, Instant now) {
        if (frontier.size() == segmentFirst) {
            began = now;
        }
        previous = HexFormat.of().formatHex(frontier.add(line));
    }

    /// `bytes` of lines were written and forced out.
    void written(long bytes) {
        offset += bytes;
    }

    void rotated() {
        segmentFirst = frontier.size();
        offset = 0;
    }
}
