package parley.evals;

import org.jspecify.annotations.Nullable;

import parley.console.settings.CannotStart;
import parley.tools.Language;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/// The evaluation runner. See `tests/evals/README.md`.
@Command(
        name = "parley-eval",
        description = "runs scenarios on real hosts and scores them, layer by layer",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit codes: 0 done · 1 fewer passed than --at-least · 2 usage or a wrong scenario file"
                    + " ·",
            "77 this machine cannot have hosts"
        })
public final class ParleyEval implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "files of scenarios, one JSON object a line")
    List<Path> files = List.of();

    @Option(
            names = "--times",
            paramLabel = "K",
            description = "runs of each scenario (1)",
            defaultValue = "1")
    int times = 1;

    @Option(
            names = "--lang",
            paramLabel = "en|zh|both",
            description = "in which language to ask (both)",
            defaultValue = "both")
    String languages = "both";

    @Option(
            names = "--only",
            paramLabel = "REGEX",
            description = "only scenarios whose id this is found in",
            defaultValue = "")
    String only = "";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "a config.yaml with the models to be evaluated; without it and --endpoint the"
                            + " embedded planner is")
    @Nullable Path config;

    @Option(names = "--endpoint", paramLabel = "URL", description = "a model's base URL")
    @Nullable String endpoint;

    @Option(names = "--model", paramLabel = "NAME", description = "the model there")
    @Nullable String model;

    @Option(
            names = "--provider",
            paramLabel = "openai|anthropic|ollama",
            description = "whose language the endpoint speaks (openai)",
            defaultValue = "openai")
    String provider = "openai";

    @Option(
            names = "--key-variable",
            paramLabel = "NAME",
            description = "the environment variable that holds its key")
    @Nullable String keyVariable;

    @Option(
            names = "--testbed",
            paramLabel = "PROGRAM",
            description = "the testbed's program",
            required = true)
    Path testbed = Path.of("testbed");

    @Option(
            names = "--out",
            paramLabel = "DIRECTORY",
            description = "where report.html and the records of the runs go (a new temporary one)")
    @Nullable Path out;

    @Option(
            names = "--at-least",
            paramLabel = "PERCENT",
            description = "exit with 1 when pass^K is lower",
            defaultValue = "0")
    double atLeast;

    /// Runs the command line.
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ParleyEval()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Language here = Language.ofLocale(System.getenv().getOrDefault("LANG", ""));
        try {
            List<String> faults = Lab.faults(testbed);
            List<Scenario> scenarios = scenarios(faults);
            Planning planning = planning();
            Path folder =
                    out == null
                            ? Files.createTempDirectory("parley-eval")
                            : Files.createDirectories(out);
            Summary summary = run(scenarios, planning, folder);
            TableReport.lines(summary).forEach(System.out::println);
            Path report = folder.resolve("report.html");
            Files.writeString(report, HtmlPage.of(summary, Instant.now()));
            System.out.println("report: " + report.toAbsolutePath());
            return summary.passEach() < atLeast ? 1 : 0;
        } catch (BadScenario bad) {
            System.err.println("parley-eval: " + bad.why().in(here));
            return 2;
        } catch (CannotStart cannot) {
            System.err.println("parley-eval: " + cannot.why().in(here));
            return 2;
        } catch (Lab.Trouble trouble) {
            System.err.println("parley-eval: " + trouble.getMessage());
            return trouble.exit() == Lab.CANNOT ? Lab.CANNOT : 2;
        }
    }

    private List<Scenario> scenarios(List<String> faults) throws BadScenario {
        ScenarioFile reader = new ScenarioFile(faults);
        List<Scenario> all = new ArrayList<>();
        for (Path file : files) {
            all.addAll(reader.read(file));
        }
        Pattern wanted = Pattern.compile(only);
        return all.stream().filter(one -> wanted.matcher(one.id()).find()).toList();
    }

    private Planning planning() throws BadScenario, IOException {
        if (config != null) {
            return new Planning(
                    config.getFileName().toString(), Optional.of(Files.readString(config)));
        }
        if (endpoint == null && model == null) {
            return Planning.EMBEDDED;
        }
        if (endpoint == null || model == null) {
            throw new BadScenario(
                    "--endpoint and --model belong together; give both",
                    "--endpoint 和 --model 必须同时给出");
        }
        String key = keyVariable == null ? "" : ", keyVariable: \"" + keyVariable + "\"";
        return new Planning(
                model,
                Optional.of(
                        "model:\n- {provider: %s, baseUrl: \"%s\", name: \"%s\"%s}\n"
                                .formatted(provider, endpoint, model, key)));
    }

    private Summary run(List<Scenario> scenarios, Planning planning, Path folder)
            throws Lab.Trouble, InterruptedException, IOException, CannotStart {
        List<Case> cases = new ArrayList<>();
        try (Lab lab = new Lab(testbed)) {
            Runner runner = new Runner(lab, planning, folder);
            for (Scenario scenario : scenarios) {
                for (Language language : scenario.requests().keySet()) {
                    boolean asked =
                            languages.equals("both")
                                    || languages.equals(language.name().toLowerCase(Locale.ROOT));
                    if (asked && planning.takes(scenario)) {
                        cases.add(run(runner, scenario, language));
                    }
                }
            }
        }
        return new Summary(planning, times, cases);
    }

    /// What goes wrong with one run on the side of the hosts is told, and the others go on; only a
    /// machine without hosts ends it all.
    private Case run(Runner runner, Scenario scenario, Language language)
            throws Lab.Trouble, InterruptedException, IOException, CannotStart {
        List<Case.Scored> runs = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        for (int number = 1; number <= times; number++) {
            try {
                Trial trial = runner.run(scenario, language, number);
                runs.add(new Case.Scored(trial, Scorer.score(trial)));
            } catch (Lab.Trouble trouble) {
                if (trouble.exit() == Lab.CANNOT) {
                    throw trouble;
                }
                errors.add(String.valueOf(trouble.getMessage()));
            }
        }
        Case done = new Case(scenario, language, runs, errors);
        System.err.println(
                (done.passedEach() ? "✓ " : scenario.isCheckable() ? "✗ " : "· ") + done.name());
        return done;
    }
}
