package parley.safety.record.verify;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// A checkpoint whose signature was verified.
///
/// @param seal SHA-256 of its text, which the entry after it must hold
/// @param number its place in the file, the first being 1
record Note(long size, String root, String seal, int number) {
    /// Reads and verifies one stored note.
    ///
    /// @param stored up to and with the newline of its last signature
    static Note verified(byte[] stored, int number, VerifierKey key, MessageDigest sha256)
            throws Malformed {
        String note = text(stored);
        int gap = note.indexOf("\n\n");
        if (gap < 0) {
            throw new Malformed("it is not a signed note", "不是签名注记");
        }
        String text = note.substring(0, gap + 1);
        String[] lines = text.split("\n", -1);
        if (lines.length != 4
                || !lines[0].equals(key.name())
                || !lines[1].matches("[1-9][0-9]{0,15}")
                || !lines[2].matches("[A-Za-z0-9+/]{43}=")) {
            throw new Malformed("its text is not a checkpoint of this record", "内容不是本记录的检查点");
        }
        byte[] signed = text.getBytes(StandardCharsets.UTF_8);
        boolean ours = false;
        for (String line : note.substring(gap + 2).split("\n", -1)) {
            if (!line.isEmpty()) {
                ours |= key.signed(signed, line);
            }
        }
        if (!ours) {
            throw new Malformed("the key of this record did not sign it", "没有本记录密钥的签名");
        }
        String seal = HexFormat.of().formatHex(sha256.digest(signed));
        return new Note(Long.parseLong(lines[1]), lines[2], seal, number);
    }

    private static String text(byte[] stored) throws Malformed {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(stored)).toString();
        } catch (CharacterCodingException invalid) {
            throw new Malformed("it is not valid UTF-8", "不是有效的 UTF-8");
        }
    }

    /// The complete notes of a file.
    ///
    /// @param length how many bytes they and the empty lines after them take
    /// @param torn whether something half-written follows
    record Parts(List<byte[]> notes, int length, boolean torn) {
        static Parts of(byte[] file, int from) {
            // One character a byte: the pieces are decoded, strictly, one by one.
            String all = new String(file, from, file.length - from, StandardCharsets.ISO_8859_1);
            List<byte[]> notes = new ArrayList<>();
            int start = 0;
            while (true) {
                int gap = all.indexOf("\n\n", start);
                int end = gap < 0 ? -1 : all.indexOf("\n\n", gap + 2);
                if (end < 0) {
                    return new Parts(notes, start, start < all.length());
                }
                notes.add(Arrays.copyOfRange(file, from + start, from + end + 1));
                start = end + 2;
            }
        }
    }
}
