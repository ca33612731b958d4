package parley.safety.record.verify;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Parses one line of canonical JSON (RFC 8785, whole numbers only) and refuses every other
/// spelling of the same value.
///
/// Since each value has exactly one accepted form, a line that parses *is* its canonical form.
/// Objects become maps, arrays lists, numbers `Long`; `null` becomes [#NULL].
final class CanonicalParser {
    /// Stands for JSON's null.
    static final Object NULL = new Object();

    private static final long MOST_EXACT = (1L << 53) - 1;
    private static final int MOST_DEPTH = 64;

    private static final int USUAL_FIELDS = 20;

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// One in each of eight bytes.
    private static final long EACH = 0x0101010101010101L;

    private static final long TOPMOST = 0x8080808080808080L;

    private final byte[] bytes;
    private final int end;
    private int at;

    private CanonicalParser(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /// The object in `bytes[from, end)`.
    static Map<String, Object> object(byte[] bytes, int from, int end) throws Malformed {
        CanonicalParser parser = new CanonicalParser(bytes, from, end);
        if (parser.peek() != '{') {
            throw new Malformed("it is not a JSON object", "不是 JSON 对象");
        }
        Map<String, Object> object = parser.object(0);
        if (parser.at != end) {
            throw new Malformed("something follows the JSON object", "JSON 对象之后还有内容");
        }
        return object;
    }

    private int peek() throws Malformed {
        if (at >= end) {
            throw new Malformed("it ends in the middle", "内容不完整");
        }
        return bytes[at] & 0xFF;
    }

    private int next() throws Malformed {
        int found = peek();
        at++;
        return found;
    }

    private void expect(char expected) throws Malformed {
        if (next() != expected) {
            throw new Malformed(
                    "it is not canonical JSON: expected '" + expected + "' at byte " + at,
                    "不是规范 JSON：第 " + at + " 字节处应为 '" + expected + "'");
        }
    }

    private Object value(int depth) throws Malformed {
        if (depth > MOST_DEPTH) {
            throw new Malformed("it is nested too deeply", "嵌套过深");
        }
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", NULL);
            default -> number();
        };
    }

    private Map<String, Object> object(int depth) throws Malformed {
        Map<String, Object> members = LinkedHashMap.newLinkedHashMap(USUAL_FIELDS);
        expect('{');
        if (peek() == '}') {
            at++;
            return members;
        }
        String before = null;
        while (true) {
            String key = key();
            // String order is the order of UTF-16 units, which is what RFC 8785 sorts by.
            if (before != null && before.compareTo(key) >= 0) {
                throw before.equals(key)
                        ? new Malformed(
                                "the key \"" + key + "\" stands twice", "键 “" + key + "” 重复")
                        : new Malformed(
                                "the key \"" + key + "\" is out of order", "键 “" + key + "” 顺序不对");
            }
            before = key;
            expect(':');
            members.put(key, value(depth + 1));
            if (peek() != ',') {
                expect('}');
                return members;
            }
            at++;
        }
    }

    private List<Object> array(int depth) throws Malformed {
        List<Object> elements = new ArrayList<>();
        expect('[');
        if (peek() == ']') {
            at++;
            return elements;
        }
        while (true) {
            elements.add(value(depth + 1));
            if (peek() != ',') {
                expect(']');
                return elements;
            }
            at++;
        }
    }

    private Object word(String word, Object means) throws Malformed {
        for (int index = 0; index < word.length(); index++) {
            expect(word.charAt(index));
        }
        return means;
    }

    private Long number() throws Malformed {
        int start = at;
        boolean negative = peek() == '-';
        if (negative) {
            at++;
        }
        int digits = at;
        long value = 0;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9' && at - digits < 17) {
            value = value * 10 + (bytes[at] - '0');
            at++;
        }
        boolean leadingZero = at - digits > 1 && bytes[digits] == '0';
        boolean followed = at < end && ".eE0123456789".indexOf(bytes[at]) >= 0;
        if (at == digits
                || leadingZero
                || followed
                || value > MOST_EXACT
                || (negative && value == 0)) {
            throw new Malformed(
                    "at byte " + start + " stands no canonical whole number",
                    "第 " + start + " 字节处不是规范的整数");
        }
        return negative ? -value : value;
    }

    private String key() throws Malformed {
        expect('"');
        int start = at;
        skipPlain();
        if (peek() == '"') {
            return KnownNames.text(bytes, start, at++);
        }
        return mixed(start);
    }

    private String string() throws Malformed {
        expect('"');
        int start = at;
        skipPlain();
        if (peek() == '"') {
            return new String(bytes, start, at++ - start, StandardCharsets.ISO_8859_1);
        }
        return mixed(start);
    }

    /// Goes on to the next byte that is no plain character, but a quotation mark, a backslash, a
    /// control character or part of a longer one: eight at once, for a record is mostly plain text,
    /// and one by one among the last.
    private void skipPlain() {
        while (at + Long.BYTES <= end && arePlain((long) EIGHT_BYTES.get(bytes, at))) {
            at += Long.BYTES;
        }
        while (at < end && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
            at++;
        }
    }

    /// Whether none of eight bytes has the topmost bit set, is less than a blank, or is `"` or `\`.
    /// Of a byte under 0x80, that bit is set in the difference when the byte is smaller.
    private static boolean arePlain(long eight) {
        long control = eight - EACH * ' ';
        long quote = (eight ^ EACH * '"') - EACH;
        long backslash = (eight ^ EACH * '\\') - EACH;
        return ((eight | control | quote | backslash) & TOPMOST) == 0;
    }

    /// A string that is not all plain, from `start` on; plain up to where this stands.
    private String mixed(int start) throws Malformed {
        StringBuilder text = new StringBuilder();
        text.append(new String(bytes, start, at - start, StandardCharsets.ISO_8859_1));
        while (true) {
            int found = next();
            if (found == '"') {
                return text.toString();
            } else if (found == '\\') {
                text.append(escaped());
            } else if (found < ' ') {
                throw new Malformed("a control character stands unescaped", "控制字符未转义");
            } else if (found < 0x80) {
                text.append((char) found);
            } else {
                text.appendCodePoint(multibyte(found));
            }
        }
    }

    /// Canonical JSON escapes only what it must, and in the shortest way.
    private char escaped() throws Malformed {
        int kind = next();
        int plain = "\"\\bfnrt".indexOf(kind);
        if (plain >= 0) {
            return "\"\\\b\f\n\r\t".charAt(plain);
        }
        if (kind == 'u' && next() == '0' && next() == '0') {
            int high = "01".indexOf(next());
            int low = "0123456789abcdef".indexOf(next());
            int code = high * 16 + low;
            if (high >= 0 && low >= 0 && "\b\f\n\r\t".indexOf(code) < 0) {
                return (char) code;
            }
        }
        throw new Malformed("an escape is not in canonical form", "转义不是规范形式");
    }

    private int multibyte(int first) throws Malformed {
        int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
        int code = first & (0x3F >> more);
        for (int index = 0; index < more; index++) {
            int following = next();
            if ((following & 0xC0) != 0x80) {
                throw invalidText();
            }
            code = code << 6 | (following & 0x3F);
        }
        int least = more == 3 ? 0x10000 : more == 2 ? 0x800 : 0x80;
        boolean surrogate = code >= 0xD800 && code <= 0xDFFF;
        if (first < 0xC2 || first > 0xF4 || code < least || code > 0x10FFFF || surrogate) {
            throw invalidText();
        }
        return code;
    }

    private static Malformed invalidText() {
        return new Malformed("it is not valid UTF-8", "不是有效的 UTF-8");
    }
}
