package parley.safety.record.verify;

import org.jspecify.annotations.Nullable;

import parley.safety.record.verify.Verification.Kind;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Signed heads of the tree that were kept elsewhere: what they speak of must still be there.
///
/// Whatever stands before the word in a line (the time, a host's name: a journal's) and lines
/// without it are passed over.
final class Anchors {
    private static final String WORD = "parley-anchor ";
    private static final String PLACE = "anchor";

    private final Findings findings;
    private final TreeMap<Long, Note> notes = new TreeMap<>();
    private long begin;
    private long right;

    Anchors(
            List<String> lines,
            @Nullable VerifierKey key,
            MessageDigest sha256,
            Findings findings) {
        this.findings = findings;
        int number = 0;
        for (String line : lines) {
            number++;
            int at = line.indexOf(WORD);
            if (at >= 0 && key != null) {
                read(line.substring(at + WORD.length()).strip(), number, key, sha256);
            }
        }
    }

    private void read(String said, int number, VerifierKey key, MessageDigest sha256) {
        String[] words = said.split(" ", -1);
        String place = PLACE + " #" + number;
        if (words.length != 4) {
            findings.add(Kind.ALTERED, place, "it is not an anchor", "不是锚定行");
            return;
        }
        if (!words[0].equals(key.name())) {
            return; // another record's; many may share a place
        }
        String note =
                words[0] + "\n" + words[1] + "\n" + words[2] + "\n\n— " + words[0] + " " + words[3];
        try {
            Note verified =
                    Note.verified(
                            (note + "\n").getBytes(StandardCharsets.UTF_8), number, key, sha256);
            Note other = notes.put(verified.size(), verified);
            if (other != null && !other.root().equals(verified.root())) {
                findings.add(
                        Kind.ALTERED,
                        verified.size() - 1,
                        place,
                        "two different trees of " + verified.size() + " entries were signed",
                        "同为 " + verified.size() + " 条，却签名了两个不同的树");
            }
        } catch (Malformed wrong) {
            findings.add(Kind.ALTERED, place, wrong.why().en(), wrong.why().zh());
        }
    }

    /// The record begins with this entry; what speaks of fewer cannot be compared.
    void begin(long first) {
        begin = first;
    }

    /// An entry was added.
    void after(Tree tree, Supplier<String> root) {
        Note note = notes.get(tree.size());
        if (note == null) {
            return;
        }
        if (note.root().equals(root.get())) {
            right++;
        } else {
            findings.add(
                    Kind.ALTERED,
                    note.size() - 1,
                    PLACE + " #" + note.number(),
                    "the first " + note.size() + " entries are not the ones that were anchored",
                    "前 " + note.size() + " 条与锚定时不一致");
        }
    }

    /// How many say what stands there.
    long right() {
        return right;
    }

    /// All entries were read.
    void finish(Tree tree) {
        if (notes.isEmpty()) {
            findings.add(
                    Kind.UNCOVERED, PLACE, "no anchor of this record was given", "没有给出本记录的锚定行");
            return;
        }
        Note newest = notes.lastEntry().getValue();
        if (newest.size() > tree.size()) {
            findings.add(
                    Kind.TRUNCATED,
                    tree.size(),
                    PLACE + " #" + newest.number(),
                    "it speaks of "
                            + newest.size()
                            + " entries, only "
                            + tree.size()
                            + " are there: entries "
                            + tree.size()
                            + " to "
                            + (newest.size() - 1)
                            + " are missing",
                    "它涉及 "
                            + newest.size()
                            + " 条，实际只有 "
                            + tree.size()
                            + " 条：缺少条目 "
                            + tree.size()
                            + " 至 "
                            + (newest.size() - 1));
        } else if (right == 0 && newest.size() >= begin) {
            findings.add(Kind.UNCOVERED, PLACE, "no anchor could be compared", "没有可以比对的锚定行");
        }
    }
}
