package parley.safety.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where things stand in the folder of a record.
///
/// ```
/// origin                       the verifier key, one line: name+hash+base64 (C2SP signed note)
/// seg/00000000000000.jsonl     canonical JSON lines; the name is the number of the first one
/// checkpoints                  signed notes, each followed by an empty line
/// body/ab/cdef…                salt and content; the name is the SHA-256 of both
/// keys/signing.pem             the Ed25519 key that signs checkpoints (PKCS#8)
/// keys/redaction.key           the key of the commitments that stand for secrets (hex)
/// lock                         held during each append
/// ```
record Layout(Path folder) {
    private static final Pattern SEGMENT = Pattern.compile("(\\d{14})\\.jsonl");

    Path origin() {
        return folder.resolve("origin");
    }

    Path segments() {
        return folder.resolve("seg");
    }

    Path segment(long first) {
        return segments().resolve(String.format(Locale.ROOT, "%014d.jsonl", first));
    }

    Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    Path bodies() {
        return folder.resolve("body");
    }

    /// @param name the SHA-256 of the stored bytes, in hex
    Path body(String name) {
        return bodyFolder(name).resolve(name.substring(2));
    }

    Path bodyFolder(String name) {
        return bodies().resolve(name.substring(0, 2));
    }

    Path keys() {
        return folder.resolve("keys");
    }

    Path signingKey() {
        return keys().resolve("signing.pem");
    }

    Path redactionKey() {
        return keys().resolve("redaction.key");
    }

    /// Wraps the keys of all runs.
    Path wrappingKey() {
        return keys().resolve("wrapping.key");
    }

    Path runKeys() {
        return keys().resolve("run");
    }

    /// A run's name may hold anything, its file's name may not.
    Path runKey(String run) {
        byte[] name = Canonical.sha256(run.getBytes(StandardCharsets.UTF_8));
        return runKeys().resolve(HexFormat.of().formatHex(name));
    }

    /// The number of the entry that says why the oldest segments are gone.
    Path pruned() {
        return folder.resolve("pruned");
    }

    /// Removes what was derived from the contents to find words in them: it would still hold what
    /// was erased. It is made again by whoever searches next.
    void forgetIndex() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (String.valueOf(file.getFileName()).startsWith("index.sqlite")) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /// Says where the recorder listens whose record this is.
    Path recorder() {
        return folder.resolve("recorder");
    }

    /// Room kept for the end of what was begun.
    Path reserve() {
        return folder.resolve("reserve");
    }

    /// Names a file that nothing is added to any more, until that is recorded.
    Path gap() {
        return folder.resolve("gap");
    }

    Path lock() {
        return folder.resolve("lock");
    }

    /// The numbers of the first entries of all segments, ascending.
    List<Long> segmentStarts() throws IOException {
        List<Long> starts = new ArrayList<>();
        try (Stream<Path> files = Files.list(segments())) {
            files.forEach(file -> {
                Matcher name = SEGMENT.matcher(String.valueOf(file.getFileName()));
                if (name.matches()) {
                    starts.add(Long.valueOf(name.group(1)));
                }
            });
        }
        Collections.sort(starts);
        return starts;
    }
}
