package parley.console.repl;

import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

import parley.console.settings.KnownNames;
import parley.tools.Hosts;
import parley.tools.Tool;
import parley.tools.catalogue.Catalogue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Completes what can be named: hosts, groups, tools, slash commands, and the units and packages
/// that readings have shown.
final class Names implements Completer {
    static final List<String> SLASH =
            List.of("/help", "/hosts", "/lang", "/quit", "/run", "/set", "/tools");

    /// How a call is typed, here as in a shell.
    static final List<String> RUN = List.of("/run ", "parley run ");

    private final RunCompletion run;
    private final Catalogue catalogue;
    private final KnownNames known;

    Names(Hosts hosts, Catalogue catalogue, KnownNames known) {
        this.run = new RunCompletion(hosts, catalogue, known);
        this.catalogue = catalogue;
        this.known = known;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String typed = line.line().substring(0, line.cursor());
        for (String form : RUN) {
            if (typed.startsWith(form)) {
                List<String> words =
                        new ArrayList<>(
                                Arrays.asList(typed.substring(form.length()).split("\\s+", -1)));
                run.candidates(words).forEach(word -> candidates.add(candidate(word)));
                return;
            }
        }
        if (typed.startsWith("/")) {
            SLASH.forEach(word -> candidates.add(new Candidate(word)));
            return;
        }
        Stream.of(
                        run.hosts(),
                        catalogue.all().stream().map(Tool::name),
                        known.names(KnownNames.Kind.UNITS, List.of()).stream(),
                        known.names(KnownNames.Kind.PACKAGES, List.of()).stream())
                .flatMap(names -> names)
                .distinct()
                .forEach(word -> candidates.add(new Candidate(word)));
    }

    /// After `unit=` the word goes on.
    private static Candidate candidate(String word) {
        boolean complete = !word.endsWith("=");
        return new Candidate(word, word, null, null, null, null, complete);
    }
}
