package parley.console.repl;

import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

import parley.console.settings.CannotStart;
import parley.console.settings.KnownNames;
import parley.console.settings.Options;
import parley.console.settings.Workplace;
import parley.console.show.Paragraph;
import parley.console.show.ResultView;
import parley.console.turn.GivenCalls;
import parley.console.turn.Turn;
import parley.console.turn.TurnResult;
import parley.prompts.plan.Conversation;
import parley.prompts.plan.Planner;
import parley.prompts.plan.Request;
import parley.safety.gate.Pace;
import parley.safety.record.RecordUnavailable;
import parley.tools.Host;
import parley.tools.Language;
import parley.tools.Proposal;
import parley.tools.Tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// The console: one request after the other, in one conversation. Ctrl-C ends a request, Ctrl-D the
/// console.
public final class Repl {
    /// More than anybody asks in one sitting; beyond, the oldest is forgotten.
    private static final int MOST_PAST = 500;

    private final Screen screen;
    private final TerminalPerson person;
    private final Workplace workplace;
    private final KnownNames known;
    private final List<Conversation.Past> past = new ArrayList<>();

    /// What hosts printed in each request of [#past].
    private final List<List<String>> heard = new ArrayList<>();

    private final Optional<Language> fixed;
    private Language language;
    private List<String> choices = List.of();
    private Pace pace = Pace.CAREFUL;

    /// What is shown in answer to the newest line.
    private Cast cast = new Cast(80);

    private Repl(
            Screen screen,
            TerminalPerson person,
            Workplace workplace,
            KnownNames known,
            Optional<Language> fixed,
            Language language) {
        this.screen = screen;
        this.person = person;
        this.workplace = workplace;
        this.known = known;
        this.fixed = fixed;
        this.language = language;
    }

    /// Opens the console and stays until Ctrl-D or `/quit`.
    ///
    /// @param fixed the language asked for; empty to answer each request in its own
    /// @throws CannotStart when there is no terminal, or the inventory, policies or record cannot
    ///   be used
    public static int run(Options options, Optional<Language> fixed, Language surroundings)
            throws CannotStart, IOException {
        if (!Terminals.present()) {
            throw new CannotStart(
                    parley.tools.Bilingual.of(
                            "the console needs a terminal; in a script use: parley ask TEXT",
                            "交互控制台需要终端；脚本中请用：parley ask 文本"),
                    2);
        }
        AtomicReference<@Nullable Names> learned = new AtomicReference<>();
        Path history = options.directories().history();
        Language language = fixed.orElse(surroundings);
        try (Screen screen = Terminals.screen(completer(learned), Optional.of(history))) {
            TerminalPerson person = new TerminalPerson(screen, language);
            try (Workplace workplace = Workplace.open(options, person)) {
                KnownNames known = KnownNames.load(options.directories());
                Names names =
                        new Names(workplace.house().hosts(), workplace.house().catalogue(), known);
                learned.set(names);
                new Repl(screen, person, workplace, known, fixed, language).loop();
                return 0;
            }
        }
    }

    /// Completes nothing until the inventory is known.
    private static Completer completer(AtomicReference<@Nullable Names> learned) {
        return (reader, line, candidates) -> {
            Names names = learned.get();
            if (names != null) {
                names.complete(reader, line, candidates);
            }
        };
    }

    private void loop() {
        screen.print(workplace.greeting(language));
        screen.print(workplace.warnings(language));
        while (true) {
            try {
                String line = screen.reader().readLine("parley> ").strip();
                if (line.equals("/quit") || line.equals("/exit")) {
                    return;
                }
                if (!line.isEmpty()) {
                    handle(line);
                }
            } catch (UserInterruptException cleared) {
                // Ctrl-C at the prompt throws the line away, nothing else.
                choices = List.of();
            } catch (EndOfFileException leaving) {
                return;
            }
        }
    }

    private void handle(String line) {
        cast = new Cast(screen.columns());
        cast.shown("parley> ");
        cast.typed(line);
        screen.keep(cast);
        for (String form : Names.RUN) {
            if (line.startsWith(form)) {
                call(line, line.substring(form.length()));
                return;
            }
        }
        if (line.startsWith("/")) {
            slash(line);
            return;
        }
        String words = chosen(line);
        if (words.length() > Request.MOST_CHARACTERS) {
            screen.print(
                    language == Language.EN
                            ? "that is too long: at most " + Request.MOST_CHARACTERS + " characters"
                            : "太长了：最多 " + Request.MOST_CHARACTERS + " 个字符");
            return;
        }
        language = fixed.orElse(Language.of(words));
        person.speak(language);
        TurnResult result = cancellable(words, workplace.planners());
        show(result);
        choices = result.question().map(question -> question.choices()).orElse(List.of());
        past.add(new Conversation.Past(words, result.proposal(), result.outcome().word()));
        heard.add(result.printed());
        if (past.size() > MOST_PAST) {
            past.removeFirst();
            heard.removeFirst();
        }
    }

    private void show(TurnResult result) {
        screen.print(new ResultView(language, screen.columns(), true).lines(result));
        known.learn(result.results());
        try {
            ScreenRecord.keep(workplace.house().log(), result.request(), cast);
        } catch (RecordUnavailable unavailable) {
            screen.print(Paragraph.wrap(unavailable.why().in(language), screen.columns()));
        }
    }

    /// A call instead of words: no planner, the same gate and the same record.
    private void call(String line, String typed) {
        try {
            Proposal.Item item = TypedCall.of(typed, workplace.house().hosts());
            Planner given = new GivenCalls(List.of(item));
            show(cancellable(line, List.of(given)));
        } catch (CannotStart cannot) {
            screen.print(Paragraph.wrap(cannot.why().in(language), screen.columns()));
        }
    }

    /// A number after a question stands for the choice with that number.
    private String chosen(String line) {
        if (line.matches("[0-9]{1,2}")) {
            int number = Integer.parseInt(line);
            if (number >= 1 && number <= choices.size()) {
                return choices.get(number - 1);
            }
        }
        return line;
    }

    /// Runs the request on a thread of its own, which Ctrl-C interrupts.
    private TurnResult cancellable(String words, List<Planner> planners) {
        Request request = workplace.request(words, language);
        AtomicReference<@Nullable TurnResult> result = new AtomicReference<>();
        Thread thread =
                Thread.ofPlatform()
                        .name("turn")
                        .start(() ->
                                result.set(
                                        new Turn(workplace.house(), person, planners, pace)
                                                .run(
                                                        request,
                                                        List.copyOf(past),
                                                        heard.stream()
                                                                .flatMap(List::stream)
                                                                .toList())));
        Terminal.SignalHandler before =
                screen.terminal().handle(Terminal.Signal.INT, signal -> thread.interrupt());
        try {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException elsewhere) {
                    thread.interrupt();
                }
            }
        } finally {
            screen.terminal().handle(Terminal.Signal.INT, before);
        }
        TurnResult done = result.get();
        if (done == null) {
            throw new IllegalStateException("the turn ended without a result");
        }
        return done;
    }

    private void slash(String line) {
        List<String> lines = new ArrayList<>();
        switch (line.split(" ")[0]) {
            case "/hosts" -> {
                for (Host host : workplace.house().hosts().all()) {
                    lines.add(
                            host.name()
                                    + "  "
                                    + host.environment().word()
                                    + "  "
                                    + String.join(",", host.groups()));
                }
            }
            case "/tools" -> {
                for (Tool<?, ?> tool : workplace.house().catalogue().all()) {
                    lines.add(
                            tool.name()
                                    + "  "
                                    + tool.card().worst().word()
                                    + "  "
                                    + tool.card().title().in(language));
                }
            }
            case "/ticket", "/break-glass", "/override-freeze" ->
                    lines.addAll(
                            Declaring.line(
                                    line, workplace.house().situations().declarations(), language));
            case "/lang" -> {
                language = Language.ofLocale(line.substring("/lang".length()).strip());
                person.speak(language);
            }
            case "/set" -> lines.add(set(line.split("\\s+")));
            default -> lines.addAll(help());
        }
        screen.print(lines);
    }

    /// `/set at-once 2`: how a change goes over several hosts from now on.
    private String set(String[] words) {
        try {
            int number = words.length == 3 ? Integer.parseInt(words[2]) : 0;
            pace =
                    switch (words.length == 3 ? words[1] : "") {
                        case "canary" -> new Pace(number, pace.atOnce(), pace.maxFailures());
                        case "at-once" -> new Pace(pace.canary(), number, pace.maxFailures());
                        case "max-failures" -> new Pace(pace.canary(), pace.atOnce(), number);
                        default -> pace;
                    };
        } catch (IllegalArgumentException bad) {
            return language == Language.EN
                    ? "canary is 0 to 1000, at-once and max-failures are 1 to 1000"
                    : "canary 为 0 到 1000，at-once 和 max-failures 为 1 到 1000";
        }
        return "canary "
                + pace.canary()
                + "  at-once "
                + pace.atOnce()
                + "  max-failures "
                + pace.maxFailures();
    }

    private List<String> help() {
        return switch (language) {
            case EN ->
                    List.of(
                            "Type what you want to know or to have done, naming the host.",
                            "  /hosts  the hosts there are      /tools  what can be done",
                            "  /lang en|zh  language            /quit or Ctrl-D  leave",
                            "  /run TOOL name=value --host H    run one tool, without a planner",
                            "  /set canary|at-once|max-failures N",
                            "                                   changes on several hosts: so many"
                                    + " first, at once, until so many failed",
                            "  /ticket T  /break-glass WHY  /override-freeze WHY  (empty takes it"
                                    + " back)",
                            "Ctrl-C ends the running request, on the host too. Tab completes"
                                    + " names.");
            case ZH ->
                    List.of(
                            "直接输入想了解或想做的事，并说明主机。",
                            "  /hosts  列出主机          /tools  列出能做的事",
                            "  /lang en|zh  切换语言     /quit 或 Ctrl-D  离开",
                            "  /run 工具 名称=值 --host 主机   直接运行一个工具",
                            "  /set canary|at-once|max-failures 数字",
                            "               多台主机的变更：先做几台、同时几台、失败几台后停止",
                            "  /ticket 工单  /break-glass 理由  /override-freeze 理由（留空则撤回）",
                            "Ctrl-C 结束当前请求（主机上的命令也会结束）。Tab 补全名称。");
        };
    }
}
