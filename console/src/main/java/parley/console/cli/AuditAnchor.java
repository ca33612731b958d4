package parley.console.cli;

import org.jspecify.annotations.Nullable;

import parley.console.reach.Handing;
import parley.console.settings.CannotStart;
import parley.safety.gate.Sanitiser;
import parley.safety.record.Anchor;
import parley.tools.Bilingual;
import parley.tools.Language;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/// Takes the newest signed head of the record elsewhere, where whoever holds the record cannot cut
/// it: `audit verify --anchors` compares with it later.
@Command(
        name = "anchor",
        description = {
            "one line that proves how much the record held: printed, added to a file, or handed to",
            "a command; keep it elsewhere, and compare with audit verify --anchors"
        },
        mixinStandardHelpOptions = true)
final class AuditAnchor extends Work {
    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "add the line to this file (on a medium that only grows)")
    @Nullable Path file;

    @Option(
            names = "--command",
            paramLabel = "WORD",
            arity = "1..*",
            description = "run this program (no shell) with the line on its standard input")
    List<String> command = List.of();

    @Option(
            names = "--host",
            paramLabel = "H",
            description = "write it into this host's journal: a change, judged like any other")
    List<String> hosts = List.of();

    @Option(names = "--record", paramLabel = "FOLDER", description = "another record")
    @Nullable Path folder;

    @Override
    int work(PrintStream out) throws Exception {
        Path record = folder == null ? common.options().directories().record() : folder;
        Anchor anchor =
                Anchor.newest(record)
                        .orElseThrow(() ->
                                new CannotStart(
                                        Bilingual.of(
                                                "there is no signed record at " + record,
                                                record + " 处没有已签名的审计记录"),
                                        1));
        if (!hosts.isEmpty()) {
            RunCommand run = new RunCommand();
            run.common = common;
            run.tool = "record.anchor";
            String value = anchor.line().substring(Anchor.WORD.length() + 1);
            run.arguments = new String[] {"anchor=" + value};
            run.hosts = hosts;
            return run.work(out);
        }
        try {
            if (file != null) {
                anchor.appendTo(file);
            }
            if (!command.isEmpty()) {
                Handing.to(command, anchor.line() + "\n");
            }
        } catch (IOException failed) {
            throw new CannotStart(
                    Bilingual.of(
                            "the anchor was not taken: " + failed.getMessage(),
                            "锚定失败：" + failed.getMessage()),
                    1);
        }
        boolean printed = file == null && command.isEmpty();
        out.println(
                printed
                        ? anchor.line()
                        : Sanitiser.line(
                                common.language() == Language.EN
                                        ? "anchored: " + anchor.size() + " entries"
                                        : "已锚定：" + anchor.size() + " 条"));
        return 0;
    }
}
