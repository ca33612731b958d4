package parley.safety.record.verify;

import parley.safety.record.verify.BundleVerification.Kind;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The headers of a bundle: their links, their root, and which of them the filter means.
final class BundleHeaders {
    private static final String PLACE = "headers.jsonl";

    private final VerifierKey key;
    private final BundleFilter filter;
    private final BundleVerification.Builder found;
    private final Tree tree;
    private final Set<String> runs = new HashSet<>();
    private final Set<Long> alone = new HashSet<>();
    private final Map<String, Long> erased = new HashMap<>();
    private final List<Body> bodies = new ArrayList<>();
    private long first;
    private long met;
    private long matched;
    private long selected;
    private long prunedTo;
    private String previous = "0".repeat(64);

    BundleHeaders(
            VerifierKey key,
            BundleFilter filter,
            MessageDigest sha256,
            BundleVerification.Builder found) {
        this.key = key;
        this.filter = filter;
        this.found = found;
        this.tree = new Tree(sha256);
    }

    /// A content that a meant header names.
    record Body(long sequence, String role, String run, String commitment, long size) {}

    /// The number of the first header, and the edge of the tree before it.
    void start(long number, List<byte[]> edge) throws Malformed {
        first = number;
        met = number;
        if (number > 0) {
            previous = "";
            if (!tree.startAt(number, edge)) {
                throw new Malformed("the edge does not fit the beginning", "edge 与开头不符");
            }
        }
    }

    /// The first reading: which runs are meant, and what was erased.
    void meet(byte[] line) throws Malformed {
        Map<String, Object> header = CanonicalParser.object(line, 0, line.length);
        String run = BundleFilter.text(header, "run");
        if (filter.isMeant(header)) {
            matched++;
            if (run.isEmpty()) {
                alone.add(met);
            } else {
                runs.add(run);
            }
        }
        if ("erase".equals(header.get("type"))) {
            erased.put(run, met);
        } else if ("retention.prune".equals(header.get("type"))
                && header.get("to") instanceof Long to
                && to <= met) {
            prunedTo = Math.max(prunedTo, to);
        }
        met++;
    }

    /// The second reading: links, the tree, and the contents that must be there.
    void take(byte[] line) throws Malformed {
        Map<String, Object> header = CanonicalParser.object(line, 0, line.length);
        long number = end();
        if (!Long.valueOf(number).equals(header.get("seq"))) {
            wrong(
                    number,
                    "it has another number: " + header.get("seq"),
                    "编号不符：" + header.get("seq"));
        }
        if (!previous.isEmpty() && !previous.equals(header.get("prev"))) {
            wrong(number, "it was written after another entry", "写入时其前一条与现在不同");
        }
        if (!key.name().equals(header.get("log"))) {
            wrong(number, "it belongs to another record", "属于另一份记录");
        }
        String run = BundleFilter.text(header, "run");
        if (run.isEmpty() ? alone.contains(number) : runs.contains(run)) {
            selected++;
            named(header, number, run);
        }
        previous = HexFormat.of().formatHex(tree.add(line, 0, line.length));
    }

    private void wrong(long number, String en, String zh) {
        found.add(Kind.ALTERED, PLACE + " " + number, en, zh);
    }

    private void named(Map<String, Object> header, long number, String run) {
        if (!(header.get("bodies") instanceof Map<?, ?> named)) {
            return;
        }
        for (Map.Entry<?, ?> one : named.entrySet()) {
            if (one.getValue() instanceof Map<?, ?> reference
                    && reference.get("c") instanceof String commitment
                    && reference.get("size") instanceof Long size) {
                bodies.add(new Body(number, String.valueOf(one.getKey()), run, commitment, size));
            } else {
                wrong(number, "a content is not named by hash and size", "内容没有以哈希和大小指明");
            }
        }
    }

    /// Whether a later, signed entry says that the contents of this one are gone.
    boolean erased(String run, long sequence) {
        return sequence < prunedTo || erased.getOrDefault(run, -1L) > sequence;
    }

    List<Body> bodies() {
        return bodies;
    }

    byte[] root() {
        return tree.root();
    }

    /// How many headers there are.
    long count() {
        return end() - first;
    }

    /// The number after the last one.
    long end() {
        return tree.size();
    }

    long matched() {
        return matched;
    }

    long selected() {
        return selected;
    }

    long runs() {
        return runs.size();
    }
}
