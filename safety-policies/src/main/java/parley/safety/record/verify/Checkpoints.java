package parley.safety.record.verify;

import org.jspecify.annotations.Nullable;

import parley.safety.record.verify.Verification.Kind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Compares the signed checkpoints with the tree as it grows.
///
/// Read once before the entries and once after, so that a record can be verified while it is
/// written: what the first reading names must be there; what only the second names may speak of
/// entries that came later.
final class Checkpoints {
    private static final String PLACE = "checkpoints";

    private final Path file;
    private final @Nullable VerifierKey key;
    private final MessageDigest sha256;
    private final Findings findings;
    private final TreeMap<Long, Note> expected = new TreeMap<>();
    private final Map<Long, Seen> unexplained = new HashMap<>();
    private byte[] first = new byte[0];
    private int complete;
    private boolean torn;
    private int count;
    private long largest;
    private long right;
    private long wrong;
    private long covered;
    private @Nullable Anchors anchors;

    /// An entry's `seal` for which no checkpoint was known yet.
    private record Seen(String seal, String place, String root) {}

    Checkpoints(Path file, @Nullable VerifierKey key, MessageDigest sha256, Findings findings) {
        this.file = file;
        this.key = key;
        this.sha256 = sha256;
        this.findings = findings;
    }

    /// How many have the right signature and root.
    long right() {
        return right;
    }

    /// The size of the largest of these.
    long covered() {
        return covered;
    }

    /// The first reading.
    void readBefore() throws IOException {
        first = bytes();
        for (Note note : parse(first)) {
            expected.put(note.size(), note);
        }
    }

    private byte[] bytes() throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            findings.add(Kind.UNCOVERED, PLACE, "the file is missing", "文件缺失");
            return new byte[0];
        }
    }

    private List<Note> parse(byte[] bytes) {
        List<Note> notes = new ArrayList<>();
        Note.Parts parts = Note.Parts.of(bytes, complete);
        torn = parts.torn();
        complete += parts.length();
        for (byte[] stored : parts.notes()) {
            count++;
            parse(stored, notes);
        }
        return notes;
    }

    private void parse(byte[] stored, List<Note> notes) {
        String place = PLACE + " #" + count;
        if (key == null) {
            return;
        }
        try {
            Note note = Note.verified(stored, count, key, sha256);
            if (note.size() <= largest) {
                findings.add(
                        Kind.ALTERED,
                        place,
                        "it covers " + note.size() + " entries after one that covers " + largest,
                        "它覆盖 " + note.size() + " 条，而之前的检查点已覆盖 " + largest + " 条");
                return;
            }
            largest = note.size();
            notes.add(note);
        } catch (Malformed wrongNote) {
            findings.add(Kind.ALTERED, place, wrongNote.why().en(), wrongNote.why().zh());
        }
    }

    /// An entry stands at position `tree.size()`, not yet added.
    void before(Tree tree, String seal, Supplier<String> place) {
        Note note = expected.get(tree.size());
        String due = note == null ? "" : note.seal();
        if (note == null && !seal.isEmpty()) {
            unexplained.put(tree.size(), new Seen(seal, place.get(), text(tree.root())));
        } else if (!due.equals(seal)) {
            findings.add(
                    Kind.ALTERED,
                    tree.size(),
                    place.get(),
                    "it does not name the checkpoint that ends just before it",
                    "它没有指明紧接在它之前的检查点");
        }
    }

    /// Whether a checkpoint proves the tree that a pruned record begins with.
    boolean begins(Tree tree) {
        Note note = expected.get(tree.size());
        if (note == null || !note.root().equals(text(tree.root()))) {
            return false;
        }
        compare(note, note.root());
        if (anchors != null) {
            anchors.begin(tree.size());
            anchors.after(tree, note::root);
        }
        return true;
    }

    /// An entry was added.
    void after(Tree tree) {
        Note note = expected.get(tree.size());
        if (note != null) {
            compare(note, text(tree.root()));
        }
        if (anchors != null) {
            anchors.after(tree, () -> text(tree.root()));
        }
    }

    /// Heads that were kept elsewhere are to be compared, too.
    void with(Anchors kept) {
        this.anchors = kept;
    }

    private static String text(byte[] root) {
        return Base64.getEncoder().encodeToString(root);
    }

    private void compare(Note note, String root) {
        if (note.root().equals(root)) {
            right++;
            covered = Math.max(covered, note.size());
        } else if (wrong++ == 0) {
            findings.add(
                    Kind.ALTERED,
                    PLACE + " #" + note.number(),
                    "entries "
                            + covered
                            + " to "
                            + (note.size() - 1)
                            + " are not the ones that were signed",
                    "条目 " + covered + " 至 " + (note.size() - 1) + " 与签名时不一致");
        }
    }

    /// All entries were read: the second reading and what is left over.
    void finish(Tree tree) throws IOException {
        long promised = largest;
        if (promised > tree.size()) {
            findings.add(
                    Kind.TRUNCATED,
                    tree.size(),
                    PLACE,
                    "a signed checkpoint covers "
                            + promised
                            + " entries, only "
                            + tree.size()
                            + " are there: entries "
                            + tree.size()
                            + " to "
                            + (promised - 1)
                            + " are missing",
                    "签名的检查点覆盖 "
                            + promised
                            + " 条，实际只有 "
                            + tree.size()
                            + " 条：缺少条目 "
                            + tree.size()
                            + " 至 "
                            + (promised - 1));
        }
        readAfter(tree);
        unexplained.forEach((size, seen) ->
                findings.add(
                        Kind.ALTERED,
                        size,
                        seen.place(),
                        "it names a checkpoint of the first " + size + " entries that is not there",
                        "它指明的检查点（前 " + size + " 条）不存在"));
        if (wrong > 1) {
            findings.add(
                    Kind.ALTERED,
                    PLACE,
                    (wrong - 1) + " later checkpoints do not fit either",
                    "之后还有 " + (wrong - 1) + " 个检查点不符");
        }
        coverage(tree);
    }

    private void readAfter(Tree tree) throws IOException {
        byte[] now = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        if (now.length < complete || !Arrays.equals(now, 0, complete, first, 0, complete)) {
            findings.add(Kind.ALTERED, PLACE, "it changed while it was read", "读取期间文件被改动");
            return;
        }
        if (now.length == first.length) {
            return;
        }
        for (Note note : parse(now)) {
            Seen seen = unexplained.remove(note.size());
            if (seen != null && seen.seal().equals(note.seal())) {
                compare(note, seen.root());
            } else if (note.size() == tree.size()) {
                compare(note, text(tree.root()));
            } else if (note.size() < tree.size()) {
                findings.add(
                        Kind.ALTERED,
                        PLACE + " #" + note.number(),
                        "the entry after it does not name it",
                        "其后的条目没有指明它");
            }
        }
    }

    private void coverage(Tree tree) {
        if (torn) {
            findings.add(Kind.UNCOVERED, PLACE, "it ends with half a checkpoint", "末尾的检查点不完整");
        }
        if (right == 0) {
            findings.add(
                    Kind.UNCOVERED,
                    PLACE,
                    "no checkpoint proves anything of this record",
                    "没有任何检查点能证明这份记录");
        }
        if (covered < tree.size()) {
            findings.add(
                    Kind.UNCOVERED,
                    covered,
                    PLACE,
                    "entries " + covered + " to " + (tree.size() - 1) + " are not signed yet",
                    "条目 " + covered + " 至 " + (tree.size() - 1) + " 尚未签名");
        }
    }
}
