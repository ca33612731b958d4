package parley.safety.record.verify;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// The names that nearly every entry uses, ready made: a million entries need no twenty million new
/// texts for them. Another name is made where it stands.
final class KnownNames {
    private static final int PLACES = 1 << 10;
    private static final String[] TABLE = new String[PLACES];

    static {
        List<String> names =
                List.of(
                        "actor",
                        "argv",
                        "bodies",
                        "boot",
                        "c",
                        "call",
                        "cause",
                        "digest",
                        "e",
                        "host",
                        "log",
                        "mono",
                        "outcome",
                        "pid",
                        "policies",
                        "prev",
                        "run",
                        "seal",
                        "seq",
                        "size",
                        "stderr",
                        "stdout",
                        "step",
                        "text",
                        "tool",
                        "ts",
                        "type",
                        "v",
                        "verdict");
        for (String name : names) {
            byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
            TABLE[place(bytes, 0, bytes.length)] = name;
        }
    }

    private KnownNames() {}

    /// The text of the ASCII characters `bytes[from, to)`.
    static String text(byte[] bytes, int from, int to) {
        if (from < to) {
            String known = TABLE[place(bytes, from, to)];
            if (known != null && is(known, bytes, from, to)) {
                return known;
            }
        }
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /// Two names at one place only mean that one of them is made anew each time.
    private static int place(byte[] bytes, int from, int to) {
        return (bytes[from] + 31 * bytes[to - 1] + 97 * (to - from)) & (PLACES - 1);
    }

    private static boolean is(String known, byte[] bytes, int from, int to) {
        if (known.length() != to - from) {
            return false;
        }
        for (int index = from; index < to; index++) {
            if (known.charAt(index - from) != bytes[index]) {
                return false;
            }
        }
        return true;
    }
}
