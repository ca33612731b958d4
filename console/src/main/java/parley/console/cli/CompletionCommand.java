package parley.console.cli;

import parley.console.repl.RunCompletion;
import parley.console.settings.CannotStart;
import parley.console.settings.KnownNames;
import parley.console.settings.Workplace;
import parley.tools.Bilingual;
import parley.tools.catalogue.Catalogue;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Completion in a shell: `completion bash` prints what goes into `~/.bashrc`, `completion zsh`
/// what goes into a folder of `fpath`. The printed functions ask `completion line TEXT` for
/// candidates.
@Command(
        name = "completion",
        description = {
            "completion in a shell: completion bash|zsh prints it;",
            "bash: source <(parley completion bash)"
        },
        mixinStandardHelpOptions = true)
final class CompletionCommand extends Work {
    private static final String BASH =
            """
            _parley() {
                local IFS=$'\\n' line="${COMP_LINE:0:COMP_POINT}"
                local word="${line##*[[:space:]]}"
                COMPREPLY=($(parley completion line "$line" 2>/dev/null))
                # Readline replaces only what stands behind the last of these characters.
                local kept="${word%"${word##*[=:@]}"}"
                COMPREPLY=("${COMPREPLY[@]#"$kept"}")
                case ${COMPREPLY-} in *=) compopt -o nospace ;; esac
            }
            complete -F _parley parley
            """;
    private static final String ZSH =
            """
            #compdef parley
            _parley() {
                local -a found
                found=("${(@f)$(parley completion line "$LBUFFER" 2>/dev/null)}")
                compadd -Q -S '' -a found
            }
            compdef _parley parley
            """;

    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "bash|zsh|line")
    String what = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "TEXT", defaultValue = "")
    String line = "";

    @Override
    int work(PrintStream out) throws Exception {
        switch (what) {
            case "bash" -> out.print(BASH);
            case "zsh" -> out.print(ZSH);
            case "line" -> candidates().forEach(out::println);
            default ->
                    throw new CannotStart(
                            Bilingual.of(
                                    "completion bash or completion zsh, not \"{0}\"",
                                    "用法：completion bash 或 completion zsh，没有“{0}”", what),
                            2);
        }
        return 0;
    }

    private List<String> candidates() throws CannotStart {
        List<String> words = new ArrayList<>(Arrays.asList(line.stripLeading().split("\\s+", -1)));
        words.removeFirst();
        if (words.isEmpty()) {
            return List.of();
        }
        if (words.size() == 1) {
            Stream<String> commands = spec.parent().subcommands().keySet().stream();
            return commands.filter(name -> name.startsWith(words.getFirst())).sorted().toList();
        }
        RunCompletion completion =
                new RunCompletion(
                        Workplace.hosts(common.options()),
                        Catalogue.standard(),
                        KnownNames.load(common.options().directories()));
        return switch (words.getFirst()) {
            case "run", "record" -> completion.candidates(words.subList(1, words.size()));
            case "tools" -> completion.candidates(List.of(words.getLast()));
            default -> completion.hosts(words.getLast());
        };
    }
}
