package parley.console.cli;

import org.jspecify.annotations.Nullable;

import parley.console.settings.CannotStart;
import parley.safety.gate.Sanitiser;
import parley.safety.record.Inclusion;
import parley.safety.record.verify.InclusionVerifier;
import parley.tools.Bilingual;
import parley.tools.Language;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// That one entry stands in the record: a small text that needs nothing else of it, or the check of
/// such a text.
@Command(
        name = "prove",
        description = {
            "prove that one entry stands in the record, without the rest of it: prove NUMBER;",
            "prove --check FILE --key VKEY checks such a proof, anywhere (exit 0 it holds, 2 not)"
        },
        mixinStandardHelpOptions = true)
final class AuditProve extends Work {
    @Parameters(index = "0", arity = "0..1", paramLabel = "NUMBER")
    @Nullable Long number;

    @Option(names = "--check", paramLabel = "FILE", description = "a proof to check")
    @Nullable Path check;

    @Option(names = "--key", paramLabel = "VKEY", description = "the key you trust")
    @Nullable String key;

    @Option(names = "--record", paramLabel = "FOLDER", description = "another record")
    @Nullable Path folder;

    @Override
    int work(PrintStream out) throws Exception {
        if (check != null && key != null) {
            return check(out, check, key);
        }
        if (number == null || check != null) {
            throw new CannotStart(
                    Bilingual.of(
                            "audit prove NUMBER, or audit prove --check FILE --key VKEY",
                            "用法：audit prove 序号，或 audit prove --check 文件 --key 公钥"),
                    1);
        }
        Path record = folder == null ? common.options().directories().record() : folder;
        Inclusion proof =
                Inclusion.of(record, number)
                        .orElseThrow(() ->
                                new CannotStart(
                                        Bilingual.of(
                                                "no signed checkpoint covers an entry {0} of {1}",
                                                "{1} 中没有已签名检查点覆盖的条目 {0}", number, record),
                                        1));
        out.print(proof.text());
        return 0;
    }

    private int check(PrintStream out, Path file, String trusted) throws CannotStart {
        try {
            InclusionVerifier.Proved proved =
                    InclusionVerifier.verify(Files.readString(file), trusted);
            out.println(
                    common.language() == Language.EN
                            ? "entry "
                                    + proved.index()
                                    + " of the first "
                                    + proved.size()
                                    + " that were signed:"
                            : "已签名的前 " + proved.size() + " 条中的第 " + proved.index() + " 条：");
            out.println(Sanitiser.line(proved.line()));
            return 0;
        } catch (IllegalArgumentException wrong) {
            out.println(
                    Sanitiser.line(
                            (common.language() == Language.EN
                                            ? "the proof does not hold: "
                                            : "证明不成立：")
                                    + wrong.getMessage()));
            return 2;
        } catch (IOException unreadable) {
            throw new CannotStart(Bilingual.of(file + " cannot be read", "无法读取 " + file), 1);
        }
    }
}
