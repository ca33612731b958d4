package parley.safety.record.export;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.safety.record.Recorded;
import parley.safety.record.story.Fields;
import parley.safety.record.story.Story;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A part of a record for other programs, one entry a line.
public enum Flat {
    /// The header as it is stored, and the contents as text under `contents`.
    JSONL {
        @Override
        String line(Recorded entry, Selection selection) {
            ObjectNode json = entry.header().deepCopy();
            if (!entry.roles().isEmpty()) {
                ObjectNode contents = json.putObject("contents");
                entry.roles()
                        .forEach(role ->
                                contents.put(role, Story.text(selection.reader(), entry, role)));
            }
            return json.toString();
        }
    },
    /// RFC 4180, with a first line of names.
    CSV {
        @Override
        String line(Recorded entry, Selection selection) {
            List<String> cells =
                    List.of(
                            Long.toString(entry.sequence()),
                            Fields.text(entry, "ts"),
                            entry.type(),
                            entry.outcome(),
                            entry.run(),
                            entry.actor(),
                            Fields.text(entry, "host"),
                            Fields.text(entry, "tool"),
                            Fields.arguments(entry),
                            Fields.text(entry, "purpose"),
                            Fields.text(entry, "risk"),
                            Fields.text(entry, "verdict"),
                            String.join(" ", Fields.texts(entry, "rules")),
                            Fields.text(entry, "approver"),
                            Fields.command(entry),
                            Fields.text(entry, "exit"),
                            Fields.text(entry, "tookMillis"),
                            Fields.text(entry, "why"),
                            Story.text(selection.reader(), entry, "words"),
                            Story.text(selection.reader(), entry, "answer"));
            return String.join(",", cells.stream().map(Flat::cell).toList()) + "\r";
        }

        @Override
        String first() {
            return "seq,time,type,outcome,run,operator,host,tool,arguments,purpose,effect,verdict,"
                    + "rules,approver,command,exit,millis,why,words,answer\r\n";
        }
    },
    /// OCSF 1.6: Authorize Session for verdicts, Process Activity for commands, API Activity else.
    OCSF {
        @Override
        String line(Recorded entry, Selection selection) {
            return Ocsf.event(entry).toString();
        }
    };

    abstract String line(Recorded entry, Selection selection);

    String first() {
        return "";
    }

    /// Writes all entries that are meant.
    public void write(Selection selection, OutputStream out) throws IOException {
        out.write(first().getBytes(StandardCharsets.UTF_8));
        try {
            selection.all((line, meant) -> {
                if (meant) {
                    put(out, line(line.entry(), selection) + "\n");
                }
            });
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    private static void put(OutputStream out, String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// A cell in quotes; one that a spreadsheet would take for a formula begins with an apostrophe.
    private static String cell(String text) {
        String safe =
                !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return "\"" + safe.replace("\"", "\"\"") + "\"";
    }
}
