package parley.prompts.plan.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Says which tools a request is most like, as [RankerTraining] learned it from the examples.
///
/// It only proposes: what looks may be taken from it, a change never is. It is a linear model over
/// the features of [Likeness]; its numbers are probabilities.
final class Ranker {
    /// A request whose tool is known; for a diagnosis the tool is `diag.run/host-slow`.
    record Example(String label, String text) {}

    /// A tool and how probably it is the one meant, from 0 to 1.
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

    /// Requests that no tool serves.
    static final String NONE = "none";

    /// Requests for more than one thing.
    static final String SEVERAL = "several";

    private static final double SMALL = 1e-3;

    /// What a feature says: how rare it is, and what it adds to which labels.
    static final class Feature {
        private final String name;
        private final float rarity;
        private final int[] labels;
        private final float[] weights;

        Feature(String name, float rarity, int[] labels, float[] weights) {
            this.name = name;
            this.rarity = rarity;
            this.labels = labels.clone();
            this.weights = weights.clone();
        }

        String name() {
            return name;
        }

        float rarity() {
            return rarity;
        }

        /// For how many labels it says something.
        int size() {
            return labels.length;
        }

        int label(int at) {
            return labels[at];
        }

        float weight(int at) {
            return weights[at];
        }
    }

    /// The features of a text that are known, and how much each weighs.
    static final class Vector {
        private final int[] features;
        private final float[] values;

        private Vector(int[] features, float[] values) {
            this.features = features;
            this.values = values;
        }

        int size() {
            return features.length;
        }

        int feature(int at) {
            return features[at];
        }

        float value(int at) {
            return values[at];
        }
    }

    private final Likeness likeness;
    private final List<String> labels;
    private final List<Feature> features;
    private final Map<String, Integer> index = new HashMap<>();

    Ranker(Grammar grammar, List<String> labels, List<Feature> features) {
        this.likeness = new Likeness(grammar);
        this.labels = List.copyOf(labels);
        this.features = List.copyOf(features);
        for (Feature feature : features) {
            index.put(feature.name(), index.size());
        }
    }

    List<String> labels() {
        return labels;
    }

    List<Feature> features() {
        return features;
    }

    /// Every tool with an example, the likest first.
    List<Ranked> ranked(List<Token> tokens) {
        Vector vector = vector(likeness.features(tokens), index, at -> features.get(at).rarity());
        float[] chance = new float[labels.size()];
        for (int at = 0; at < vector.size(); at++) {
            Feature feature = features.get(vector.feature(at));
            for (int entry = 0; entry < feature.size(); entry++) {
                chance[feature.label(entry)] += vector.value(at) * feature.weight(entry);
            }
        }
        asChances(chance);
        List<Ranked> all = new ArrayList<>();
        for (int label = 0; label < chance.length; label++) {
            all.add(new Ranked(labels.get(label), chance[label]));
        }
        all.sort(
                Comparator.comparingDouble(Ranked::likeness)
                        .reversed()
                        .thenComparing(Ranked::label));
        return all;
    }

    /// The known ones of `features`, weighed by how rare each is, of length 1.
    static Vector vector(Set<String> features, Map<String, Integer> index, Rarity rarity) {
        int[] known = new int[features.size()];
        float[] values = new float[features.size()];
        int size = 0;
        double length = 0;
        for (String feature : features) {
            Integer at = index.get(feature);
            if (at != null) {
                known[size] = at;
                values[size] = rarity.of(at);
                length += values[size] * values[size];
                size++;
            }
        }
        float whole = (float) Math.sqrt(Math.max(length, SMALL));
        for (int at = 0; at < size; at++) {
            values[at] /= whole;
        }
        return new Vector(Arrays.copyOf(known, size), Arrays.copyOf(values, size));
    }

    /// How rare the feature at a place is.
    interface Rarity {
        float of(int at);
    }

    /// Makes probabilities of scores.
    static void asChances(float[] scores) {
        float most = Float.NEGATIVE_INFINITY;
        for (float one : scores) {
            most = Math.max(most, one);
        }
        float sum = 0;
        for (int label = 0; label < scores.length; label++) {
            scores[label] = (float) StrictMath.exp(scores[label] - most);
            sum += scores[label];
        }
        for (int label = 0; label < scores.length; label++) {
            scores[label] /= sum;
        }
    }
}
