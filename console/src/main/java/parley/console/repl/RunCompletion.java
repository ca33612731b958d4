package parley.console.repl;

import parley.console.settings.KnownNames;
import parley.tools.Hosts;
import parley.tools.Tool;
import parley.tools.catalogue.Catalogue;
import parley.tools.schema.ArgumentWords;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Completes `run TOOL name=value… --host H`: tools, arguments, their values, hosts and groups.
public final class RunCompletion {
    private static final List<String> OPTIONS =
            List.of(
                    "--approve",
                    "--at-once",
                    "--canary",
                    "--host",
                    "--inventory",
                    "--lang",
                    "--max-failures",
                    "--output");

    private final Hosts hosts;
    private final Catalogue catalogue;
    private final KnownNames known;

    public RunCompletion(Hosts hosts, Catalogue catalogue, KnownNames known) {
        this.hosts = hosts;
        this.catalogue = catalogue;
        this.known = known;
    }

    /// What the last of `words` may become. The words are those after `run`; an empty last one
    /// stands for a new word.
    public List<String> candidates(List<String> words) {
        String last = words.getLast();
        List<String> before = words.subList(0, words.size() - 1);
        Stream<String> all;
        if (before.isEmpty()) {
            all = catalogue.all().stream().map(Tool::name);
        } else if (before.getLast().equals("--host")) {
            all = hosts();
        } else if (before.getLast().equals("--lang")) {
            all = Stream.of("en", "zh");
        } else if (before.getLast().equals("--output")) {
            all = Stream.of("text", "json", "jsonl");
        } else if (last.startsWith("-")) {
            all = OPTIONS.stream();
        } else {
            Optional<Tool<?, ?>> tool = catalogue.find(before.getFirst());
            all = tool.stream().flatMap(one -> arguments(one, before, last));
        }
        return all.filter(word -> word.startsWith(last)).distinct().sorted().toList();
    }

    /// Hosts and groups that begin so.
    public List<String> hosts(String begin) {
        return hosts().filter(name -> name.startsWith(begin)).sorted().toList();
    }

    /// Hosts, their other names, and groups.
    Stream<String> hosts() {
        Set<String> names = new LinkedHashSet<>();
        hosts.all()
                .forEach(host -> {
                    names.add(host.name());
                    names.addAll(host.aliases());
                });
        names.addAll(hosts.groups());
        return names.stream();
    }

    private Stream<String> arguments(Tool<?, ?> tool, List<String> before, String last) {
        int equals = last.indexOf('=');
        if (equals < 0) {
            Stream<String> names =
                    ArgumentWords.names(tool.arguments()).stream()
                            .map(name -> name + "=")
                            .filter(name -> before.stream().noneMatch(w -> w.startsWith(name)));
            return Stream.concat(names, Stream.of("--host"));
        }
        String name = last.substring(0, equals);
        // Of a list, the element behind the last comma is completed.
        String head = last.substring(0, Math.max(equals, last.lastIndexOf(',')) + 1);
        List<String> named = List.of(head.substring(equals + 1).split(","));
        return values(tool, name, before)
                .filter(value -> !named.contains(value))
                .map(value -> head + value);
    }

    private Stream<String> values(Tool<?, ?> tool, String name, List<String> before) {
        return switch (ArgumentWords.values(tool.arguments(), name)) {
            case ArgumentWords.Values.Fixed fixed -> fixed.words().stream();
            case ArgumentWords.Values.Units ignored ->
                    known.names(KnownNames.Kind.UNITS, chosen(before)).stream();
            case ArgumentWords.Values.Packages ignored ->
                    known.names(KnownNames.Kind.PACKAGES, chosen(before)).stream();
            case ArgumentWords.Values.Free ignored -> Stream.empty();
        };
    }

    /// The hosts that were named already; their names come first of all.
    private List<String> chosen(List<String> before) {
        List<String> chosen = new ArrayList<>();
        for (int index = 0; index + 1 < before.size(); index++) {
            if (before.get(index).equals("--host")) {
                String name = before.get(index + 1);
                hosts.find(name).ifPresent(host -> chosen.add(host.name()));
                chosen.addAll(hosts.inGroup(name));
            }
        }
        return chosen;
    }
}
