package parley.prompts.plan.embedded;

import parley.prompts.plan.embedded.Ranker.Example;
import parley.prompts.plan.embedded.Ranker.Feature;
import parley.prompts.plan.embedded.Ranker.Vector;
import parley.tools.Environment;
import parley.tools.Host;
import parley.tools.Hosts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// Learns the [Ranker] from the examples of the grammar.
///
/// It is multinomial logistic regression, fitted by stochastic gradient descent with a step size of
/// its own for each weight. The order in which it sees the examples comes from a fixed seed and the
/// arithmetic is the same everywhere: the same examples always give the same model. The build runs
/// it once and keeps the outcome beside the grammar.
final class RankerTraining {
    private static final int ROUNDS = 15;
    private static final double STEP = 0.3;
    private static final float SMALL = 1e-3f;
    private static final long SEED = 7;

    /// Weights below this change nothing and are left out.
    private static final float LEAST_WEIGHT = 0.1f;

    /// Every how many-th example is put beside another one, as a request for several things.
    private static final int PAIRED = 6;

    private static final List<String> ENGLISH = List.of(", then ", " and ", ", ", "; also ");
    private static final List<String> CHINESE = List.of("，再看", "，", "和", "，然后");

    private final List<String> labels = new ArrayList<>();
    private final List<Vector> vectors;
    private final int[] right;
    private final Map<String, Integer> index = new LinkedHashMap<>();
    private final float[] rarity;
    private final float[][] weights;

    private RankerTraining(Grammar grammar, List<Example> examples) {
        Likeness likeness = new Likeness(grammar);
        Spotter spotter = new Spotter(grammar, new HostNames(hosts()));
        List<Set<String>> found = new ArrayList<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        Map<String, Integer> places = new LinkedHashMap<>();
        for (Example example : examples) {
            String text = example.text().replace("pathx", "/var/x");
            Set<String> features = likeness.features(spotter.tokens(NormalText.of(text)));
            found.add(features);
            features.forEach(feature -> counts.merge(feature, 1, Integer::sum));
            places.putIfAbsent(example.label(), places.size());
        }
        labels.addAll(places.keySet());
        counts.forEach((feature, count) -> {
            if (count > 1) {
                index.put(feature, index.size());
            }
        });
        rarity = new float[index.size()];
        index.forEach((feature, at) ->
                rarity[at] = rarity(examples.size(), counts.getOrDefault(feature, 1)));
        weights = new float[index.size()][labels.size()];
        right =
                examples.stream()
                        .mapToInt(example -> places.getOrDefault(example.label(), 0))
                        .toArray();
        vectors =
                found.stream()
                        .map(features -> Ranker.vector(features, index, at -> rarity[at]))
                        .toList();
    }

    /// Writes what the examples teach into the file named first: part of the build.
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        List<Example> examples = GrammarFiles.examples();
        Files.write(
                file,
                RankerFile.bytes(
                        learned(GrammarFiles.load(), examples), GrammarFiles.fingerprint()));
    }

    static Ranker learned(Grammar grammar, List<Example> examples) {
        RankerTraining training = new RankerTraining(grammar, withPairs(examples));
        training.learn();
        List<Feature> features = new ArrayList<>();
        training.index.forEach((name, at) -> features.add(training.feature(name, at)));
        return new Ranker(grammar, training.labels, features);
    }

    /// An inventory of the one host that the examples are about.
    private static Hosts hosts() {
        return new Hosts(
                List.of(
                        new Host(
                                Likeness.HOST,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Host.Become.NONE,
                                Environment.DEV,
                                Set.of(),
                                Set.of(),
                                true,
                                Map.of())));
    }

    /// The examples, and requests for several things made of two of them.
    private static List<Example> withPairs(List<Example> examples) {
        List<Example> all = new ArrayList<>(examples);
        Random random = new Random(SEED);
        for (int at = 0; at < examples.size(); at += PAIRED) {
            Example one = examples.get(at);
            Example other = examples.get(random.nextInt(examples.size()));
            boolean chinese = isChinese(one.text());
            boolean pair =
                    chinese == isChinese(other.text())
                            && !one.label().equals(other.label())
                            && isJoinable(one)
                            && isJoinable(other);
            if (pair) {
                List<String> joints = chinese ? CHINESE : ENGLISH;
                String joint = joints.get(random.nextInt(joints.size()));
                all.add(new Example(Ranker.SEVERAL, one.text() + joint + other.text()));
            }
        }
        return all;
    }

    private static boolean isJoinable(Example example) {
        return !example.label().startsWith("diag.run") && !example.label().equals(Ranker.NONE);
    }

    private static boolean isChinese(String text) {
        return text.chars().anyMatch(c -> Atoms.isHan((char) c));
    }

    private static float rarity(int all, int count) {
        return (float) (StrictMath.log((all + 1.0) / (count + 1)) + 1);
    }

    private void learn() {
        float[][] squares = new float[weights.length][labels.size()];
        float[] chance = new float[labels.size()];
        Random random = new Random(SEED);
        int[] order = new int[right.length];
        Arrays.setAll(order, at -> at);
        for (int round = 0; round < ROUNDS; round++) {
            for (int at = order.length - 1; at > 0; at--) {
                int swap = random.nextInt(at + 1);
                int kept = order[at];
                order[at] = order[swap];
                order[swap] = kept;
            }
            for (int at : order) {
                Vector vector = vectors.get(at);
                chances(vector, chance);
                for (int label = 0; label < chance.length; label++) {
                    float off = chance[label] - (label == right[at] ? 1 : 0);
                    if (Math.abs(off) >= SMALL) {
                        correct(vector, label, off, squares);
                    }
                }
            }
        }
    }

    private void correct(Vector vector, int label, float off, float[][] squares) {
        for (int at = 0; at < vector.size(); at++) {
            int feature = vector.feature(at);
            float slope = off * vector.value(at);
            squares[feature][label] += slope * slope;
            double step = STEP / Math.sqrt(squares[feature][label] + 1e-6);
            weights[feature][label] -= (float) (step * slope);
        }
    }

    private void chances(Vector vector, float[] chance) {
        Arrays.fill(chance, 0);
        for (int at = 0; at < vector.size(); at++) {
            float[] each = weights[vector.feature(at)];
            float value = vector.value(at);
            for (int label = 0; label < chance.length; label++) {
                chance[label] += value * each[label];
            }
        }
        Ranker.asChances(chance);
    }

    /// With what is kept in the file: half precision, and nothing that weighs next to nothing.
    private Feature feature(String name, int at) {
        float[] all = weights[at];
        int[] kept = new int[all.length];
        float[] values = new float[all.length];
        int size = 0;
        for (int label = 0; label < all.length; label++) {
            if (Math.abs(all[label]) >= LEAST_WEIGHT) {
                kept[size] = label;
                values[size] = Float.float16ToFloat(Float.floatToFloat16(all[label]));
                size++;
            }
        }
        return new Feature(
                name, rarity[at], Arrays.copyOf(kept, size), Arrays.copyOf(values, size));
    }
}
