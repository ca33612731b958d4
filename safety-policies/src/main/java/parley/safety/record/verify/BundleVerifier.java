package parley.safety.record.verify;

import org.jspecify.annotations.Nullable;

import parley.safety.record.verify.BundleVerification.Kind;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// Checks an exported bundle from its file alone, offline: that its headers are those that were
/// signed, that its contents are what was recorded, and that nothing the filter means is missing.
///
/// Uses none of the code that writes records or bundles, and applies the filter by itself.
public final class BundleVerifier {
    private static final Set<String> FIXED =
            Set.of("README.txt", "manifest.json", "origin", "checkpoint", "headers.jsonl");
    private static final Set<String> MANIFEST =
            Set.of(
                    "about",
                    "absent",
                    "bodies",
                    "edge",
                    "entries",
                    "filter",
                    "first",
                    "format",
                    "matched",
                    "origin",
                    "runs",
                    "size",
                    "uncovered");

    /// The explanation that bundles come with: another text could mislead whoever reads it.
    private static final Set<String> READMES =
            Set.of("724fd07e0a179909b11a965de222c095e508114dc514d806b4c2416d3f667f58");

    private static final int MOST_SMALL = 64 << 20;
    private static final long MOST_BODY = 1L << 30;
    private static final int SALT = 32;

    private final ZipFile zip;
    private final Path file;
    private final MessageDigest sha256;
    private final BundleVerification.Builder found = new BundleVerification.Builder();
    private final Map<String, Needed> needed = new TreeMap<>();

    private BundleVerifier(ZipFile zip, Path file) {
        this.zip = zip;
        this.file = file;
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// A content that a meant header names.
    private record Needed(long sequence, String role, String run, long size) {}

    /// Verifies the bundle in `file`.
    ///
    /// @param pinnedKey the verifier key the auditor trusts; without it the bundle's own is taken,
    ///   and a bundle that was made up as a whole passes
    /// @throws IOException when the file is not there or cannot be read
    public static BundleVerification verify(Path file, Optional<String> pinnedKey)
            throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return new BundleVerifier(zip, file).run(pinnedKey);
        } catch (ZipException | EOFException notOne) {
            BundleVerification.Builder broken = new BundleVerification.Builder();
            broken.add(
                    Kind.ALTERED,
                    String.valueOf(file.getFileName()),
                    "it is not a whole zip file: " + notOne.getMessage(),
                    "不是完整的 zip 文件：" + notOne.getMessage());
            return broken.build();
        }
    }

    private BundleVerification run(Optional<String> pinnedKey) throws IOException {
        try {
            names();
            BundleFiles.check(zip, file, sha256);
            if (!READMES.contains(HexFormat.of().formatHex(sha256.digest(small("README.txt"))))) {
                found.add(Kind.ALTERED, "README.txt", "its text is another", "说明文字不同");
            }
            VerifierKey key = key(pinnedKey);
            found.key(key.text(), pinnedKey.isPresent());
            Map<String, Object> manifest = manifest();
            Note note = Note.verified(small("checkpoint"), 1, key, sha256);
            BundleHeaders headers = headers(key, manifest);
            root(headers, note);
            counts(headers, manifest);
            bodies(headers, manifest);
        } catch (Malformed wrong) {
            found.add(Kind.ALTERED, "bundle", wrong.why().en(), wrong.why().zh());
        }
        return found.build();
    }

    /// Every file is one that belongs there, once: a second one of a name, or one of another name,
    /// could show people what was not verified.
    private void names() throws Malformed {
        Set<String> seen = new TreeSet<>();
        for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
            String name = entry.getName();
            if (!seen.add(name)) {
                throw new Malformed("two files of the name " + name, "有两个名为 " + name + " 的文件");
            }
            if (!FIXED.contains(name) && !name.matches("body/[0-9a-f]{64}")) {
                found.add(Kind.ALTERED, name, "it does not belong there", "不应有此文件");
            }
        }
        for (String name : FIXED) {
            if (!seen.contains(name)) {
                throw new Malformed(name + " is missing", "缺少 " + name);
            }
        }
    }

    private VerifierKey key(Optional<String> pinnedKey) throws IOException, Malformed {
        String own = new String(small("origin"), StandardCharsets.UTF_8);
        if (!own.endsWith("\n")) {
            throw new Malformed("origin is not a line", "origin 不是一行");
        }
        String stripped = own.substring(0, own.length() - 1);
        if (pinnedKey.isPresent() && !pinnedKey.get().equals(stripped)) {
            found.add(
                    Kind.ALTERED,
                    "origin",
                    "it names another key than the one you trust",
                    "其中的公钥不是您信任的公钥");
        }
        try {
            return VerifierKey.of(pinnedKey.orElse(stripped));
        } catch (Malformed wrong) {
            if (pinnedKey.isPresent()) {
                throw new IllegalArgumentException("the pinned key: " + wrong.getMessage(), wrong);
            }
            throw wrong;
        }
    }

    private Map<String, Object> manifest() throws IOException, Malformed {
        byte[] bytes = small("manifest.json");
        Map<String, Object> manifest = CanonicalParser.object(bytes, 0, bytes.length);
        if (!"parley-export-1".equals(manifest.get("format"))) {
            throw new Malformed("manifest.json has another format", "manifest.json 格式不同");
        }
        if (!manifest.keySet().equals(MANIFEST)) {
            throw new Malformed("manifest.json has other fields", "manifest.json 的字段不符");
        }
        if (!new String(small("origin"), StandardCharsets.UTF_8)
                .strip()
                .equals(manifest.get("origin"))) {
            throw new Malformed("manifest.json names another key", "manifest.json 写的是另一把公钥");
        }
        return manifest;
    }

    private BundleHeaders headers(VerifierKey key, Map<String, Object> manifest)
            throws IOException, Malformed {
        BundleHeaders headers =
                new BundleHeaders(key, BundleFilter.of(manifest.get("filter")), sha256, found);
        headers.start(number(manifest, "first"), hashes(manifest.get("edge")));
        // Twice: a run is meant from its first entry on when its last one says so.
        lines(headers::meet);
        lines(headers::take);
        return headers;
    }

    private interface LineTaker {
        void take(byte[] line) throws Malformed;
    }

    private void lines(LineTaker taker) throws IOException, Malformed {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        byte[] buffer = new byte[1 << 16];
        try (InputStream input = zip.getInputStream(file("headers.jsonl"))) {
            for (int got = input.read(buffer); got >= 0; got = input.read(buffer)) {
                int start = 0;
                for (int at = 0; at < got; at++) {
                    if (buffer[at] == '\n') {
                        line.write(buffer, start, at - start);
                        taker.take(line.toByteArray());
                        line.reset();
                        start = at + 1;
                    }
                }
                line.write(buffer, start, got - start);
                if (line.size() > MOST_SMALL) {
                    throw new Malformed("a header is too long", "条目头过长");
                }
            }
        }
        if (line.size() > 0) {
            throw new Malformed("the last header is not whole", "最后一个条目头不完整");
        }
    }

    private void root(BundleHeaders headers, Note note) {
        found.headers(headers.count(), headers.end());
        if (headers.end() < note.size()) {
            found.add(
                    Kind.TRUNCATED,
                    "headers.jsonl",
                    "it ends after " + headers.end() + " entries; " + note.size() + " were signed",
                    "在第 " + headers.end() + " 条后结束，而已签名的有 " + note.size() + " 条");
        } else if (headers.end() > note.size()
                || !Base64.getEncoder().encodeToString(headers.root()).equals(note.root())) {
            found.add(
                    Kind.ALTERED,
                    "headers.jsonl",
                    "the headers are not those that were signed",
                    "条目头与签名时不符");
        }
    }

    private void counts(BundleHeaders headers, Map<String, Object> manifest) throws Malformed {
        found.selected(headers.selected(), headers.runs());
        same("size", number(manifest, "size"), headers.end());
        same("matched", number(manifest, "matched"), headers.matched());
        same("runs", number(manifest, "runs"), headers.runs());
        same("entries", number(manifest, "entries"), headers.selected());
    }

    private void same(String what, long said, long counted) {
        if (said != counted) {
            found.add(
                    Kind.ALTERED,
                    "manifest.json",
                    what + " is said to be " + said + ", counted are " + counted,
                    what + " 写为 " + said + "，实为 " + counted);
        }
    }

    private void bodies(BundleHeaders headers, Map<String, Object> manifest)
            throws IOException, Malformed {
        for (BundleHeaders.Body body : headers.bodies()) {
            needed.putIfAbsent(
                    body.commitment(),
                    new Needed(body.sequence(), body.role(), body.run(), body.size()));
        }
        Set<String> absent = absent(manifest.get("absent"));
        for (Map.Entry<String, Needed> one : needed.entrySet()) {
            ZipEntry entry = zip.getEntry("body/" + one.getKey());
            if (entry == null) {
                missing(one.getValue(), headers, absent);
            } else {
                body(entry, one.getKey(), one.getValue());
            }
        }
        same("bodies", number(manifest, "bodies"), found.bodies());
        for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
            if (entry.getName().startsWith("body/")
                    && !needed.containsKey(entry.getName().substring("body/".length()))) {
                found.add(
                        Kind.ALTERED,
                        entry.getName(),
                        "no header that the filter means names it",
                        "筛选范围内没有条目指向它");
            }
        }
    }

    private void body(ZipEntry entry, String commitment, Needed body) throws IOException {
        long length = 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream input = zip.getInputStream(entry)) {
            for (int got = input.read(buffer); got >= 0; got = input.read(buffer)) {
                sha256.update(buffer, 0, got);
                length += got;
                if (length > MOST_BODY) {
                    break;
                }
            }
        } catch (ZipException | EOFException broken) {
            length = -1;
        }
        String hash = HexFormat.of().formatHex(sha256.digest());
        found.body(Math.max(0, length));
        if (!hash.equals(commitment) || length != body.size() + SALT) {
            found.add(
                    Kind.ALTERED,
                    entry.getName(),
                    "the content \""
                            + body.role()
                            + "\" of entry "
                            + body.sequence()
                            + " was altered",
                    "条目 " + body.sequence() + " 的内容“" + body.role() + "”已被改动");
        }
    }

    /// A content may be absent when a signed entry of the record says that it was erased.
    private void missing(Needed body, BundleHeaders headers, Set<String> absent) {
        if (headers.erased(body.run(), body.sequence())) {
            found.erased();
            return;
        }
        boolean told = absent.contains(body.sequence() + " " + body.role());
        found.add(
                told ? Kind.INCOMPLETE : Kind.ALTERED,
                "body",
                "the content \""
                        + body.role()
                        + "\" of entry "
                        + body.sequence()
                        + (told ? " was not to be had when this was exported" : " is missing"),
                "条目 " + body.sequence() + " 的内容“" + body.role() + (told ? "”在导出时已无法取得" : "”缺失"));
    }

    private static Set<String> absent(@Nullable Object list) {
        Set<String> absent = new TreeSet<>();
        if (list instanceof List<?> all) {
            for (Object one : all) {
                if (one instanceof Map<?, ?> body) {
                    absent.add(body.get("seq") + " " + body.get("role"));
                }
            }
        }
        return absent;
    }

    private static List<byte[]> hashes(@Nullable Object list) throws Malformed {
        List<byte[]> hashes = new ArrayList<>();
        if (list instanceof List<?> all) {
            for (Object one : all) {
                if (!(one instanceof String text) || !text.matches("[0-9a-f]{64}")) {
                    throw new Malformed("the edge is no list of hashes", "edge 不是哈希列表");
                }
                hashes.add(HexFormat.of().parseHex(text));
            }
        }
        return hashes;
    }

    private static long number(Map<String, Object> object, String name) throws Malformed {
        if (object.get(name) instanceof Long number && number >= 0) {
            return number;
        }
        throw new Malformed("manifest.json has no number " + name, "manifest.json 没有数字 " + name);
    }

    private ZipEntry file(String name) throws Malformed {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new Malformed(name + " is missing", "缺少 " + name);
        }
        return entry;
    }

    private byte[] small(String name) throws IOException, Malformed {
        try (InputStream input = zip.getInputStream(file(name))) {
            byte[] bytes = input.readNBytes(MOST_SMALL + 1);
            if (bytes.length > MOST_SMALL) {
                throw new Malformed(name + " is too long", name + " 过长");
            }
            return bytes;
        }
    }
}
