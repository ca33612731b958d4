package parley.safety.record.verify;

import org.jspecify.annotations.Nullable;

import parley.safety.record.verify.Verification.Kind;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Checks each line of the record on its own and against the line before it.
final class Entries {
    private static final int MOST_BYTES = 16 * 1024;
    private static final List<String> TEXTS =
            List.of("actor", "boot", "log", "outcome", "prev", "run", "ts", "type");
    private static final List<String> NUMBERS = List.of("mono", "pid", "seq", "v");

    private final @Nullable VerifierKey key;
    private final Findings findings;
    private final Checkpoints checkpoints;
    private final BodyFiles bodies;
    private final Erasures erasures;
    private final Tree tree;
    private final HexFormat hex = HexFormat.of();
    private long expected;
    private long begin;
    private long count;
    private @Nullable String previous = "0".repeat(64);
    private String segment = "";
    private long line;

    Entries(
            @Nullable VerifierKey key,
            Findings findings,
            Checkpoints checkpoints,
            BodyFiles bodies,
            Erasures erasures,
            MessageDigest sha256) {
        this.key = key;
        this.findings = findings;
        this.checkpoints = checkpoints;
        this.bodies = bodies;
        this.erasures = erasures;
        this.tree = new Tree(sha256);
    }

    /// How many were read.
    long count() {
        return count;
    }

    Tree tree() {
        return tree;
    }

    /// A segment begins whose name says that its first entry is number `first`.
    void segment(long first, String place) {
        segment = place;
        if (first > 0 && expected == 0 && tree.size() == 0) {
            begin = first;
        } else if (first != expected) {
            missing(first, place);
        }
    }

    /// All entries were read: a beginning that is gone must have been pruned, and the record says
    /// so.
    void finish() throws IOException {
        if (begin > 0 && begin > erasures.begins()) {
            findings.add(
                    Kind.ALTERED,
                    0,
                    "seg",
                    "entries 0 to " + (begin - 1) + " are missing",
                    "缺少条目 0 至 " + (begin - 1));
        }
        bodies.finish();
    }

    /// The beginning of the record is not there: the first entry that is says what edge the tree
    /// had, and the checkpoint at that size proves it.
    private void begin(Map<String, Object> entry) {
        List<byte[]> edge = new ArrayList<>();
        if ("log.rotate".equals(entry.get("type"))
                && entry.get("frontier") instanceof List<?> hashes) {
            for (Object hash : hashes) {
                if (hash instanceof String text && text.matches("[0-9a-f]{64}")) {
                    edge.add(hex.parseHex(text));
                }
            }
        }
        previous = null;
        if (tree.startAt(begin, edge) && checkpoints.begins(tree)) {
            expected = begin;
        } else {
            missing(begin, place());
            begin = 0;
        }
    }

    /// The line `number` of the segment is `bytes[from, end)`.
    void line(byte[] bytes, int from, int end, long number) {
        line = number;
        Map<String, Object> entry = Map.of();
        try {
            if (end - from > MOST_BYTES) {
                throw new Malformed("it is longer than 16 KiB", "长度超过 16 KiB");
            }
            entry = CanonicalParser.object(bytes, from, end);
            if (begin > 0 && expected == 0) {
                begin(entry);
            }
            fields(entry);
            link(entry);
        } catch (Malformed wrong) {
            findings.add(Kind.ALTERED, expected, place(), wrong.why().en(), wrong.why().zh());
        }
        String seal = entry.get("seal") instanceof String text ? text : "";
        checkpoints.before(tree, seal, this::place);
        previous = hex.formatHex(tree.add(bytes, from, end));
        checkpoints.after(tree);
        bodies.check(entry, expected, this::place);
        erasures.read(entry, expected);
        expected++;
        count++;
    }

    /// Where the line stands; put together only when something is said about it.
    private String place() {
        return segment + ":" + line;
    }

    private void fields(Map<String, Object> entry) throws Malformed {
        boolean right = true;
        for (String name : TEXTS) {
            right &= entry.get(name) instanceof String;
        }
        for (String name : NUMBERS) {
            right &= entry.get(name) instanceof Long;
        }
        if (!right) {
            Set<String> wrong = new TreeSet<>();
            TEXTS.stream().filter(name -> !(entry.get(name) instanceof String)).forEach(wrong::add);
            NUMBERS.stream().filter(name -> !(entry.get(name) instanceof Long)).forEach(wrong::add);
            throw new Malformed("missing or of a wrong type: " + wrong, "缺少字段或类型不对：" + wrong);
        }
        if (!Long.valueOf(1).equals(entry.get("v"))) {
            throw new Malformed("its format version is not 1", "格式版本不是 1");
        }
        if (key != null && !key.name().equals(entry.get("log"))) {
            throw new Malformed("it belongs to another record", "它属于另一份记录");
        }
    }

    private void link(Map<String, Object> entry) throws Malformed {
        if (entry.get("seq") instanceof Long sequence && sequence != expected) {
            missing(sequence, place());
        }
        if (previous != null && !previous.equals(entry.get("prev"))) {
            findings.add(
                    Kind.ALTERED,
                    Math.max(0, expected - 1),
                    place(),
                    "entry "
                            + expected
                            + " was written after another entry "
                            + (expected - 1)
                            + " than the one that stands there",
                    "条目 " + expected + " 写入时，其前面的条目 " + (expected - 1) + " 与现在的不同");
        }
        if (expected == 0 && tree.size() == 0) {
            first(entry);
        }
    }

    private void first(Map<String, Object> entry) throws Malformed {
        if (!"log.open".equals(entry.get("type"))
                || (key != null && !key.text().equals(entry.get("vkey")))) {
            throw new Malformed(
                    "the first entry does not name the key of this record", "第一条没有指明本记录的公钥");
        }
    }

    private void missing(long found, String place) {
        if (found > expected) {
            findings.add(
                    Kind.ALTERED,
                    expected,
                    place,
                    "entries " + expected + " to " + (found - 1) + " are missing",
                    "缺少条目 " + expected + " 至 " + (found - 1));
            expected = found;
            previous = null;
        } else {
            findings.add(
                    Kind.ALTERED,
                    expected,
                    place,
                    "entry " + found + " stands where entry " + expected + " must be",
                    "应为条目 " + expected + " 的位置上是条目 " + found);
        }
    }
}
