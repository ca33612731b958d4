package parley.safety.record.verify;

import parley.safety.record.verify.Verification.Kind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Supplier;

/// Checks that each body an entry names is there, whole and unchanged, and says what was recorded.
final class BodyFiles {
    /// Nonce, salt and authentication tag.
    private static final int AROUND = 12 + 32 + 16;

    private static final String HASH = "[0-9a-f]{64}";

    private final Path folder;
    private final MessageDigest sha256;
    private final Contents contents;
    private final Erasures erasures;
    private final Findings findings;
    private long count;
    private long opened;
    private long bytes;

    BodyFiles(Path record, MessageDigest sha256, Erasures erasures, Findings findings)
            throws IOException {
        this.folder = record.resolve("body");
        this.sha256 = sha256;
        this.contents = new Contents(record.resolve("keys"), sha256);
        this.erasures = erasures;
        this.findings = findings;
    }

    long count() {
        return count;
    }

    /// How many of them were decrypted.
    long opened() {
        return opened;
    }

    long bytes() {
        return bytes;
    }

    /// All entries were read.
    void finish() throws IOException {
        erasures.finish(contents);
    }

    /// A body as an entry names it.
    private record Named(
            String role, String commitment, String stored, long size, String run, long sequence) {}

    void check(Map<String, Object> entry, long sequence, Supplier<String> place) {
        Object named = entry.get("bodies");
        if (named == null) {
            return;
        }
        if (!(named instanceof Map<?, ?> bodies)) {
            findings.add(
                    Kind.ALTERED, sequence, place.get(), "its bodies are no object", "bodies 不是对象");
            return;
        }
        String run = String.valueOf(entry.get("run"));
        for (Map.Entry<?, ?> body : bodies.entrySet()) {
            String role = String.valueOf(body.getKey());
            if (body.getValue() instanceof Map<?, ?> reference
                    && reference.size() == 3
                    && reference.get("c") instanceof String commitment
                    && commitment.matches(HASH)
                    && reference.get("e") instanceof String stored
                    && stored.matches(HASH)
                    && reference.get("size") instanceof Long size) {
                check(new Named(role, commitment, stored, size, run, sequence));
            } else {
                findings.add(
                        Kind.ALTERED,
                        sequence,
                        place.get(),
                        "its body \"" + role + "\" is not named by hashes and size",
                        "内容 “" + role + "” 没有以哈希和大小指明");
            }
        }
    }

    private void check(Named body) {
        String name = body.stored().substring(0, 2) + "/" + body.stored().substring(2);
        Path file = folder.resolve(name);
        String place = "body/" + name;
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                gone(body, place, " is missing", " 缺失");
                return;
            }
            byte[] stored = Files.readAllBytes(file);
            count++;
            bytes += stored.length;
            if (!HexFormat.of().formatHex(sha256.digest(stored)).equals(body.stored())
                    || stored.length != body.size() + AROUND) {
                altered(body, place, " was altered", " 已被改动");
                return;
            }
            open(body, stored, place);
        } catch (IOException unreadable) {
            altered(
                    body,
                    place,
                    " cannot be read: " + unreadable.getMessage(),
                    " 无法读取：" + unreadable.getMessage());
        }
    }

    private void open(Named body, byte[] stored, String place) throws IOException {
        switch (contents.open(body.run(), stored, body.commitment())) {
            case RIGHT -> {
                opened++;
                erasures.readable(body.run(), body.sequence());
            }
            case WRONG -> altered(body, place, " does not say what was recorded", " 与记录时不符");
            case ERASED -> gone(body, place, " was erased, and no entry says so", " 已被清除，但没有相应条目");
            case NO_KEY -> gone(body, place, " cannot be opened: its key is gone", " 无法打开：密钥不见了");
            case LOCKED -> {
                // A copy without keys: the hash of the stored bytes is what there is to check.
            }
        }
    }

    private void gone(Named body, String place, String en, String zh) {
        erasures.gone(
                body.run(), body.sequence(), place, inEnglish(body) + en, inChinese(body) + zh);
    }

    private void altered(Named body, String place, String en, String zh) {
        findings.add(
                Kind.ALTERED, body.sequence(), place, inEnglish(body) + en, inChinese(body) + zh);
    }

    private static String inEnglish(Named body) {
        return "the body \"" + body.role() + "\" of entry " + body.sequence();
    }

    private static String inChinese(Named body) {
        return "条目 " + body.sequence() + " 的内容 “" + body.role() + "”";
    }
}
