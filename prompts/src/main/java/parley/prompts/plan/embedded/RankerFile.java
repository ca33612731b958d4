package parley.prompts.plan.embedded;

import parley.prompts.plan.embedded.Ranker.Feature;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// What the build keeps of a [Ranker], so that no request waits for it to be learned.
final class RankerFile {
    private RankerFile() {}

    /// @param fingerprint of everything that it was learned from
    static byte[] bytes(Ranker ranker, String fingerprint) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(bytes))) {
            out.writeUTF(fingerprint);
            out.writeInt(ranker.labels().size());
            for (String label : ranker.labels()) {
                out.writeUTF(label);
            }
            out.writeInt(ranker.features().size());
            for (Feature feature : ranker.features()) {
                out.writeUTF(feature.name());
                out.writeFloat(feature.rarity());
                out.writeShort(feature.size());
                for (int at = 0; at < feature.size(); at++) {
                    out.writeShort(feature.label(at));
                    out.writeShort(Float.floatToFloat16(feature.weight(at)));
                }
            }
        }
        return bytes.toByteArray();
    }

    /// Empty when it was learned from something else than what `fingerprint` tells of.
    static Optional<Ranker> read(Grammar grammar, byte[] bytes, String fingerprint) {
        try (DataInputStream in =
                new DataInputStream(
                        new GZIPInputStream(new ByteArrayInputStream(bytes), 1 << 16))) {
            if (!in.readUTF().equals(fingerprint)) {
                return Optional.empty();
            }
            List<String> labels = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                labels.add(in.readUTF());
            }
            List<Feature> features = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                features.add(feature(in));
            }
            return Optional.of(new Ranker(grammar, labels, features));
        } catch (IOException broken) {
            throw new UncheckedIOException("the ranker beside the grammar", broken);
        }
    }

    private static Feature feature(DataInputStream in) throws IOException {
        String name = in.readUTF();
        float rarity = in.readFloat();
        int[] labels = new int[in.readShort()];
        float[] weights = new float[labels.length];
        for (int at = 0; at < labels.length; at++) {
            labels[at] = in.readShort();
            weights[at] = Float.float16ToFloat(in.readShort());
        }
        return new Feature(name, rarity, labels, weights);
    }
}
