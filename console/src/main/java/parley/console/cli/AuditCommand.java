package parley.console.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import parley.console.settings.CannotStart;
import parley.safety.gate.Sanitiser;
import parley.safety.record.AuditReader;
import parley.safety.record.RecordUnavailable;
import parley.safety.record.Recorded;
import parley.safety.record.verify.AuditVerifier;
import parley.safety.record.verify.Verification;
import parley.tools.Bilingual;
import parley.tools.Language;
import parley.tools.schema.Json;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What happened: the requests there were, one of them in full, and whether the record is what was
/// written.
@Command(
        name = "audit",
        description = "the record: audit list, audit show RUN|NUMBER, audit unknowns, audit verify",
        mixinStandardHelpOptions = true)
final class AuditCommand extends Work {
    private static final int MOST_BODY_LINES = 200;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "list|show|unknowns|verify",
            defaultValue = "list")
    String what = "list";

    @Parameters(index = "1", arity = "0..1", paramLabel = "RUN|NUMBER", defaultValue = "")
    String which = "";

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "how many requests (50), the newest first",
            defaultValue = "50")
    int limit = 50;

    @Option(
            names = "--record",
            paramLabel = "FOLDER",
            description = "a record elsewhere: a copy, another machine's")
    @Nullable Path folder;

    @Option(
            names = "--key",
            paramLabel = "VKEY",
            description = "verify against this key, noted somewhere else, not the record's own")
    @Nullable String key;

    @Override
    int work(PrintStream out) throws Exception {
        Path record = folder != null ? folder : common.options().directories().record();
        if (!Files.isDirectory(record)) {
            throw new CannotStart(
                    Bilingual.of(
                            "there is no record at " + record + ": nothing was asked here yet",
                            record + " 处没有审计记录：这里还没有提过请求"),
                    1);
        }
        return switch (what) {
            case "list" -> list(out, AuditReader.of(record));
            case "show" -> show(out, AuditReader.of(record));
            case "unknowns" -> UnknownsList.print(out, AuditReader.of(record), common);
            case "verify" -> verify(out, record);
            default ->
                    throw new CannotStart(
                            Bilingual.of(
                                    "audit list, audit show RUN|NUMBER, audit unknowns, or audit"
                                            + " verify; not \""
                                            + what
                                            + "\"",
                                    "用法：audit list、audit show 请求号|序号、audit unknowns、audit"
                                            + " verify；没有“"
                                            + what
                                            + "”"),
                            1);
        };
    }

    private int list(PrintStream out, AuditReader reader) throws Exception {
        List<Recorded> requests = new ArrayList<>();
        List<Recorded> answers = new ArrayList<>();
        try (Stream<Recorded> entries = reader.entries()) {
            entries.forEach(entry -> {
                if (entry.type().equals("request")) {
                    requests.add(entry);
                } else if (entry.type().equals("answer")) {
                    answers.add(entry);
                }
            });
        }
        List<List<String>> rows = new ArrayList<>();
        for (Recorded request : requests.reversed().subList(0, Math.min(limit, requests.size()))) {
            String outcome =
                    answers.stream()
                            .filter(answer -> answer.run().equals(request.run()))
                            .map(Recorded::outcome)
                            .findFirst()
                            .orElse("unfinished");
            String words = body(reader, request, "words");
            if (common.output == Common.Output.text) {
                rows.add(
                        List.of(
                                request.run(),
                                request.time().toString(),
                                request.actor(),
                                outcome,
                                words));
            } else {
                ObjectNode json = Json.mapper().createObjectNode();
                json.put("run", request.run()).put("time", request.time().toString());
                json.put("operator", request.actor()).put("outcome", outcome).put("words", words);
                out.println(Json.mapper().writeValueAsString(json));
            }
        }
        table(out, rows);
        return 0;
    }

    private int show(PrintStream out, AuditReader reader) throws Exception {
        List<Recorded> shown;
        try (Stream<Recorded> entries = reader.entries()) {
            shown =
                    entries.filter(entry ->
                                    which.equals(Long.toString(entry.sequence()))
                                            || (!which.isEmpty() && entry.run().startsWith(which)))
                            .toList();
        }
        if (shown.isEmpty()) {
            throw new CannotStart(
                    Bilingual.of(
                            "no request or entry \""
                                    + which
                                    + "\" in the record; audit list shows them",
                            "审计记录中没有“" + which + "”；用 audit list 查看"),
                    1);
        }
        for (Recorded entry : shown) {
            if (common.output != Common.Output.text) {
                out.println(Json.mapper().writeValueAsString(entry.header()));
                continue;
            }
            out.println(
                    Sanitiser.line(
                            "%d %s %s %s"
                                    .formatted(
                                            entry.sequence(),
                                            entry.time(),
                                            entry.type(),
                                            entry.outcome())));
            for (var field : entry.header().properties()) {
                if (!PLUMBING.contains(field.getKey())) {
                    out.println(
                            Sanitiser.line(
                                    "    " + field.getKey() + ": " + text(field.getValue())));
                }
            }
            for (String role : entry.roles()) {
                out.println("    " + role + ":");
                Sanitiser.lines(body(reader, entry, role), MOST_BODY_LINES)
                        .forEach(line -> out.println("      | " + line));
            }
        }
        return 0;
    }

    /// Fields that hold the record together and say nothing about what happened.
    private static final List<String> PLUMBING =
            List.of(
                    "v", "seq", "prev", "log", "ts", "mono", "boot", "type", "outcome", "run",
                    "bodies");

    private static String text(com.fasterxml.jackson.databind.JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }

    private String body(AuditReader reader, Recorded entry, String role) throws RecordUnavailable {
        Optional<byte[]> body = reader.body(entry, role);
        return body.map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse(common.language() == Language.EN ? "(gone)" : "（已不存在）");
    }

    private int verify(PrintStream out, Path record) throws Exception {
        Verification found;
        try {
            found = AuditVerifier.verify(record, Optional.ofNullable(key));
        } catch (IllegalArgumentException malformed) {
            throw new CannotStart(
                    Bilingual.of(
                            "--key is not a verifier key as audit verify prints it: "
                                    + malformed.getMessage(),
                            "--key 不是 audit verify 所显示的那种密钥：" + malformed.getMessage()),
                    1);
        }
        if (common.output == Common.Output.text) {
            for (Verification.Problem problem : found.problems()) {
                out.println(
                        Sanitiser.line(
                                problem.kind()
                                        + " "
                                        + problem.place()
                                        + ": "
                                        + problem.says().in(common.language())));
            }
            out.println(summary(found, common.language()));
        } else {
            out.println(Json.mapper().writeValueAsString(found));
        }
        return found.exitCode();
    }

    /// What was looked at, and what that came to: a check proves that it looked.
    private static String summary(Verification found, Language language) {
        String verdict =
                switch (found.exitCode()) {
                    case 0 -> language == Language.EN ? "sound" : "完好";
                    case 2 -> language == Language.EN ? "ALTERED" : "已被篡改";
                    case 3 -> language == Language.EN ? "TRUNCATED" : "已被截断";
                    default ->
                            language == Language.EN
                                    ? "tail not covered by a checkpoint"
                                    : "末尾尚未被检查点覆盖";
                };
        String form =
                language == Language.EN
                        ? "%s: %d entries in %d segments, %d checkpoints, %d bodies, %d bytes; key"
                                + " %s%s"
                        : "%s：%d 条记录，%d 个分段，%d 个检查点，%d 个正文，%d 字节；密钥 %s%s";
        String pinned =
                found.pinned() ? "" : language == Language.EN ? " (the record's own)" : "（记录自带）";
        return form.formatted(
                verdict,
                found.records(),
                found.segments(),
                found.checkpoints(),
                found.bodies(),
                found.bytes(),
                found.key(),
                pinned);
    }
}
