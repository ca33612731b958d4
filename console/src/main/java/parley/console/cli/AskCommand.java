package parley.console.cli;

import parley.console.turn.Turn;
import parley.safety.gate.Pace;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.io.PrintStream;
import java.util.List;

/// Answers one request in words.
@Command(name = "ask", description = "answer one request", mixinStandardHelpOptions = true)
final class AskCommand extends Work {
    @Parameters(
            arity = "1..*",
            paramLabel = "TEXT",
            description = "what you want to know or to have done")
    String[] words = {};

    @Mixin PaceOptions paceOptions = new PaceOptions();

    @Override
    int work(PrintStream out) throws Exception {
        Pace pace = paceOptions.pace();
        return OneShot.run(
                common,
                out,
                joined(words),
                (workplace, person) ->
                        new Turn(workplace.house(), person, workplace.planners(), pace)
                                .run(
                                        workplace.request(
                                                joined(words), common.language(joined(words))),
                                        List.of()));
    }
}
