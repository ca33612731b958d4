package parley.console.repl;

import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

import parley.console.turn.HostResult;
import parley.tools.Hosts;
import parley.tools.catalogue.Catalogue;
import parley.tools.schema.Json;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/// Completes what can be named: hosts, groups, tools, slash commands, and the units that readings
/// have shown.
final class Names implements Completer {
    static final List<String> SLASH = List.of("/help", "/hosts", "/lang", "/quit", "/tools");

    private final Set<String> fixed = new ConcurrentSkipListSet<>();
    private final Set<String> units = new ConcurrentSkipListSet<>();

    Names(Hosts hosts, Catalogue catalogue) {
        hosts.all()
                .forEach(host -> {
                    fixed.add(host.name());
                    fixed.addAll(host.aliases());
                });
        fixed.addAll(hosts.groups());
        catalogue.all().forEach(tool -> fixed.add(tool.name()));
    }

    /// Remembers the units of a reading.
    void learn(HostResult result) {
        result.reading()
                .ifPresent(reading ->
                        Json.mapper().valueToTree(reading.value()).findValuesAsText("unit").stream()
                                .filter(name -> name.matches("[A-Za-z0-9@:._\\\\-]{1,241}"))
                                .forEach(units::add));
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        if (line.line().startsWith("/")) {
            SLASH.forEach(word -> candidates.add(new Candidate(word)));
            return;
        }
        fixed.forEach(word -> candidates.add(new Candidate(word)));
        units.forEach(word -> candidates.add(new Candidate(word)));
    }
}
