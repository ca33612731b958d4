package parley.safety.record.verify;

import org.jspecify.annotations.Nullable;

import parley.safety.record.verify.Verification.Kind;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Checks a whole record: every line, link, checkpoint and body, from the files alone.
///
/// Needs no lock and writes nothing: it works on a copy, offline, and while the record is written.
/// The time entries carry plays no part.
public final class AuditVerifier {
    private static final String SEGMENT_NAME = "[0-9]{14}\\.jsonl";
    private static final int MOST_LINE = 1 << 20;

    private final Path directory;
    private final MessageDigest sha256;
    private final Findings findings = new Findings();
    private long segments;
    private long bytes;

    private AuditVerifier(Path directory) {
        this.directory = directory;
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Verifies the record in `directory`. A folder without a record counts as truncated to
    /// nothing.
    ///
    /// @param pinnedKey the verifier key the auditor trusts; without it the record's own is taken,
    ///   and a record rebuilt with a new key passes
    /// @throws IOException when a file of the record is there and cannot be read
    public static Verification verify(Path directory, Optional<String> pinnedKey)
            throws IOException {
        return new AuditVerifier(directory).run(pinnedKey, Optional.empty());
    }

    /// As [#verify(Path, Optional)], and compares with heads that were kept elsewhere: what catches
    /// that the end of the record was cut together with its newest checkpoints.
    ///
    /// @param anchors the lines of a file, a journal or anything else that holds some
    /// @throws IOException when a file of the record is there and cannot be read
    public static Verification verify(
            Path directory, Optional<String> pinnedKey, List<String> anchors) throws IOException {
        AuditVerifier verifier = new AuditVerifier(directory);
        return verifier.run(pinnedKey, Optional.of(anchors));
    }

    private Verification run(Optional<String> pinnedKey, Optional<List<String>> kept)
            throws IOException {
        VerifierKey key = key(pinnedKey);
        Checkpoints checkpoints =
                new Checkpoints(directory.resolve("checkpoints"), key, sha256, findings);
        Erasures erasures = new Erasures(findings);
        BodyFiles bodies = new BodyFiles(directory, sha256, erasures, findings);
        Entries entries = new Entries(key, findings, checkpoints, bodies, erasures, sha256);
        Optional<Anchors> anchors = kept.map(lines -> new Anchors(lines, key, sha256, findings));
        anchors.ifPresent(checkpoints::with);
        checkpoints.readBefore();
        List<Path> files = files();
        if (files.isEmpty()) {
            findings.add(Kind.TRUNCATED, "seg", "there are no entries at all", "没有任何条目");
        }
        for (int index = 0; index < files.size(); index++) {
            segment(files.get(index), entries, index == files.size() - 1);
        }
        entries.finish();
        checkpoints.finish(entries.tree());
        anchors.ifPresent(given -> given.finish(entries.tree()));
        return new Verification(
                key == null ? "" : key.text(),
                pinnedKey.isPresent(),
                segments,
                entries.count(),
                entries.tree().size(),
                checkpoints.right(),
                checkpoints.covered(),
                bodies.count(),
                bodies.opened(),
                erasures.excused(),
                anchors.map(Anchors::right).orElse(0L),
                bytes + bodies.bytes(),
                findings.problems(),
                findings.further());
    }

    private @Nullable VerifierKey key(Optional<String> pinnedKey) throws IOException {
        VerifierKey own = null;
        try {
            String origin = Files.readString(directory.resolve("origin"));
            if (!origin.endsWith("\n")) {
                throw new Malformed("its end is missing", "末尾缺失");
            }
            own = VerifierKey.of(origin.substring(0, origin.length() - 1));
        } catch (NoSuchFileException missing) {
            findings.add(Kind.ALTERED, "origin", "the file is missing", "文件缺失");
        } catch (CharacterCodingException notText) {
            findings.add(Kind.ALTERED, "origin", "it is not valid UTF-8", "不是有效的 UTF-8");
        } catch (Malformed wrong) {
            findings.add(Kind.ALTERED, "origin", wrong.why().en(), wrong.why().zh());
        }
        if (pinnedKey.isEmpty()) {
            return own;
        }
        if (own != null && !own.text().equals(pinnedKey.get())) {
            findings.add(
                    Kind.ALTERED,
                    "origin",
                    "it names another key than the one you trust",
                    "其中的公钥不是您信任的公钥");
        }
        try {
            return VerifierKey.of(pinnedKey.get());
        } catch (Malformed wrong) {
            throw new IllegalArgumentException("the pinned key: " + wrong.getMessage(), wrong);
        }
    }

    private List<Path> files() throws IOException {
        Path folder = directory.resolve("seg");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> listed = Files.list(folder)) {
            return listed.filter(file -> String.valueOf(file.getFileName()).matches(SEGMENT_NAME))
                    .sorted()
                    .toList();
        }
    }

    private void segment(Path file, Entries entries, boolean last) throws IOException {
        segments++;
        String name = String.valueOf(file.getFileName());
        String place = "seg/" + name;
        entries.segment(Long.parseLong(name.substring(0, 14)), place);
        byte[] buffer = new byte[1 << 18];
        int filled = 0;
        long line = 0;
        try (InputStream input = Files.newInputStream(file)) {
            for (int got = input.read(buffer, filled, buffer.length - filled);
                    got >= 0;
                    got = input.read(buffer, filled, buffer.length - filled)) {
                int searched = filled;
                filled += got;
                bytes += got;
                int start = 0;
                // One character a byte: looking for a character in a text is the fastest search.
                String read = new String(buffer, searched, got, StandardCharsets.ISO_8859_1);
                for (int end = read.indexOf('\n'); end >= 0; end = read.indexOf('\n', end + 1)) {
                    line++;
                    entries.line(buffer, start, searched + end, line);
                    start = searched + end + 1;
                }
                System.arraycopy(buffer, start, buffer, 0, filled - start);
                filled -= start;
                if (filled > MOST_LINE) {
                    break;
                }
                if (filled == buffer.length) {
                    buffer = Arrays.copyOf(buffer, buffer.length * 2);
                }
            }
        }
        if (filled > 0) {
            findings.add(
                    last && filled <= MOST_LINE ? Kind.UNCOVERED : Kind.ALTERED,
                    place + ":" + (line + 1),
                    "it ends in the middle of a line",
                    "末尾不是完整的一行");
        }
    }
}
