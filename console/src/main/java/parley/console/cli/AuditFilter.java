package parley.console.cli;

import org.jspecify.annotations.Nullable;

import parley.console.settings.CannotStart;
import parley.safety.record.index.Query;
import parley.safety.record.index.Words;
import parley.tools.Bilingual;

import picocli.CommandLine.Option;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Who, where, what and when, as searches and exports are narrowed.
final class AuditFilter {
    private static final Pattern AGO = Pattern.compile("(\\d{1,5})(m|h|d|w)");

    @Option(names = "--operator", paramLabel = "NAME", description = "who asked or approved")
    String operator = "";

    @Option(names = "--host", paramLabel = "HOST", description = "on which host")
    String host = "";

    @Option(names = "--tool", paramLabel = "TOOL", description = "with which tool")
    String tool = "";

    @Option(
            names = "--verdict",
            paramLabel = "allow|confirm|typed|two-person|deny",
            description = "how it was judged")
    String verdict = "";

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "what kind of entry: request, exec.result, approval.decision, …")
    String type = "";

    @Option(
            names = "--outcome",
            paramLabel = "OUTCOME",
            description = "how the entry ended: ok, failed, denied, unknown, …")
    String outcome = "";

    @Option(names = "--run", paramLabel = "RUN", description = "of which request")
    String run = "";

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "2026-11-21, 2026-11-21T10:00 (UTC), or ago: 30m, 12h, 7d, 4w")
    @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "before that time")
    @Nullable String until;

    /// As it was typed, for the record of who looked.
    String said() {
        StringBuilder said = new StringBuilder();
        add(said, "--operator", operator);
        add(said, "--host", host);
        add(said, "--tool", tool);
        add(said, "--verdict", verdict);
        add(said, "--type", type);
        add(said, "--outcome", outcome);
        add(said, "--run", run);
        add(said, "--since", Optional.ofNullable(since).orElse(""));
        add(said, "--until", Optional.ofNullable(until).orElse(""));
        return said.toString();
    }

    private static void add(StringBuilder said, String name, String value) {
        if (!value.isEmpty()) {
            said.append(' ').append(name).append(' ').append(value);
        }
    }

    Query query(Words words) throws CannotStart {
        return new Query(
                words, operator, host, tool, verdict, type, outcome, run, time(since), time(until));
    }

    static Optional<Instant> time(@Nullable String text) throws CannotStart {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        Matcher ago = AGO.matcher(text);
        try {
            if (ago.matches()) {
                long count = Long.parseLong(ago.group(1));
                return Optional.of(
                        Instant.now()
                                .minus(
                                        switch (ago.group(2)) {
                                            case "m" -> Duration.ofMinutes(count);
                                            case "h" -> Duration.ofHours(count);
                                            case "d" -> Duration.ofDays(count);
                                            default -> Duration.ofDays(7 * count);
                                        }));
            }
            if (text.length() == 10) {
                return Optional.of(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
            }
            return Optional.of(
                    text.endsWith("Z")
                            ? Instant.parse(text)
                            : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException bad) {
            throw new CannotStart(
                    Bilingual.of(
                            "not a time: \"{0}\"; 2026-11-21, 2026-11-21T10:00 or 7d",
                            "不是有效时间：“{0}”；应为 2026-11-21、2026-11-21T10:00 或 7d", text),
                    AuditWork.USAGE);
        }
    }
}
