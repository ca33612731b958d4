package parley.console.cli;

import org.jline.terminal.Terminal;

import parley.console.reach.FirstContact;
import parley.console.repl.AbsentPerson;
import parley.console.repl.Cast;
import parley.console.repl.Screen;
import parley.console.repl.ScreenRecord;
import parley.console.repl.TerminalPerson;
import parley.console.repl.Terminals;
import parley.console.settings.CannotStart;
import parley.console.settings.KnownNames;
import parley.console.settings.Workplace;
import parley.console.show.ResultJson;
import parley.console.show.ResultView;
import parley.console.turn.Person;
import parley.console.turn.TurnResult;
import parley.prompts.plan.Request;
import parley.tools.Bilingual;
import parley.tools.Language;
import parley.tools.schema.Json;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/// One request from the command line: with a terminal its person can approve; Ctrl-C cancels it on
/// the hosts too.
final class OneShot {
    private OneShot() {}

    /// What is done with the opened workplace.
    interface Task {
        TurnResult run(Workplace workplace, Person person) throws Exception;
    }

    static int run(Common common, PrintStream out, String words, Task task) throws Exception {
        return run(common, out, words, Optional.empty(), task);
    }

    /// @param digest what `--approve` gave
    static int run(Common common, PrintStream out, String words, Optional<String> digest, Task task)
            throws Exception {
        Language language = common.language(words);
        if (words.isBlank() || words.length() > Request.MOST_CHARACTERS) {
            throw new CannotStart(
                    Bilingual.of(
                            "a request has 1 to {0} characters",
                            "请求长度为 1 到 {0} 个字符", Request.MOST_CHARACTERS),
                    2);
        }
        if (digest.isEmpty() && Terminals.present()) {
            try (Screen screen = Terminals.question()) {
                TerminalPerson person = new TerminalPerson(screen, language);
                Cast cast = begun(words, screen.columns());
                screen.keep(cast);
                Thread working = Thread.currentThread();
                // Each Ctrl-C reaches the turn; the second one of a change breaks it off.
                screen.terminal().handle(Terminal.Signal.INT, signal -> working.interrupt());
                return finish(common, out, language, screen.columns(), person, person, task, cast);
            }
        }
        Cast cast = begun(words, columns());
        AbsentPerson person = new AbsentPerson(cast.over(System.err), language, digest);
        return finish(common, out, language, columns(), person, person, task, cast);
    }

    private static Cast begun(String words, int columns) {
        Cast cast = new Cast(columns);
        cast.shown("$ parley ");
        cast.typed(words);
        return cast;
    }

    private static int finish(
            Common common,
            PrintStream out,
            Language language,
            int columns,
            Person person,
            FirstContact firstContact,
            Task task,
            Cast cast)
            throws Exception {
        Cancelling cancelling = Cancelling.thisThread();
        try (Workplace workplace = Workplace.open(common.options(), firstContact)) {
            workplace.warnings(language).forEach(System.err::println);
            TurnResult result = task.run(workplace, person);
            KnownNames.load(common.options().directories()).learn(result.results());
            List<String> lines = lines(common, language, columns, result);
            lines.forEach(cast::line);
            ScreenRecord.keep(workplace.house().log(), result.request(), cast);
            lines.forEach(out::println);
            return result.outcome().exitCode();
        } finally {
            cancelling.over();
        }
    }

    private static List<String> lines(
            Common common, Language language, int columns, TurnResult result) throws IOException {
        return switch (common.output) {
            case text -> new ResultView(language, columns, Terminals.present()).lines(result);
            case json ->
                    Json.mapper()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(ResultJson.of(result))
                            .lines()
                            .toList();
            case jsonl -> List.of(Json.mapper().writeValueAsString(ResultJson.of(result)));
        };
    }

    private static int columns() {
        String columns = System.getenv().getOrDefault("COLUMNS", "");
        return columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : 100;
    }
}
