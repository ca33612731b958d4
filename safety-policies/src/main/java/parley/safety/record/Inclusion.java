package parley.safety.record;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// That one entry stands in the record, in a form that needs nothing else of it: the entry, at most
/// one hash for each level of the tree, and the signed checkpoint (C2SP `tlog-proof`).
///
/// @param index the entry's number
/// @param line the entry as it is stored
/// @param path the hashes beside its way to the root, the lowest first
/// @param checkpoint the signed note
public record Inclusion(long index, String line, List<String> path, String checkpoint) {
    private static final String HEADER = "c2sp.org/tlog-proof@v1";

    public Inclusion {
        requireNonNull(line, "line is null");
        path = List.copyOf(path);
        requireNonNull(checkpoint, "checkpoint is null");
    }

    /// The proof in its one form.
    public String text() {
        byte[] extra = line.getBytes(StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        text.append("extra ").append(Base64.getEncoder().encodeToString(extra)).append('\n');
        text.append("index ").append(index).append('\n');
        path.forEach(hash -> text.append(hash).append('\n'));
        return text.append('\n').append(checkpoint).toString();
    }

    /// Proves entry `index` of the record in `directory` by its newest checkpoint; empty when that
    /// does not cover it, or it was pruned. Reads the whole record once.
    ///
    /// @throws RecordUnavailable when the files do not fit together, or cannot be read
    public static Optional<Inclusion> of(Path directory, long index) throws RecordUnavailable {
        Optional<Anchor> newest = Anchor.newest(directory);
        if (newest.isEmpty() || index < 0 || index >= newest.get().size()) {
            return Optional.empty();
        }
        Layout layout = new Layout(directory);
        Walk walk = new Walk(index, newest.get().size());
        try {
            for (long start : layout.segmentStarts()) {
                if (!walk.isDone() && !walk.begins(start, layout)) {
                    return Optional.empty();
                }
            }
        } catch (IOException failure) {
            throw Refusals.io(layout.segments(), failure);
        }
        return walk.proof(newest.get(), layout);
    }

    /// Goes through the tree once and keeps the hashes beside the way from one leaf to the root.
    private static final class Walk {
        private final long index;
        private final long size;
        private final byte[][] beside = new byte[Long.SIZE][];
        private Frontier frontier = new Frontier();
        private String line = "";

        Walk(long index, long size) {
            this.index = index;
            this.size = size;
        }

        boolean isDone() {
            return frontier.size() >= size;
        }

        /// Reads the segment that begins with entry `start`.
        ///
        /// @return false when the entry was pruned
        boolean begins(long start, Layout layout) throws IOException, RecordUnavailable {
            if (start > 0 && frontier.size() == 0) {
                if (index < start) {
                    return false;
                }
                edge(start, layout);
            }
            try (FileChannel channel =
                    Durable.open(layout.segment(start), StandardOpenOption.READ)) {
                Lines.read(channel, 0, Header.MOST_BYTES, this::take);
            }
            return true;
        }

        private void edge(long start, Layout layout) throws RecordUnavailable {
            JsonNode first =
                    AuditReader.of(layout.folder()).at(start).map(Recorded::header).orElseThrow();
            List<byte[]> subtrees = new ArrayList<>();
            first.path("frontier")
                    .forEach(hash -> subtrees.add(HexFormat.of().parseHex(hash.asText())));
            frontier = new Frontier(start, subtrees);
            int node = subtrees.size();
            for (int level = 0; level < Long.SIZE - 1; level++) {
                if ((start >> level & 1) == 1) {
                    keep(level, (start >> level) - 1, subtrees.get(--node));
                }
            }
        }

        private boolean take(byte[] bytes) {
            long leaf = frontier.size();
            if (leaf == index) {
                line = new String(bytes, StandardCharsets.UTF_8);
            }
            frontier.add(bytes, (level, hash) -> keep(level, leaf >> level, hash));
            return frontier.size() < size;
        }

        private void keep(int level, long node, byte[] hash) {
            if (node == (index >> level ^ 1)) {
                beside[level] = hash;
            }
        }

        Optional<Inclusion> proof(Anchor head, Layout layout) throws RecordUnavailable {
            if (!Checkpoint.root(frontier).equals(head.root())) {
                throw Refusals.damaged(
                        layout.segments().toString(),
                        "its entries are not the ones that were signed",
                        "其中的条目与签名时不一致");
            }
            List<String> path = new ArrayList<>();
            for (int level = 0; level < Long.SIZE - 1 && 1L << level < size; level++) {
                long from = (index >> level ^ 1) << level;
                if (from < size) {
                    byte[] whole = beside[level];
                    byte[] hash =
                            from + (1L << level) <= size && whole != null
                                    ? whole
                                    : frontier.rootFrom(from);
                    path.add(Base64.getEncoder().encodeToString(hash));
                }
            }
            return Optional.of(new Inclusion(index, line, path, head.note()));
        }
    }
}
