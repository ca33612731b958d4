package parley.console.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.PrintStream;
import java.nio.file.Path;

/// What happened, for those who must be able to prove it. Without a further word: the list of
/// requests.
@Command(
        name = "audit",
        description =
                "the record: what happened, who allowed it, and whether it is what was written",
        mixinStandardHelpOptions = true,
        subcommands = {
            // keep-sorted start
            AuditAnchor.class,
            AuditDiff.class,
            AuditErase.class,
            AuditExplain.class,
            AuditExport.class,
            AuditList.class,
            AuditNearMisses.class,
            AuditProve.class,
            AuditPrune.class,
            AuditReDecide.class,
            AuditReRender.class,
            AuditReconcile.class,
            AuditReplay.class,
            AuditSearch.class,
            AuditShow.class,
            AuditStats.class,
            AuditTimeline.class,
            AuditUnknowns.class,
            AuditVerify.class,
            AuditVerifyBundle.class,
            AuditWasIt.class,
            // keep-sorted end
        })
final class AuditCommand extends Work {
    @Option(
            names = "--record",
            paramLabel = "FOLDER",
            description = "a record elsewhere: a copy, another machine's")
    @Nullable Path folder;

    @Override
    int work(PrintStream out) throws Exception {
        AuditList list = new AuditList();
        list.common = common;
        list.folder = folder;
        return list.work(out);
    }

    /// 2 means "altered" to whoever verifies a record, so a slip of the fingers must not end so.
    static void slipsEndWithOne(CommandLine audit) {
        audit.getCommandSpec().exitCodeOnInvalidInput(AuditWork.USAGE);
        audit.getSubcommands().values().forEach(AuditCommand::slipsEndWithOne);
    }
}
