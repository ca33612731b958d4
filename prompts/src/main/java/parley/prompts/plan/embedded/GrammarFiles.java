package parley.prompts.plan.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import parley.prompts.plan.embedded.Grammar.Stage;
import parley.prompts.plan.embedded.Grammar.ValuePattern;
import parley.prompts.plan.embedded.ToolRules.Rule;
import parley.prompts.plan.embedded.ToolRules.Term;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/// Reads the grammar files from the class path. A mistake in one is found when it is loaded.
final class GrammarFiles {
    private static final String ROOT = "/grammar/";
    private static final String RANKER = "ranker.bin";
    private static final YAMLMapper YAML = new YAMLMapper();

    private GrammarFiles() {}

    static Grammar load() {
        Lexicon lexicon = new Lexicon(sounds(text("zh/sounds.txt")));
        Set<String> concepts = new HashSet<>();
        Set<String> additional = new HashSet<>();
        Set<String> ordinary = new HashSet<>();
        List<ValuePattern> patterns = new ArrayList<>();
        for (String language : List.of("en", "zh")) {
            yaml(language + "/words.yaml")
                    .properties()
                    .forEach(entry -> {
                        boolean more = entry.getKey().endsWith("+");
                        String concept =
                                more
                                        ? entry.getKey().substring(0, entry.getKey().length() - 1)
                                        : entry.getKey();
                        concepts.add(concept);
                        if (more || isSymptom(concept)) {
                            additional.add(concept);
                        }
                        addWords(lexicon, concept, entry.getValue());
                    });
            yaml(language + "/values.yaml").forEach(node -> patterns.add(pattern(node)));
            words(text(language + "/ordinary.txt")).forEach(ordinary::add);
        }
        lexicon.inherit(additional::contains);
        Set<String> names = new HashSet<>(words(text("names.txt")));
        Map<String, ToolRules> tools = new TreeMap<>();
        for (String file : words(text("tools/index.txt"))) {
            yaml("tools/" + file + ".yaml")
                    .properties()
                    .forEach(entry ->
                            tools.put(
                                    entry.getKey(),
                                    ToolRulesReader.read(entry.getKey(), entry.getValue())));
        }
        checkConcepts(tools, concepts);
        List<Never> never = new ArrayList<>();
        yaml("never.yaml").forEach(node -> never.add(Never.of(node)));
        return new Grammar(
                lexicon,
                names,
                new HashSet<>(words(text("packages.txt"))),
                ordinary,
                patterns,
                tools,
                weights(tools),
                never);
    }

    /// The examples that the ranker compares requests with.
    static List<Ranker.Example> examples() {
        List<Ranker.Example> examples = new ArrayList<>();
        for (String language : List.of("en", "zh")) {
            text("examples/" + language + ".tsv")
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", 2))
                    .forEach(line -> examples.add(new Ranker.Example(line[0], line[1])));
        }
        return examples;
    }

    /// The ranker that the build learned from the examples; learned now when it is not there, or is
    /// of other examples.
    static Ranker ranker(Grammar grammar) {
        return kept(grammar).orElseGet(() -> RankerTraining.learned(grammar, examples()));
    }

    private static Optional<Ranker> kept(Grammar grammar) {
        try (InputStream in = GrammarFiles.class.getResourceAsStream(ROOT + RANKER)) {
            return in == null
                    ? Optional.empty()
                    : RankerFile.read(grammar, in.readAllBytes(), fingerprint());
        } catch (IOException broken) {
            throw new UncheckedIOException("grammar file " + RANKER, broken);
        }
    }

    /// Of everything that the ranker is learned from.
    static String fingerprint() {
        CRC32 sum = new CRC32();
        List<String> files = new ArrayList<>(List.of("names.txt", "zh/sounds.txt"));
        for (String language : List.of("en", "zh")) {
            files.add("examples/" + language + ".tsv");
            files.add(language + "/words.yaml");
            files.add(language + "/values.yaml");
            files.add(language + "/ordinary.txt");
        }
        files.forEach(file -> sum.update(text(file).getBytes(StandardCharsets.UTF_8)));
        return Long.toHexString(sum.getValue());
    }

    private static boolean isSymptom(String concept) {
        return concept.startsWith("sym.") || concept.startsWith("cause");
    }

    private static void addWords(Lexicon lexicon, String concept, JsonNode phrases) {
        for (String phrase : phrases.asText().split(",")) {
            for (String one : Phrases.expand(phrase.strip())) {
                if (!one.isBlank()) {
                    lexicon.add(one, concept);
                }
            }
        }
    }

    private static void checkConcepts(Map<String, ToolRules> tools, Set<String> known) {
        Set<String> used = new TreeSet<>();
        for (ToolRules tool : tools.values()) {
            tool.rules()
                    .forEach(rule -> rule.terms().forEach(term -> used.addAll(term.concepts())));
            tool.guards()
                    .forEach(guard -> guard.terms().forEach(term -> used.addAll(term.concepts())));
            tool.arguments()
                    .values()
                    .forEach(argument -> used.addAll(argument.byConcept().keySet()));
        }
        used.removeAll(known);
        if (!used.isEmpty()) {
            throw new IllegalStateException("grammar: no words for " + used);
        }
    }

    /// A concept says the more the fewer tools use it.
    private static Map<String, Double> weights(Map<String, ToolRules> tools) {
        Map<String, Set<String>> users = new HashMap<>();
        for (ToolRules tool : tools.values()) {
            for (Rule rule : tool.rules()) {
                for (Term term : rule.terms()) {
                    term.concepts()
                            .forEach(concept ->
                                    users.computeIfAbsent(concept, ignored -> new HashSet<>())
                                            .add(tool.name()));
                }
            }
        }
        Map<String, Double> weights = new HashMap<>();
        users.forEach((concept, by) -> weights.put(concept, 1 / (1 + 0.35 * Math.log(by.size()))));
        return weights;
    }

    private static ValuePattern pattern(JsonNode node) {
        String regex = node.path("regex").asText().replace("{n}", Numbers.REGEX);
        return new ValuePattern(
                node.path("type").asText(),
                Pattern.compile(regex),
                node.path("value").asText("$1"),
                node.path("first").asBoolean()
                        ? Stage.FIRST
                        : node.path("early").asBoolean() ? Stage.EARLY : Stage.LATE,
                new HashSet<>(words(node.path("means").asText())));
    }

    /// Lines of a sound and the characters that are read so.
    private static Map<Integer, String> sounds(String text) {
        Map<Integer, String> sounds = new HashMap<>();
        text.lines()
                .filter(line -> !line.startsWith("#") && line.indexOf(' ') > 0)
                .forEach(line -> {
                    int blank = line.indexOf(' ');
                    String sound = line.substring(0, blank);
                    line.substring(blank + 1).chars().forEach(c -> sounds.put(c, sound));
                });
        return sounds;
    }

    private static List<String> words(String text) {
        return text.lines()
                .filter(line -> !line.startsWith("#"))
                .flatMap(line -> Pattern.compile("[\\s,]+").splitAsStream(line))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static JsonNode yaml(String file) {
        try {
            return YAML.readTree(text(file));
        } catch (IOException broken) {
            throw new UncheckedIOException("grammar file " + file, broken);
        }
    }

    private static String text(String file) {
        try (InputStream in = GrammarFiles.class.getResourceAsStream(ROOT + file)) {
            if (in == null) {
                throw new IllegalStateException("no grammar file " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException("grammar file " + file, broken);
        }
    }
}
