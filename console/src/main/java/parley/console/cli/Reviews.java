package parley.console.cli;

import parley.console.settings.CannotStart;
import parley.safety.gate.Sanitiser;
import parley.safety.record.AuditLog;
import parley.safety.record.AuditReader;
import parley.safety.record.Entry;
import parley.safety.record.RecordUnavailable;
import parley.safety.record.Recorded;
import parley.tools.Bilingual;
import parley.tools.Language;
import parley.tools.schema.Json;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Exceptions that were declared (an emergency, a change during a freeze), until somebody has
/// looked at each.
record Reviews(AuditLog log) {
    private List<Recorded> open() {
        try (Stream<Recorded> entries = AuditReader.of(log.directory()).entries()) {
            List<Recorded> about =
                    entries.filter(entry -> entry.type().startsWith("approval.")).toList();
            Set<Long> reviewed =
                    about.stream()
                            .filter(entry -> entry.type().equals("approval.review"))
                            .map(entry -> entry.header().path("reviews").asLong())
                            .collect(Collectors.toSet());
            return about.stream()
                    .filter(entry -> entry.type().equals("approval.exception"))
                    .filter(entry -> !reviewed.contains(entry.sequence()))
                    .toList();
        }
    }

    int list(PrintStream out, Language language) {
        List<Recorded> open = open();
        for (Recorded one : open) {
            String why =
                    one.header().path("breakGlass").asText()
                            + one.header().path("freezeOverride").asText();
            out.println(
                    Sanitiser.line(
                            one.sequence()
                                    + "  "
                                    + one.time()
                                    + "  "
                                    + one.actor()
                                    + "  "
                                    + one.outcome()
                                    + "  "
                                    + one.header().path("ticket").asText()
                                    + "  "
                                    + why
                                    + "  ("
                                    + one.run()
                                    + ")"));
        }
        if (open.isEmpty()) {
            out.println(language == Language.EN ? "nothing waits for a review" : "没有待复核的例外");
        }
        return 0;
    }

    int reviewed(String number, String by, String remark) throws CannotStart, RecordUnavailable {
        Recorded one =
                open().stream()
                        .filter(entry -> Long.toString(entry.sequence()).equals(number))
                        .findFirst()
                        .orElseThrow(() ->
                                new CannotStart(
                                        Bilingual.of(
                                                "no exception {0} waits for a review",
                                                "没有待复核的例外 {0}", number),
                                        2));
        if (remark.isBlank()) {
            throw new CannotStart(
                    Bilingual.of("say what you found: --reason TEXT", "请写明复核结论：--reason 文字"), 2);
        }
        log.append(
                new Entry(
                        "approval.review",
                        "ok",
                        one.run(),
                        by,
                        Json.mapper()
                                .createObjectNode()
                                .put("reviews", one.sequence())
                                .put("own", one.actor().equals(by))
                                .put("remark", remark),
                        Map.of()));
        log.checkpoint();
        return 0;
    }
}
