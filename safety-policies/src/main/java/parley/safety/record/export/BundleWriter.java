package parley.safety.record.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import parley.safety.record.Canonical;
import parley.safety.record.Content;
import parley.safety.record.RecordUnavailable;
import parley.safety.record.Recorded;
import parley.tools.schema.Json;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes a part of a record as a zip file that proves itself.
///
/// It holds *every* header of the record up to the newest checkpoint, and the contents of the runs
/// that the filter means. Whoever verifies it computes the signed root from the headers, applies
/// the filter again, and so sees that nothing was altered, added or left out.
///
/// ```
/// README.txt       what this is and how it is verified
/// manifest.json    filter, counts, what is absent and why
/// origin           the verifier key as the record names it
/// checkpoint       the signed note that covers all headers
/// headers.jsonl    the stored lines
/// body/HASH        salt and content; the name is the commitment that a header names
/// ```
public final class BundleWriter {
    private static final String README =
            """
            This is a part of a Parley record. It proves itself:

                parley audit verify-bundle FILE --key VKEY

            VKEY is the verifier key of the record, noted by you somewhere else (parley audit verify prints it);
            without --key the one in this file is believed. No network and no other file is needed.

            headers.jsonl holds every header of the record (RFC 8785 JSON, one a line); its RFC 6962 Merkle root is
            signed in `checkpoint` (C2SP signed note, Ed25519). `manifest.json` names the filter; contents are here
            for every run that the filter means, as body/HASH: 32 bytes of salt and the content, HASH their SHA-256.

            这是 Parley 审计记录的一部分，可自证完整：用上面的命令离线验证。headers.jsonl 含记录的全部条目头；
            manifest.json 写明筛选条件；body/ 下是条件所涉请求的全部内容。
            """;

    private final Selection selection;
    private final ZipOutputStream zip;

    private BundleWriter(Selection selection, ZipOutputStream zip) {
        this.selection = selection;
        this.zip = zip;
    }

    /// Writes the bundle.
    ///
    /// @param about who exports, when, with what: claims, kept beside what can be proved
    /// @return the manifest as written
    /// @throws RecordUnavailable when a content is not what was recorded: then there is no bundle
    public static ObjectNode write(Selection selection, ObjectNode about, OutputStream out)
            throws IOException, RecordUnavailable {
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            return new BundleWriter(selection, zip).write(about);
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    private ObjectNode write(ObjectNode about) throws IOException, RecordUnavailable {
        put("README.txt", README.getBytes(StandardCharsets.UTF_8));
        put("origin", (selection.files().origin() + "\n").getBytes(StandardCharsets.UTF_8));
        put("checkpoint", selection.head().note().getBytes(StandardCharsets.UTF_8));
        headers();
        ObjectNode manifest = selection.manifest();
        manifest.set("about", about);
        manifest.set("edge", edge());
        long bodies = bodies(manifest.putArray("absent"));
        manifest.put("bodies", bodies);
        put("manifest.json", Canonical.bytes(manifest));
        return manifest;
    }

    /// The lines as they are stored.
    private void headers() throws IOException {
        zip.putNextEntry(entry("headers.jsonl"));
        selection.all((line, meant) -> {
            try {
                zip.write(line.bytes());
                zip.write('\n');
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
        zip.closeEntry();
    }

    /// The contents that are meant, entry by entry: a large record is never held as a whole.
    private long bodies(ArrayNode absent) throws RecordUnavailable {
        AtomicLong bodies = new AtomicLong();
        AtomicReference<@Nullable RecordUnavailable> altered = new AtomicReference<>();
        Set<String> written = new HashSet<>();
        selection.all((line, meant) -> {
            if (meant && altered.get() == null) {
                Recorded entry = line.entry();
                try {
                    for (String role : entry.roles()) {
                        String name = entry.header().path("bodies").path(role).path("c").asText();
                        if (written.add(name) && body(entry, role, name, absent)) {
                            bodies.incrementAndGet();
                        }
                    }
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                } catch (RecordUnavailable notWhatWasRecorded) {
                    altered.set(notWhatWasRecorded);
                }
            }
        });
        RecordUnavailable why = altered.get();
        if (why != null) {
            throw why;
        }
        return bodies.get();
    }

    /// The right edge of what was pruned before the first header; empty when nothing was.
    private ArrayNode edge() {
        ArrayNode edge = Json.mapper().createArrayNode();
        if (selection.first() > 0) {
            selection
                    .files()
                    .all(line -> {
                        line.entry().header().path("frontier").forEach(edge::add);
                        return false;
                    });
        }
        return edge;
    }

    private boolean body(Recorded entry, String role, String name, ArrayNode absent)
            throws IOException, RecordUnavailable {
        switch (selection.reader().content(entry, role)) {
            case Content.Present present -> {
                zip.putNextEntry(entry("body/" + name));
                zip.write(present.salt());
                zip.write(present.bytes());
                zip.closeEntry();
                return true;
            }
            case Content.Erased erased ->
                    absent(entry, role, "erased", absent).put("by", erased.by());
            case Content.Locked locked -> absent(entry, role, "locked", absent);
            case Content.Missing missing -> absent(entry, role, "missing", absent);
        }
        return false;
    }

    private static ObjectNode absent(Recorded entry, String role, String why, ArrayNode absent) {
        return absent.addObject().put("seq", entry.sequence()).put("role", role).put("why", why);
    }

    private void put(String name, byte[] bytes) throws IOException {
        zip.putNextEntry(entry(name));
        zip.write(bytes);
        zip.closeEntry();
    }

    /// The same record gives the same bytes: the time of a zip entry says nothing.
    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0));
        return entry;
    }
}
