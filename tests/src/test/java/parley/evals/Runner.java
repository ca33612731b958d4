package parley.evals;

import parley.console.settings.CannotStart;
import parley.console.settings.Options;
import parley.console.settings.Workplace;
import parley.console.turn.Declarations;
import parley.console.turn.Turn;
import parley.console.turn.TurnResult;
import parley.prompts.plan.Conversation;
import parley.tools.Language;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;

/// Runs a scenario once: faults in, look, ask, look again, faults out. Every run has settings, a
/// record and a memory of its own.
final class Runner {
    private static final SortedSet<String> NOT_LOOKED_AT = Collections.emptySortedSet();

    private final Lab lab;
    private final Planning planning;
    private final Path folder;

    /// @param folder where homes and records of the runs stay for whoever reads the report
    Runner(Lab lab, Planning planning, Path folder) {
        this.lab = lab;
        this.planning = planning;
        this.folder = folder;
    }

    /// @throws Lab.Trouble when the hosts could not be brought into the state: no run took place
    Trial run(Scenario scenario, Language language, int number)
            throws Lab.Trouble, InterruptedException, IOException, CannotStart {
        lab.up(scenario.hosts());
        List<Fault> injected = new ArrayList<>();
        try {
            for (Fault fault : scenario.faults()) {
                injected.add(fault);
                lab.inject(fault);
            }
            String name = scenario.id() + "-" + language + "-" + number;
            return asked(scenario, language, Files.createDirectories(folder.resolve(name)));
        } finally {
            for (Fault fault : injected.reversed()) {
                lab.heal(fault);
            }
            lab.mend(scenario.hosts().keySet());
        }
    }

    private Trial asked(Scenario scenario, Language language, Path home)
            throws Lab.Trouble, InterruptedException, IOException, CannotStart {
        Map<String, SortedSet<String>> before = snapshots(scenario);
        Operator operator = new Operator(scenario.approve());
        List<TurnResult> turns = new ArrayList<>();
        Duration took;
        try (Workplace workplace = Workplace.open(options(scenario, home), operator)) {
            long begun = System.nanoTime();
            turns(
                    workplace,
                    operator,
                    scenario.requests().getOrDefault(language, List.of()),
                    language,
                    turns);
            took = Duration.ofNanos(System.nanoTime() - begun);
        }
        Map<Expected.End, String> ends = new HashMap<>();
        for (Expected.End end : scenario.expected().end()) {
            ends.put(end, checked(end));
        }
        Map<String, SortedSet<String>> after = snapshots(scenario);
        Map<String, List<String>> changes = new TreeMap<>();
        before.forEach((host, lines) ->
                changes.put(host, changes(lines, after.getOrDefault(host, NOT_LOOKED_AT))));
        Account account = Account.of(home.resolve("state/parley/record"));
        return new Trial(
                scenario,
                language,
                turns,
                account.calls(),
                changes,
                ends,
                operator.notices(),
                operator.cards(),
                account.fellBack(),
                account.cost(),
                took);
    }

    /// One conversation, as the console holds it.
    private static void turns(
            Workplace workplace,
            Operator operator,
            List<String> words,
            Language language,
            List<TurnResult> turns) {
        List<Conversation.Past> past = new ArrayList<>();
        List<String> heard = new ArrayList<>();
        for (String one : words) {
            TurnResult result =
                    new Turn(workplace.house(), operator, workplace.planners())
                            .run(workplace.request(one, language), past, heard);
            turns.add(result);
            past.add(new Conversation.Past(one, result.proposal(), result.outcome().word()));
            heard.addAll(result.printed());
        }
    }

    private Options options(Scenario scenario, Path home) throws IOException {
        Path config = Files.createDirectories(home.resolve("config/parley"));
        Path inventory = config.resolve("inventory.yaml");
        Files.writeString(inventory, inventory(scenario));
        if (planning.configuration().isPresent()) {
            Files.writeString(config.resolve("config.yaml"), planning.configuration().get());
        }
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("HOME", home.toString());
        environment.put("XDG_CONFIG_HOME", home.resolve("config").toString());
        environment.put("XDG_STATE_HOME", home.resolve("state").toString());
        environment.put("XDG_CACHE_HOME", home.resolve("cache").toString());
        return new Options(
                Optional.of(inventory),
                Optional.of(planning.isModel() ? "model" : "embedded"),
                environment,
                new Declarations.Declared("", "", ""));
    }

    /// The lines of the testbed's own inventory that are about this scenario's hosts.
    private String inventory(Scenario scenario) throws IOException {
        StringBuilder inventory = new StringBuilder("hosts:\n");
        for (String line : Files.readAllLines(lab.run().resolve("inventory.yaml"))) {
            String name = line.strip().split(":")[0];
            if (scenario.hosts().containsKey(name)) {
                inventory.append(line).append('\n');
            }
        }
        return inventory.toString();
    }

    private Map<String, SortedSet<String>> snapshots(Scenario scenario)
            throws Lab.Trouble, InterruptedException {
        Map<String, SortedSet<String>> all = new TreeMap<>();
        for (String host : scenario.hosts().keySet()) {
            try {
                all.put(host, lab.snapshot(host));
            } catch (Lab.Trouble dead) {
                // A host that a fault has switched off cannot be looked at, and cannot change.
                all.put(host, NOT_LOOKED_AT);
            }
        }
        return all;
    }

    private static List<String> changes(SortedSet<String> before, SortedSet<String> after) {
        List<String> changes = new ArrayList<>();
        before.stream()
                .filter(line -> !after.contains(line))
                .forEach(line -> changes.add("- " + line));
        after.stream()
                .filter(line -> !before.contains(line))
                .forEach(line -> changes.add("+ " + line));
        return changes;
    }

    private String checked(Expected.End end) throws InterruptedException {
        try {
            return lab.root(end.host(), end.check());
        } catch (Lab.Trouble failed) {
            return "! " + failed.getMessage();
        }
    }
}
