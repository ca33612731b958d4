package parley.console.cli;

import org.jspecify.annotations.Nullable;

import parley.console.settings.CannotStart;
import parley.console.settings.Workplace;
import parley.console.turn.OpenUnknown;
import parley.console.turn.Settling;
import parley.prompts.plan.Request;
import parley.tools.Bilingual;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.PrintStream;
import java.util.List;

/// Closes an outcome that nobody knows: looks at the host again, or takes the word of a person who
/// did.
@Command(
        name = "settle",
        description = {
            "find out what became of a change whose outcome is unknown: settle NUMBER|HOST",
            "(parley audit unknowns lists them)"
        },
        mixinStandardHelpOptions = true)
final class SettleCommand extends Work {
    @Parameters(index = "0", paramLabel = "NUMBER|HOST")
    String which = "";

    @Option(
            names = "--saw",
            paramLabel = "TEXT",
            description = "do not look: close it with what you saw yourself")
    @Nullable String saw;

    @Override
    int work(PrintStream out) throws Exception {
        String words = "settle " + which + (saw == null ? "" : " --saw " + saw);
        return OneShot.run(
                common,
                out,
                words,
                (workplace, person) -> {
                    OpenUnknown unknown = find(workplace);
                    Request request = workplace.request(words, common.language());
                    Settling settling = new Settling(workplace.house(), person);
                    return saw == null
                            ? settling.look(unknown, request)
                            : settling.seen(unknown, request, saw);
                });
    }

    private OpenUnknown find(Workplace workplace) throws Exception {
        List<OpenUnknown> open =
                OpenUnknown.all(workplace.house().log()).stream()
                        .filter(one ->
                                one.host().equals(which)
                                        || Long.toString(one.number()).equals(which))
                        .toList();
        if (open.size() == 1) {
            return open.getFirst();
        }
        String numbers =
                String.join(", ", open.stream().map(one -> Long.toString(one.number())).toList());
        throw new CannotStart(
                open.isEmpty()
                        ? Bilingual.of(
                                "no unknown outcome \"{0}\"; parley audit unknowns lists them",
                                "没有结果不明的“{0}”；用 parley audit unknowns 查看", which)
                        : Bilingual.of(
                                "several are open on {0}; name one: {1}",
                                "{0} 上有多项未明，请指定其一：{1}", which, numbers),
                open.isEmpty() ? 2 : 5);
    }
}
