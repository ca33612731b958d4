package parley.safety.record.verify;

import parley.safety.record.verify.Verification.Kind;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;

/// Checks that each body an entry names is there, whole and unchanged.
final class BodyFiles {
    /// Nonce, salt and authentication tag.
    private static final int AROUND = 12 + 32 + 16;

    private final Path folder;
    private final MessageDigest sha256;
    private final Findings findings;
    private final byte[] buffer = new byte[1 << 16];
    private long count;
    private long bytes;

    BodyFiles(Path folder, MessageDigest sha256, Findings findings) {
        this.folder = folder;
        this.sha256 = sha256;
        this.findings = findings;
    }

    long count() {
        return count;
    }

    long bytes() {
        return bytes;
    }

    void check(Map<String, Object> entry, long sequence, String place) {
        Object named = entry.get("bodies");
        if (named == null) {
            return;
        }
        if (!(named instanceof Map<?, ?> bodies)) {
            findings.add(Kind.ALTERED, sequence, place, "its bodies are no object", "bodies 不是对象");
            return;
        }
        for (Map.Entry<?, ?> body : bodies.entrySet()) {
            String role = String.valueOf(body.getKey());
            if (body.getValue() instanceof Map<?, ?> reference
                    && reference.size() == 3
                    && reference.get("c") instanceof String commitment
                    && commitment.matches("[0-9a-f]{64}")
                    && reference.get("e") instanceof String stored
                    && stored.matches("[0-9a-f]{64}")
                    && reference.get("size") instanceof Long size) {
                check(role, stored, size, sequence);
            } else {
                findings.add(
                        Kind.ALTERED,
                        sequence,
                        place,
                        "its body \"" + role + "\" is not named by hash and size",
                        "内容 “" + role + "” 没有以哈希和大小指明");
            }
        }
    }

    private void check(String role, String stored, long size, long sequence) {
        String name = stored.substring(0, 2) + "/" + stored.substring(2);
        Path file = folder.resolve(name);
        String place = "body/" + name;
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                findings.add(
                        Kind.ALTERED,
                        sequence,
                        place,
                        "the body \"" + role + "\" of entry " + sequence + " is missing",
                        "条目 " + sequence + " 的内容 “" + role + "” 缺失");
                return;
            }
            long length = hash(file);
            boolean same = HexFormat.of().formatHex(sha256.digest()).equals(stored);
            if (!same || length != size + AROUND) {
                findings.add(
                        Kind.ALTERED,
                        sequence,
                        place,
                        "the body \"" + role + "\" of entry " + sequence + " was altered",
                        "条目 " + sequence + " 的内容 “" + role + "” 已被改动");
            }
        } catch (IOException unreadable) {
            sha256.reset();
            findings.add(
                    Kind.ALTERED,
                    sequence,
                    place,
                    "the body \"" + role + "\" cannot be read: " + unreadable.getMessage(),
                    "内容 “" + role + "” 无法读取：" + unreadable.getMessage());
        }
    }

    private long hash(Path file) throws IOException {
        long length = 0;
        try (InputStream input = Files.newInputStream(file)) {
            for (int got = input.read(buffer); got >= 0; got = input.read(buffer)) {
                sha256.update(buffer, 0, got);
                length += got;
            }
        }
        count++;
        bytes += length;
        return length;
    }
}
