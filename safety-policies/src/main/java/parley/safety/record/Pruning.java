package parley.safety.record;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.tools.schema.Json;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Lets go of what is older than the retention period. Takes two people, and stays in the record.
///
/// The contents go first: their keys are destroyed, then their files. With `entries` the segments
/// below go as well; the rest verifies as before, from the edge of the tree that the first segment
/// kept names and a checkpoint proves.
///
/// @param before what is older than this
/// @param what how much of it goes
/// @param by who asked
/// @param approver the second person, who agreed
/// @param reason why
/// @param evidence what proves the second person's word: `request`, `statement`, `signature`
public record Pruning(
        Instant before,
        What what,
        String by,
        String approver,
        String reason,
        Map<String, byte[]> evidence) {
    /// The least time anything is kept: laws ask for six months.
    public static final Duration LEAST = Duration.ofDays(184);

    static final String TYPE = "retention.prune";

    /// How much goes.
    public enum What {
        /// What was said, printed and answered; the entries stay.
        CONTENTS("contents"),
        /// The entries too.
        ENTRIES("entries");

        private final String word;

        What(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /// What was let go.
    ///
    /// @param entry the number of the entry that says so
    /// @param to everything below this number
    public record Pruned(long entry, long to, long contents, long segments) {}

    public Pruning {
        requireNonNull(before, "before is null");
        requireNonNull(what, "what is null");
        requireNonNull(by, "by is null");
        requireNonNull(approver, "approver is null");
        requireNonNull(reason, "reason is null");
        evidence = Map.copyOf(evidence);
    }

    /// Recorded and signed first; when what follows is cut short, doing it again finishes it.
    Pruned perform(AuditLog log, Layout layout, Bodies bodies, InstantSource clock)
            throws RecordUnavailable {
        if (reason.isBlank() || approver.isBlank() || approver.equals(by)) {
            throw Refusals.of("pruning takes a reason and a second person", "清理需要写明原因，并由第二人批准");
        }
        if (before.isAfter(clock.instant().minus(LEAST))) {
            throw Refusals.of(
                    "everything is kept for at least "
                            + LEAST.toDays()
                            + " days; name an earlier day",
                    "所有内容至少保留 " + LEAST.toDays() + " 天；请给出更早的日期");
        }
        AuditReader reader = AuditReader.of(layout.folder());
        try {
            Removal removal = new Removal(layout, bodies);
            long to = removal.end(reader, before, what);
            if (to == 0) {
                throw Refusals.of(
                        "nothing that can be pruned is older than " + before,
                        "没有早于 " + before + " 且可以清理的内容");
            }
            checkNothingOpen(reader, log, to);
            ObjectNode fields = Json.mapper().createObjectNode();
            fields.put("what", what.word()).put("from", 0).put("to", to);
            fields.put("before", before.toString()).put("reason", reason);
            fields.putArray("approvers").add(by).add(approver);
            removal.root(to).ifPresent(root -> fields.put("root", root));
            Receipt receipt = log.append(new Entry(TYPE, "ok", "", by, fields, evidence));
            log.checkpoint();
            long contents = removal.contents(reader, to);
            long segments = what == What.ENTRIES ? removal.segments(to, receipt.sequence()) : 0;
            return new Pruned(receipt.sequence(), to, contents, segments);
        } catch (UncheckedIOException failure) {
            throw Refusals.wrap(layout.folder(), failure);
        }
    }

    /// What nobody knows the outcome of must be settled before it can be forgotten.
    private static void checkNothingOpen(AuditReader reader, AuditLog log, long to)
            throws RecordUnavailable {
        Set<Long> open = new HashSet<>();
        Unknowns.open(reader).forEach(one -> open.add(one.sequence()));
        log.unknowns().forEach(one -> open.add(one.sequence()));
        open.removeIf(sequence -> sequence >= to);
        if (!open.isEmpty()) {
            throw Refusals.of(
                    "outcomes are still unknown there (entries "
                            + open
                            + "); settle them first: parley settle NUMBER",
                    "其中仍有结果不明的操作（条目 " + open + "）；请先处理：parley settle 序号");
        }
    }

    /// The first entry that is not older, or the end.
    static long firstNotBefore(AuditReader reader, Instant before) {
        try (Stream<Recorded> entries = reader.entries()) {
            long[] next = {0};
            return entries.peek(entry -> next[0] = entry.sequence() + 1)
                    .filter(entry -> !entry.time().isBefore(before))
                    .mapToLong(Recorded::sequence)
                    .findFirst()
                    .orElseGet(() -> next[0]);
        }
    }

    /// What an entry of this type says of the beginning of the record.
    static boolean explains(JsonNode header, long first) {
        return header.path("type").asText().equals(TYPE)
                && header.path("what").asText().equals(What.ENTRIES.word())
                && header.path("to").asLong() >= first;
    }
}
