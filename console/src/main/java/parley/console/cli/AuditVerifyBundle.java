package parley.console.cli;

import org.jspecify.annotations.Nullable;

import parley.console.settings.CannotStart;
import parley.safety.record.verify.BundleVerification;
import parley.safety.record.verify.BundleVerifier;
import parley.tools.Bilingual;
import parley.tools.schema.Json;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Whether an exported bundle is what was recorded, all that its filter means, and nothing else.
/// Needs no record, no network and no configuration.
@Command(
        name = "verify-bundle",
        description = {
            "whether an exported bundle is whole and true, offline:",
            "exit 0 sound, 1 usage, 2 altered, 3 truncated, 4 incomplete by its own word"
        },
        mixinStandardHelpOptions = true)
final class AuditVerifyBundle extends Work {
    @Parameters(paramLabel = "FILE", description = "as parley audit export wrote it")
    Path file = Path.of("");

    @Option(
            names = "--key",
            paramLabel = "VKEY",
            description = "verify against this key, noted somewhere else, not the bundle's own")
    @Nullable String key;

    @Override
    int work(PrintStream stream) throws Exception {
        if (!Files.isRegularFile(file)) {
            throw new CannotStart(
                    Bilingual.of("there is no file " + file, "没有文件 " + file), AuditWork.USAGE);
        }
        AuditOut out = new AuditOut(stream, common);
        BundleVerification found = verified();
        out.only(Json.mapper().valueToTree(found));
        for (BundleVerification.Problem problem : found.problems()) {
            out.say(
                    problem.kind()
                            + " "
                            + problem.place()
                            + ": "
                            + problem.says().in(out.language()));
        }
        out.say(summary(found));
        return found.exitCode();
    }

    private BundleVerification verified() throws Exception {
        try {
            return BundleVerifier.verify(file, Optional.ofNullable(key));
        } catch (IllegalArgumentException malformed) {
            throw new CannotStart(
                    Bilingual.of(
                            "--key is not a verifier key as audit verify prints it: "
                                    + malformed.getMessage(),
                            "--key 不是 audit verify 所显示的那种密钥：" + malformed.getMessage()),
                    AuditWork.USAGE);
        }
    }

    private static Bilingual summary(BundleVerification found) {
        Bilingual verdict =
                switch (found.exitCode()) {
                    case 0 -> Bilingual.of("sound and complete for its filter", "完好，且筛选范围内无遗漏");
                    case 2 -> Bilingual.of("ALTERED", "已被篡改");
                    case 3 -> Bilingual.of("TRUNCATED", "已被截断");
                    default -> Bilingual.of("incomplete by its own word", "自称不完整");
                };
        return Bilingual.of(
                "%s: %d headers, of which %d entries of %d requests are meant; %d contents, %d erased; key %s%s"
                        .formatted(
                                verdict.en(),
                                found.headers(),
                                found.selected(),
                                found.runs(),
                                found.bodies(),
                                found.erased(),
                                found.key(),
                                found.pinned() ? "" : " (the bundle's own)"),
                "%s：%d 个条目头，其中涉及 %d 个请求的 %d 条；内容 %d 个，已清除 %d 个；密钥 %s%s"
                        .formatted(
                                verdict.zh(),
                                found.headers(),
                                found.runs(),
                                found.selected(),
                                found.bodies(),
                                found.erased(),
                                found.key(),
                                found.pinned() ? "" : "（包内自带）"));
    }
}
