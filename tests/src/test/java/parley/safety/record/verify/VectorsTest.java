package parley.safety.record.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// The verifier's own parts against published values.
final class VectorsTest {
    /// The example of the signed-note documentation (golang.org/x/mod/sumdb/note).
    private static final String KEY =
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private static final String TEXT =
            "If you think cryptography is the answer to your problem,\n"
                    + "then you don't know what your problem is.\n";
    private static final String LINE =
            "— PeterNeumann"
                + " x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=";

    @Test
    void theSignedNoteOfTheReferenceVerifiesAndNothingElse() throws Exception {
        VerifierKey key = VerifierKey.of(KEY);
        byte[] text = TEXT.getBytes(StandardCharsets.UTF_8);
        assertTrue(key.signed(text, LINE));
        assertFalse(key.signed(text, LINE.replace("PeterNeumann", "Witness")));
        assertThrows(Malformed.class, () -> key.signed(text, LINE.replace("nAM=", "nAN=")));
        assertThrows(Malformed.class, () -> key.signed(text, LINE.replace("—", "-")));
        byte[] other = TEXT.replace("answer", "cause").getBytes(StandardCharsets.UTF_8);
        assertThrows(Malformed.class, () -> key.signed(other, LINE));
        assertThrows(Malformed.class, () -> VerifierKey.of(KEY.replace("c74f", "c74e")));
        assertThrows(Malformed.class, () -> VerifierKey.of(KEY.replace("Peter", "Petra")));
    }

    @Test
    void theTreeIsThatOfCertificateTransparency() throws Exception {
        List<String> leaves =
                List.of(
                        "",
                        "00",
                        "10",
                        "2021",
                        "3031",
                        "40414243",
                        "5051525354555657",
                        "606162636465666768696a6b6c6d6e6f");
        Tree tree = new Tree(MessageDigest.getInstance("SHA-256"));
        assertEquals(
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                HexFormat.of().formatHex(tree.root()));
        for (String leaf : leaves) {
            byte[] bytes = HexFormat.of().parseHex(leaf);
            tree.add(bytes, 0, bytes.length);
        }
        assertEquals(
                "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
                HexFormat.of().formatHex(tree.root()));
    }

    private static Map<String, Object> parse(byte[] bytes) throws Malformed {
        return CanonicalParser.object(bytes, 0, bytes.length);
    }

    @Test
    void canonicalLinesAreAccepted() throws Exception {
        // The key order is the example of RFC 8785, section 3.2.3.
        List<String> accepted =
                List.of(
                        "{}",
                        "{\"a\":[],\"b\":{},\"c\":[1,-1,0,9007199254740991,-9007199254740991]}",
                        "{\"a\":null,\"b\":true,\"c\":false}",
                        "{\"\\b\\t\\n\\f\\r\\u0000\\u001f\\\"\\\\/\":\"\u007f\u2028 é 磁盘 😂\"}",
                        "{\"\\r\":1,\"1\":1,\"\u0080\":1,\"ö\":1,\"€\":1,\"😂\":1,\"\ufb33\":1}");
        for (String line : accepted) {
            boolean empty = line.equals("{}");
            assertEquals(empty, parse(line.getBytes(StandardCharsets.UTF_8)).isEmpty(), line);
        }
    }

    @Test
    void everyByteMeansTheSameAtEveryPlaceOfAText() throws Exception {
        int accepted = 0;
        for (int place = 0; place < 20; place++) {
            for (int value = 0; value < 256; value++) {
                byte[] text = "x".repeat(20).getBytes(StandardCharsets.US_ASCII);
                text[place] = (byte) value;
                String said = new String(text, StandardCharsets.ISO_8859_1);
                byte[] asText = ("{\"a\":\"" + said + "\"}").getBytes(StandardCharsets.ISO_8859_1);
                byte[] asName = ("{\"" + said + "\":1}").getBytes(StandardCharsets.ISO_8859_1);
                if (value >= ' ' && value < 0x80 && value != '"' && value != '\\') {
                    assertEquals(Map.of("a", said), parse(asText));
                    assertEquals(Map.of(said, 1L), parse(asName));
                    accepted++;
                } else {
                    assertThrows(Malformed.class, () -> parse(asText), said);
                    assertThrows(Malformed.class, () -> parse(asName), said);
                }
            }
        }
        assertEquals(20 * 94, accepted);
    }

    @Test
    void everyOtherSpellingIsRefused() {
        List<String> refused =
                List.of(
                        "",
                        "[]",
                        "1",
                        "{",
                        "{}}",
                        "{} ",
                        " {}",
                        "\ufeff{}",
                        "{\"a\" :1}",
                        "{\"a\": 1}",
                        "{\"a\":1,}",
                        "{\"a\":1 ,\"b\":1}",
                        "{\"a\":1,\"a\":1}",
                        "{\"b\":1,\"a\":1}",
                        "{\"\ufb33\":1,\"😂\":1}",
                        "{\"a\":1.0}",
                        "{\"a\":1e0}",
                        "{\"a\":1E5}",
                        "{\"a\":01}",
                        "{\"a\":-0}",
                        "{\"a\":-}",
                        "{\"a\":+1}",
                        "{\"a\":9007199254740992}",
                        "{\"a\":123456789012345678901234567890}",
                        "{\"a\":NaN}",
                        "{\"a\":nul}",
                        "{\"a\":tru}",
                        "{\"a\":\"\\/\"}",
                        "{\"a\":\"\\u0041\"}",
                        "{\"a\":\"\\u000a\"}",
                        "{\"a\":\"\\u001F\"}",
                        "{\"a\":\"\\ud83d\\ude02\"}",
                        "{\"a\":\"\u0001\"}",
                        "{\"a\":\"\t\"}",
                        "{\"a\":'x'}",
                        "{a:1}",
                        "{\"a\":[1,]}",
                        "{\"a\":[,1]}",
                        "{\"a\":\"x}",
                        "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}");
        for (String line : refused) {
            assertThrows(Malformed.class, () -> parse(line.getBytes(StandardCharsets.UTF_8)), line);
        }
        List<String> invalidUtf8 =
                List.of(
                        "ff",
                        "80",
                        "c0af",
                        "c1bf",
                        "e0809f",
                        "eda080",
                        "edbfbf",
                        "f0808080",
                        "f4908080",
                        "f8888080",
                        "c3",
                        "e282",
                        "f09f98");
        for (String hex : invalidUtf8) {
            String line = "{\"a\":\"" + "\u0000".repeat(hex.length() / 2) + "\"}";
            byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
            byte[] bad = HexFormat.of().parseHex(hex);
            System.arraycopy(bad, 0, bytes, 6, bad.length);
            assertThrows(Malformed.class, () -> parse(bytes), hex);
        }
        System.out.println(refused.size() + invalidUtf8.size() + " spellings refused");
    }
}
