package parley.safety.record;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.tools.schema.Json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Takes the contents of a run out of reach of everybody: what was said, printed and answered. That
/// it happened, by whom and why, stays; so do the entries, and everything still verifies.
///
/// @param run the request
/// @param by who does it
/// @param reason why; stays in the record for ever, so it must not repeat what is erased
public record Erasure(String run, String by, String reason) {
    static final String TYPE = "erase";

    public Erasure {
        requireNonNull(run, "run is null");
        requireNonNull(by, "by is null");
        requireNonNull(reason, "reason is null");
    }

    /// Recorded and signed first, then the key is destroyed: when that is cut short, `audit verify`
    /// says so, and erasing again finishes it.
    ///
    /// @return the number of the entry
    long perform(AuditLog log, RunKeys keys) throws RecordUnavailable {
        check(log.directory());
        Optional<Long> before = keys.erased(run);
        if (before.isPresent()) {
            forgetIndex(log.directory());
            return before.get();
        }
        ObjectNode fields = Json.mapper().createObjectNode().put("reason", reason);
        Receipt receipt = log.append(new Entry(TYPE, "ok", run, by, fields, Map.of()));
        log.checkpoint();
        keys.destroy(run, receipt.sequence());
        forgetIndex(log.directory());
        return receipt.sequence();
    }

    private static void forgetIndex(Path directory) throws RecordUnavailable {
        try {
            new Layout(directory).forgetIndex();
        } catch (IOException failure) {
            throw Refusals.io(directory, failure);
        }
    }

    private void check(Path directory) throws RecordUnavailable {
        if (reason.isBlank()) {
            throw Refusals.of("say why it is erased", "请写明清除的原因");
        }
        List<Recorded> entries;
        try (Stream<Recorded> all = AuditReader.of(directory).entries()) {
            entries = all.filter(entry -> entry.run().equals(run)).toList();
        } catch (UncheckedIOException failure) {
            throw Refusals.wrap(directory, failure);
        }
        if (run.isEmpty() || entries.isEmpty()) {
            throw Refusals.of(
                    "there is no request \""
                            + run
                            + "\" in the record; parley audit list shows them",
                    "审计记录中没有请求“" + run + "”；用 parley audit list 查看");
        }
        boolean answered = entries.stream().anyMatch(entry -> entry.type().equals("answer"));
        if (!answered && !Abandoned.is(entries.getLast())) {
            throw Refusals.of(
                    "request " + run + " still goes on; erase it when it has ended",
                    "请求 " + run + " 仍在进行；请在其结束后再清除");
        }
    }
}
