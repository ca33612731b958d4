package parley.console.turn;

import parley.safety.record.AuditLog;
import parley.safety.record.RecordUnavailable;
import parley.safety.record.Recorded;
import parley.safety.record.Unknowns;
import parley.tools.Bilingual;
import parley.tools.Change;
import parley.tools.catalogue.Catalogue;

import java.util.List;

/// An outcome that nobody knows yet, as people are told of it.
public record OpenUnknown(long number, String tool, String host, Recorded entry) {
    /// The open ones of the record that are changes, oldest first: looking leaves nothing open.
    ///
    /// @throws RecordUnavailable when the record cannot be read
    public static List<OpenUnknown> all(AuditLog log) throws RecordUnavailable {
        return of(Unknowns.open(log));
    }

    /// Those of `entries` that are changes.
    public static List<OpenUnknown> of(List<Recorded> entries) {
        return entries.stream().filter(OpenUnknown::isChange).map(OpenUnknown::of).toList();
    }

    private static OpenUnknown of(Recorded entry) {
        return new OpenUnknown(
                entry.sequence(),
                entry.header().path("tool").asText(),
                entry.header().path("host").asText(),
                entry);
    }

    /// A tool that is no longer in the catalogue may have been a change.
    private static boolean isChange(Recorded entry) {
        return Catalogue.standard()
                .find(entry.header().path("tool").asText())
                .map(tool -> tool instanceof Change<?, ?>)
                .orElse(true);
    }

    /// What a card of a further change on `host` says about them. A record that cannot be read
    /// stops the change later, at its intent.
    static List<Bilingual> warnings(AuditLog log, String host) {
        try {
            return all(log).stream()
                    .filter(one -> one.host().equals(host))
                    .map(one ->
                            Bilingual.of(
                                    "what became of an earlier {0} here is still unknown (parley"
                                            + " settle {1})",
                                    "此前在这里执行的 {0} 结果仍不明（parley settle {1}）",
                                    one.tool(),
                                    one.number()))
                    .toList();
        } catch (RecordUnavailable unreadable) {
            return List.of(unreadable.why());
        }
    }
}
