package parley.console.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import parley.console.settings.CannotStart;
import parley.safety.gate.Sanitiser;
import parley.safety.record.verify.AuditVerifier;
import parley.safety.record.verify.Verification;
import parley.tools.Bilingual;
import parley.tools.Language;
import parley.tools.schema.Json;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Whether the record is what was written. Writes nothing itself: a damaged record is evidence.
@Command(
        name = "verify",
        description = {
            "whether the record is what was written:",
            "exit 0 sound, 1 usage, 2 altered, 3 truncated, 4 tail not covered by a checkpoint"
        },
        mixinStandardHelpOptions = true)
final class AuditVerify extends AuditWork {
    @Option(
            names = "--key",
            paramLabel = "VKEY",
            description = "verify against this key, noted somewhere else, not the record's own")
    @Nullable String key;

    @Option(
            names = "--anchors",
            paramLabel = "FILE",
            description = {
                "compare with heads that were kept elsewhere (audit anchor, a host's journal);",
                "- reads them from standard input"
            })
    @Nullable Path anchors;

    /// Nothing of it is shown; and opening it for writing would mend what must be seen first.
    @Override
    String asked() {
        return "";
    }

    @Override
    String entryType() {
        return "audit.verify";
    }

    @Override
    int look(AuditOut out, Path record) throws Exception {
        Verification found = verified(record);
        if (found.exitCode() == 0 && folder == null) {
            ObjectNode fields = Json.mapper().createObjectNode();
            looked(record, "verify", fields.put("entries", found.records()));
        }
        print(out.stream(), found);
        return found.exitCode();
    }

    private Verification verified(Path record) throws Exception {
        try {
            return anchors == null
                    ? AuditVerifier.verify(record, Optional.ofNullable(key))
                    : AuditVerifier.verify(record, Optional.ofNullable(key), lines(anchors));
        } catch (IllegalArgumentException malformed) {
            throw new CannotStart(
                    Bilingual.of(
                            "--key is not a verifier key as audit verify prints it: "
                                    + malformed.getMessage(),
                            "--key 不是 audit verify 所显示的那种密钥：" + malformed.getMessage()),
                    USAGE);
        }
    }

    /// One character a byte: whatever else stands there must not stop the reading.
    private static List<String> lines(Path file) throws CannotStart {
        try {
            byte[] bytes =
                    file.toString().equals("-")
                            ? System.in.readAllBytes()
                            : Files.readAllBytes(file);
            return new String(bytes, StandardCharsets.ISO_8859_1).lines().toList();
        } catch (IOException unreadable) {
            throw new CannotStart(
                    Bilingual.of(
                            "the anchors cannot be read: " + unreadable, "无法读取锚定行：" + unreadable),
                    USAGE);
        }
    }

    private void print(PrintStream out, Verification found) throws Exception {
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
                        ? "%s: %d entries in %d segments, %d checkpoints, %d bodies (%d opened),"
                                + " %d erased, %d anchors, %d bytes; key %s%s"
                        : "%s：%d 条记录，%d 个分段，%d 个检查点，%d 个正文（打开 %d 个），已清除 %d 个，锚定 %d 处，%d"
                                + " 字节；密钥 %s%s";
        String pinned =
                found.pinned() ? "" : language == Language.EN ? " (the record's own)" : "（记录自带）";
        return form.formatted(
                verdict,
                found.records(),
                found.segments(),
                found.checkpoints(),
                found.bodies(),
                found.opened(),
                found.erased(),
                found.anchors(),
                found.bytes(),
                found.key(),
                pinned);
    }
}
