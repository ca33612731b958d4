package parley.safety.record.verify;

import org.jspecify.annotations.Nullable;

import parley.safety.record.verify.Verification.Kind;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Contents that are gone. Only a later entry that says so, and who did it, excuses them: which
/// they are is known when the whole record was read.
final class Erasures {
    /// The first contents of a run tell enough of it.
    private static final int MOST_TOLD = 4;

    private final Findings findings;
    private final Map<String, Long> erased = new HashMap<>();
    private final Map<String, Gone> gone = new LinkedHashMap<>();
    private final Map<String, Long> readable = new HashMap<>();
    private final Map<String, Unfinished> unfinished = new LinkedHashMap<>();
    private long prunedTo;
    private long begins;
    private long excused;

    Erasures(Findings findings) {
        this.findings = findings;
    }

    /// What is gone of one run.
    private static final class Gone {
        private final Findings first = new Findings();
        private long told;
        private long last;
    }

    /// An entry says that a run was erased, and one of its contents could be opened just before.
    private record Unfinished(long by, long sequence) {}

    /// How many contents are gone as the record says.
    long excused() {
        return excused;
    }

    /// Takes note of an entry that says what was erased or pruned.
    void read(Map<String, Object> entry, long sequence) {
        Object type = entry.get("type");
        if ("erase".equals(type) && entry.get("run") instanceof String run) {
            erased.put(run, sequence);
            Long open = readable.remove(run);
            if (open != null) {
                unfinished.put(run, new Unfinished(sequence, open));
            }
        } else if ("retention.prune".equals(type)
                && entry.get("to") instanceof Long to
                && to <= sequence) {
            prunedTo = Math.max(prunedTo, to);
            if ("entries".equals(entry.get("what"))) {
                begins = Math.max(begins, to);
            }
        }
    }

    /// How far the entries are pruned, as those read so far say.
    long begins() {
        return begins;
    }

    /// A content of `run` could be opened.
    void readable(String run, long sequence) {
        readable.put(run, sequence);
    }

    void gone(String run, long sequence, String place, String en, String zh) {
        Gone one = gone.computeIfAbsent(run, any -> new Gone());
        one.told++;
        one.last = Math.max(one.last, sequence);
        if (one.told <= MOST_TOLD) {
            one.first.add(Kind.ALTERED, sequence, place, en, zh);
        }
    }

    /// The whole record was read: what nothing excuses is told.
    ///
    /// @param contents asked again: what was read may have been erased meanwhile
    void finish(Contents contents) throws IOException {
        for (Map.Entry<String, Unfinished> entry : unfinished.entrySet()) {
            Unfinished one = entry.getValue();
            if (contents.hasKey(entry.getKey())) {
                findings.add(
                        Kind.ALTERED,
                        one.sequence(),
                        "keys",
                        "entry "
                                + one.by()
                                + " says that the contents of request "
                                + entry.getKey()
                                + " were erased, but their key is still there: finish it with"
                                + " parley audit erase",
                        "条目 "
                                + one.by()
                                + " 表明请求 "
                                + entry.getKey()
                                + " 的内容已清除，但密钥仍在：请再次运行 parley audit erase 完成清除");
            }
        }
        for (Map.Entry<String, Gone> entry : gone.entrySet()) {
            Gone one = entry.getValue();
            @Nullable Long by = erased.get(entry.getKey());
            if (one.last < prunedTo || (by != null && one.last < by)) {
                excused += one.told;
                continue;
            }
            one.first.problems().forEach(findings::add);
            if (one.told > MOST_TOLD) {
                String run = entry.getKey();
                findings.add(
                        Kind.ALTERED,
                        "body",
                        (one.told - MOST_TOLD) + " more contents of request " + run + " are gone",
                        "请求 " + run + " 的另外 " + (one.told - MOST_TOLD) + " 项内容已不存在");
            }
        }
    }
}
