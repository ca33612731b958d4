package parley.console.cli;

import static java.util.Objects.requireNonNull;

import parley.console.repl.Repl;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

import java.io.PrintStream;

/// The root of the command line. Without a subcommand it opens the console.
@Command(
        name = "parley",
        description = {
            "Say what should happen on which Linux hosts, in English or Chinese.",
            "用中文或英文说出要在哪些 Linux 主机上做什么。"
        },
        mixinStandardHelpOptions = true,
        version = "parley 0.1.0",
        subcommands = {
            // keep-sorted start
            ApprovalsCommand.class,
            AskCommand.class,
            AuditCommand.class,
            CompletionCommand.class,
            DoctorCommand.class,
            HostsCommand.class,
            ModelCommand.class,
            PlanCommand.class,
            PolicyCommand.class,
            RecordCommand.class,
            RecorderCommand.class,
            RunCommand.class,
            SettleCommand.class,
            ToolsCommand.class,
            // keep-sorted end
        },
        footer = {
            "",
            "Exit codes: 0 done · 1 failed · 2 usage or configuration · 3 denied · 4 approval"
                    + " needed, declined or expired ·",
            "5 a question must be answered · 6 no tool for it · 7 partly done · 8 unreachable · 9"
                    + " unknown outcome ·",
            "10 the record is unavailable · 130 cancelled"
        })
public final class ParleyCommand extends Work {
    /// Runs the command line and returns its exit code.
    public static int run(String[] arguments) {
        CommandLine line = new CommandLine(new ParleyCommand());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        // 2 means "altered" to whoever verifies a record, so a slip of the fingers must not end so.
        AuditCommand.slipsEndWithOne(requireNonNull(line.getSubcommands().get("audit")));
        line.setExecutionStrategy(parsed -> {
            handDown(parsed);
            return new CommandLine.RunLast().execute(parsed);
        });
        return line.execute(arguments);
    }

    /// What is said before a subcommand holds for it, too, unless it says otherwise itself.
    private static void handDown(ParseResult parsed) {
        for (ParseResult outer = parsed; outer.hasSubcommand(); outer = outer.subcommand()) {
            ParseResult inner = outer.subcommand();
            for (OptionSpec said : outer.matchedOptions()) {
                OptionSpec same = inner.commandSpec().findOption(said.longestName());
                if (same != null && !inner.hasMatchedOption(same)) {
                    Object value = said.getValue();
                    same.setValue(value);
                }
            }
        }
    }

    @Override
    int work(PrintStream out) throws Exception {
        return Repl.run(common.options(), common.chosen(), common.language());
    }
}
