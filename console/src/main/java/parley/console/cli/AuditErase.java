package parley.console.cli;

import org.jspecify.annotations.Nullable;

import parley.console.settings.CannotStart;
import parley.safety.gate.Sanitiser;
import parley.safety.record.AuditLog;
import parley.safety.record.Erasure;
import parley.safety.record.index.RecordIndex;
import parley.tools.Bilingual;
import parley.tools.Language;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/// Takes the contents of one request out of everybody's reach: a password that was typed, a
/// person's data. That it happened, who did it and why, stays.
@Command(
        name = "erase",
        description = {
            "destroy the key of one request's contents: erase RUN --reason TEXT;",
            "the entries stay, and the record still verifies"
        },
        mixinStandardHelpOptions = true)
final class AuditErase extends Work {
    @Parameters(index = "0", paramLabel = "RUN")
    String run = "";

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "why; stays in the record, so do not repeat what is erased")
    String reason = "";

    @Option(names = "--record", paramLabel = "FOLDER", description = "another record")
    @Nullable Path folder;

    @Override
    int work(PrintStream out) throws Exception {
        Language language = common.language();
        try (AuditLog log = AuditLog.open(place(), "parley audit erase")) {
            long by = log.erase(new Erasure(run, person(), reason));
            // It holds words of what is erased; the next search makes another.
            RecordIndex.forget(log.directory());
            out.println(
                    Sanitiser.line(
                            language == Language.EN
                                    ? "erased: nobody can read what "
                                            + run
                                            + " said and printed; entry "
                                            + by
                                            + " says so. Backups that hold keys/run of the record"
                                            + " hold its key, too"
                                    : "已清除：任何人都无法再读取 "
                                            + run
                                            + " 的内容；见条目 "
                                            + by
                                            + "。含有审计记录 keys/run 的备份中仍有其密钥"));
        }
        return 0;
    }

    private Path place() throws CannotStart {
        Path record = folder == null ? common.options().directories().record() : folder;
        if (!record.resolve("origin").toFile().exists()) {
            throw new CannotStart(
                    Bilingual.of("there is no record at " + record, record + " 处没有审计记录"), 1);
        }
        return record;
    }

    /// Who sits there, also where the record's own user does it for them.
    static String person() {
        Map<String, String> environment = System.getenv();
        return environment.getOrDefault("SUDO_USER", System.getProperty("user.name"));
    }
}
