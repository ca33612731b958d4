package parley.tools.catalogue.supply;

import org.bouncycastle.openpgp.PGPPublicKeyRing;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// The key files that apt trusts: those in `trusted.gpg.d`, for every repository that names no key
/// of its own, and those that repositories name. `find` tells their sizes, and one `od` prints all
/// of them, one after the other.
final class AptKeys {
    static final String FOLDER = "/etc/apt/trusted.gpg.d";
    private static final String OLD_FILE = "/etc/apt/trusted.gpg";
    private static final long MOST_BYTES = 1024 * 1024;

    private AptKeys() {}

    /// @param named the files that repositories name
    static Argv find(List<String> named) {
        List<String> words = new ArrayList<>(List.of("find", "-L", OLD_FILE, FOLDER));
        words.addAll(named);
        words.addAll(List.of("-maxdepth", "1", "-type", "f", "-printf", "%s|%p\\n"));
        return Argv.of(words).alsoReadableWhenExit(1);
    }

    /// The files with their sizes. apt looks only at names that end in `.gpg` or `.asc` in its
    /// folder, so others there are not trusted.
    static SequencedMap<String, Long> files(int number, List<Capture> captures) throws Unreadable {
        SequencedMap<String, Long> files = new LinkedHashMap<>();
        for (Line line : Lines.of(number, captures)) {
            String[] columns = line.text().split("\\|", 2);
            if (columns.length != 2) {
                throw line.refused("size|path");
            }
            boolean looked =
                    !columns[1].startsWith(FOLDER + "/") || columns[1].matches(".*\\.(gpg|asc)");
            if (looked && line.whole(columns[0]) > 0) {
                files.put(columns[1], line.whole(columns[0]));
            }
        }
        return files;
    }

    static Argv bytes(SequencedMap<String, Long> files) {
        List<String> words = new ArrayList<>(List.of("od", "-A", "n", "-v", "-t", "x1", "--"));
        words.addAll(files.sequencedKeySet());
        return Argv.of(words).keeping(4 * MOST_BYTES).alsoReadableWhenExit(1);
    }

    /// The rings of every file.
    ///
    /// @param gaps gets a line for each file that could not be read, or is no key ring
    static Map<String, List<PGPPublicKeyRing>> rings(
            SequencedMap<String, Long> files,
            int number,
            List<Capture> captures,
            List<Bilingual> gaps)
            throws Unreadable {
        Map<String, List<PGPPublicKeyRing>> rings = new LinkedHashMap<>();
        byte[] all = bytes(number, captures);
        long expected = files.values().stream().mapToLong(Long::longValue).sum();
        if (all.length != expected || captures.get(number - 1).exit() != 0) {
            gaps.add(
                    Bilingual.of(
                            "the key files could not all be read, so the keys are unknown",
                            "密钥文件未能全部读取，无法得知有哪些密钥"));
            return rings;
        }
        int from = 0;
        for (Map.Entry<String, Long> file : files.entrySet()) {
            int to = from + file.getValue().intValue();
            byte[] bytes = Arrays.copyOfRange(all, from, to);
            from = to;
            KeyRings.parse(bytes)
                    .ifPresentOrElse(
                            found -> rings.put(file.getKey(), found),
                            () ->
                                    gaps.add(
                                            Bilingual.of(
                                                    file.getKey() + " is no key ring",
                                                    file.getKey() + " 不是密钥文件")));
        }
        return rings;
    }

    private static byte[] bytes(int number, List<Capture> captures) throws Unreadable {
        StringBuilder digits = new StringBuilder();
        for (Line line : Lines.whole(number, captures)) {
            String text = line.text().replace(" ", "");
            if (!text.matches("([0-9a-f]{2})*")) {
                throw line.refused("bytes in hexadecimal");
            }
            digits.append(text);
        }
        return HexFormat.of().parseHex(digits);
    }
}
