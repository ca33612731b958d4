package parley.console.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.console.reach.Handing;
import parley.safety.record.Anchor;
import parley.safety.record.AuditLog;
import parley.safety.record.Entry;
import parley.safety.record.RecordUnavailable;
import parley.tools.schema.Json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/// Takes the head of the record elsewhere when something was recorded, as the settings say. Whether
/// that went well is recorded, too: nobody waits for it.
final class Anchoring {
    private final Optional<Settings.Anchors> places;
    private final AuditLog log;
    private final String actor;
    private final long before;

    Anchoring(Optional<Settings.Anchors> places, AuditLog log, String actor) {
        this.places = places;
        this.log = log;
        this.actor = actor;
        this.before = places.isPresent() ? size() : 0;
    }

    private long size() {
        try {
            return Anchor.newest(log.directory()).map(Anchor::size).orElse(0L);
        } catch (UncheckedIOException unreadable) {
            return 0;
        }
    }

    void atEnd() {
        if (places.isEmpty()) {
            return;
        }
        try {
            log.checkpoint();
            Optional<Anchor> anchor = Anchor.newest(log.directory());
            if (anchor.isPresent() && anchor.get().size() > before) {
                take(anchor.get(), places.get());
            }
        } catch (RecordUnavailable | UncheckedIOException refused) {
            // What is not signed cannot be taken anywhere; whoever records next is told.
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(Anchor anchor, Settings.Anchors to)
            throws RecordUnavailable, InterruptedException {
        ObjectNode fields = Json.mapper().createObjectNode().put("size", anchor.size());
        String outcome = "ok";
        try {
            if (to.file().isPresent()) {
                anchor.appendTo(to.file().get());
            }
            if (to.command().isPresent() && !to.command().get().isEmpty()) {
                Handing.to(to.command().get(), anchor.line() + "\n");
            }
        } catch (IOException failed) {
            outcome = "failed";
            fields.put("why", String.valueOf(failed.getMessage()));
        }
        log.append(new Entry("witness.anchor", outcome, "", actor, fields, Map.of()));
    }
}
