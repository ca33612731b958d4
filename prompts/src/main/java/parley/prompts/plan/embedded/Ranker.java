package parley.prompts.plan.embedded;

import parley.prompts.plan.embedded.Token.Kind;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Says which tools a request is most like, from the examples of the grammar.
///
/// It only proposes: what looks may be taken from it, a change never is. Each tool is the mean of
/// its examples (words, pairs of words, characters and concepts, the rarer the heavier), and a
/// request is compared with all of them by the cosine. There are no weights to ship and nothing is
/// random: the same examples always give the same order.
final class Ranker {
    /// A request whose tool is known; for a diagnosis the tool is `diag.run/host-slow`.
    record Example(String label, String text) {}

    /// A tool and how much the request is like its examples, from 0 to 1.
    record Ranked(String label, double likeness) {
        String tool() {
            int slash = label.indexOf('/');
            return slash < 0 ? label : label.substring(0, slash);
        }

        /// What follows the tool; empty for most.
        String variant() {
            int slash = label.indexOf('/');
            return slash < 0 ? "" : label.substring(slash + 1);
        }
    }

    /// What stands in an example where a request names a host or a path.
    private static final String HOST = "hostx";

    private static final String PATH = "pathx";
    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final int GRAM = 4;

    private final WordCutter cutter;
    private final List<String> labels = new ArrayList<>();
    private final Map<String, float[]> weights = new HashMap<>();
    private final Map<String, Double> rarity = new HashMap<>();

    Ranker(Grammar grammar, List<Example> examples) {
        cutter = new WordCutter(grammar);
        Map<String, Integer> counts = new HashMap<>();
        Map<String, Integer> index = new HashMap<>();
        List<Set<String>> features = new ArrayList<>();
        for (Example example : examples) {
            Set<String> found = features(example.text());
            features.add(found);
            found.forEach(feature -> counts.merge(feature, 1, Integer::sum));
            if (index.putIfAbsent(example.label(), labels.size()) == null) {
                labels.add(example.label());
            }
        }
        counts.forEach((feature, count) -> rarity.put(feature, rarity(examples.size(), count)));
        for (int at = 0; at < examples.size(); at++) {
            int label = index.getOrDefault(examples.get(at).label(), 0);
            for (String feature : features.get(at)) {
                weights.computeIfAbsent(feature, ignored -> new float[labels.size()])[label]++;
            }
        }
        normalise();
    }

    private static double rarity(int all, int count) {
        return Math.log((all + 1.0) / (count + 1)) + 1;
    }

    private void normalise() {
        double[] lengths = new double[labels.size()];
        weights.forEach((feature, each) -> {
            double heavy = rarity.getOrDefault(feature, 1.0);
            for (int label = 0; label < each.length; label++) {
                each[label] = (float) (each[label] * heavy);
                lengths[label] += each[label] * each[label];
            }
        });
        weights.values()
                .forEach(each -> {
                    for (int label = 0; label < each.length; label++) {
                        each[label] = (float) (each[label] / Math.sqrt(lengths[label]));
                    }
                });
    }

    /// Every tool with an example, the likest first.
    List<Ranked> ranked(List<Token> tokens) {
        double[] likeness = new double[labels.size()];
        double length = 0;
        for (String feature : features(text(tokens))) {
            double heavy = rarity.getOrDefault(feature, 0.0);
            length += heavy * heavy;
            float[] each = weights.get(feature);
            for (int label = 0; each != null && label < each.length; label++) {
                likeness[label] += heavy * each[label];
            }
        }
        double whole = length == 0 ? 1 : Math.sqrt(length);
        List<Ranked> all = new ArrayList<>();
        for (int label = 0; label < likeness.length; label++) {
            all.add(new Ranked(labels.get(label), likeness[label] / whole));
        }
        all.sort(
                Comparator.comparingDouble(Ranked::likeness)
                        .reversed()
                        .thenComparing(Ranked::label));
        return all;
    }

    /// The words of a request as the examples are written.
    static String text(List<Token> tokens) {
        StringBuilder text = new StringBuilder();
        int end = -1;
        for (Token token : tokens) {
            boolean host = Segments.isHost(token);
            boolean path = token.is(Kind.VALUE) && token.type().endsWith("path");
            boolean latin = !text.isEmpty() && !Atoms.isHan(text.charAt(text.length() - 1));
            text.append(token.start() > end && latin ? " " : "")
                    .append(host ? " " + HOST + " " : path ? " " + PATH + " " : token.text());
            end = token.end();
        }
        return text.toString();
    }

    private Set<String> features(String text) {
        String plain = DIGITS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("0");
        Set<String> found = new LinkedHashSet<>();
        StringBuilder han = new StringBuilder();
        String before = "^";
        for (Atoms.Atom atom : Atoms.of(plain, 0, plain.length())) {
            if (atom.isMark() && !atom.text().equals("?")) {
                han.append(' ');
                continue;
            }
            found.add("word " + atom.text());
            found.add("pair " + before + " " + atom.text());
            before = atom.text();
            han.append(atom.isHan() ? atom.text() : " ");
            grams(atom.text(), found);
        }
        characters(han.toString(), found);
        for (Token word : cutter.fillGaps(NormalText.of(plain), List.of())) {
            word.concepts().stream()
                    .filter(concept -> !concept.equals("skip"))
                    .forEach(concept -> found.add("concept " + concept));
        }
        return found;
    }

    private static void grams(String word, Set<String> found) {
        boolean long5 = word.length() > GRAM && word.chars().allMatch(c -> c >= 'a' && c <= 'z');
        for (int at = 0; long5 && at + GRAM <= word.length(); at++) {
            found.add("gram " + word.substring(at, at + GRAM));
        }
    }

    private static void characters(String han, Set<String> found) {
        for (int size = 1; size <= 3; size++) {
            for (int at = 0; at + size <= han.length(); at++) {
                String one = han.substring(at, at + size);
                if (one.indexOf(' ') < 0) {
                    found.add("han " + one);
                }
            }
        }
    }
}
