package parley.console.cli;

import com.fasterxml.jackson.databind.JsonNode;

import parley.console.repl.Terminals;
import parley.safety.gate.Sanitiser;
import parley.safety.record.AuditReader;
import parley.safety.record.Recorded;
import parley.safety.record.story.Story;
import parley.safety.record.story.Telling;
import parley.tools.Bilingual;
import parley.tools.schema.Json;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Shows a request as the operator saw it, with the pauses there were. Ctrl-C ends it.
@Command(
        name = "replay",
        description = "a request as the operator saw it, with its pauses; Ctrl-C ends it",
        mixinStandardHelpOptions = true)
final class AuditReplay extends AuditWork {
    /// The only control sequences that are shown again: colours.
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]{0,20}m");

    @Parameters(paramLabel = "RUN|NUMBER", description = "a request, or any entry of one")
    String which = "";

    @Option(
            names = "--speed",
            paramLabel = "X",
            description = "how many times faster (1); 0 without pauses",
            defaultValue = "1")
    double speed = 1;

    @Option(
            names = "--idle",
            paramLabel = "SECONDS",
            description = "no pause is longer than this (2)",
            defaultValue = "2")
    double idle = 2;

    @Option(names = "--cast", description = "print the recording itself (asciicast 3)")
    boolean raw;

    @Override
    String asked() {
        return "replay " + which;
    }

    @Override
    int look(AuditOut out, Path record) throws Exception {
        List<Recorded> entries = run(record, which);
        Story story = new Story(entries.getFirst().run(), entries, AuditReader.of(record));
        Optional<Recorded> screen = story.entries("screen").stream().findFirst();
        if (screen.isEmpty()) {
            return fallback(out, story);
        }
        String cast = story.text(screen.get(), "screen");
        if (raw || !out.forPeople()) {
            cast.lines().forEach(out.stream()::println);
            return 0;
        }
        for (String line : cast.lines().skip(1).toList()) {
            event(out, line);
        }
        out.stream().print(Terminals.present() ? "\u001b[0m" : "");
        out.stream().flush();
        return 0;
    }

    private void event(AuditOut out, String line) throws InterruptedException {
        JsonNode event;
        try {
            event = Json.mapper().readTree(line);
        } catch (IOException erased) {
            out.say(line);
            return;
        }
        if (event.path(1).asText().equals("o")) {
            pause(event.path(0).asDouble());
            String[] pieces = event.path(2).asText().split("\r?\n", -1);
            for (int index = 0; index < pieces.length; index++) {
                out.stream().print(clean(pieces[index]));
                if (index + 1 < pieces.length) {
                    out.stream().println();
                }
            }
            out.stream().flush();
        }
    }

    private void pause(double seconds) throws InterruptedException {
        if (speed > 0 && Terminals.present()) {
            long millis = Math.round(Math.min(seconds, idle) * 1000 / speed);
            TimeUnit.MILLISECONDS.sleep(Math.max(0, millis));
        }
    }

    /// Colours as they were, on a terminal; everything else that could move or hide is shown.
    private static String clean(String text) {
        StringBuilder clean = new StringBuilder();
        Matcher colours = COLOUR.matcher(text);
        int from = 0;
        while (colours.find()) {
            clean.append(Sanitiser.line(text.substring(from, colours.start())));
            clean.append(Terminals.present() ? colours.group() : "");
            from = colours.end();
        }
        return clean.append(Sanitiser.line(text.substring(from))).toString();
    }

    /// The end of a request that was cut short is on no screen that was kept: then what is recorded
    /// of it is told in order.
    private int fallback(AuditOut out, Story story) throws InterruptedException {
        out.say(
                Bilingual.of(
                        "what the screen showed was not kept (it was cut short, or is older); this"
                                + " is what the record tells",
                        "没有保存屏幕内容（请求被中断，或记录较早）；以下是记录所述"));
        Instant before = story.begin().time();
        for (Recorded entry : story.entries()) {
            pause(Duration.between(before, entry.time()).toMillis() / 1000.0);
            before = entry.time();
            switch (entry.type()) {
                case "request" -> out.say("> " + story.words());
                case "approval.request" -> out.raw("  ", story.text(entry, "shown"), 400);
                case "answer" -> out.raw("", story.text(entry, "answer"), 400);
                case "plan", "policy.decision", "exec.intent" -> {
                    // Nothing of these was shown.
                }
                default ->
                        out.say(
                                String.format(
                                        Locale.ROOT,
                                        "  %s",
                                        Telling.of(entry, "").in(out.language())));
            }
        }
        return 0;
    }
}
