package parley.console.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import parley.console.report.HtmlReport;
import parley.console.settings.CannotStart;
import parley.console.settings.Workplace;
import parley.safety.record.Canonical;
import parley.safety.record.RecordUnavailable;
import parley.safety.record.export.BundleWriter;
import parley.safety.record.export.Filter;
import parley.safety.record.export.Flat;
import parley.safety.record.export.Selection;
import parley.tools.Bilingual;
import parley.tools.schema.Json;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/// A part of the record for others. Who exported what is recorded first, and stands in the export.
@Command(
        name = "export",
        description = {
            "a part of the record for others; with one entry of a request comes all of it:",
            "  bundle   proves itself and that nothing is left out (parley audit verify-bundle)",
            "  html     one page to read, filter and print, in both languages",
            "  jsonl, csv, ocsf   for other programs, with a manifest beside them"
        },
        mixinStandardHelpOptions = true)
final class AuditExport extends AuditWork {
    private static final int MOST_ON_A_PAGE = 2_000;

    /// What is written.
    enum Format {
        bundle,
        html,
        jsonl,
        csv,
        ocsf
    }

    @Option(
            names = "--format",
            paramLabel = "bundle|html|jsonl|csv|ocsf",
            description = "what is written (bundle)",
            defaultValue = "bundle")
    Format format = Format.bundle;

    @Option(names = "--out", paramLabel = "FILE", description = "where to; never over a file")
    @Nullable Path file;

    @Mixin AuditFilter filter = new AuditFilter();

    @Override
    String asked() {
        return "export --format " + format + filter.said();
    }

    @Override
    String entryType() {
        return "audit.export";
    }

    @Override
    int look(AuditOut out, Path record) throws Exception {
        Path target = target();
        try {
            Selection selection = Selection.of(record, filter());
            if (format == Format.html && selection.runs() > MOST_ON_A_PAGE) {
                throw new CannotStart(
                        Bilingual.of(
                                "{0} requests are more than anybody reads on one page ({1}); narrow"
                                        + " it: --since, --host, --operator",
                                "共 {0} 个请求，超过单页上限 {1}；请用 --since、--host、--operator 缩小范围",
                                selection.runs(),
                                MOST_ON_A_PAGE),
                        USAGE);
            }
            ObjectNode manifest = written(selection, target);
            out.only(manifest.put("file", target.toString()));
            out.say(
                    Bilingual.of(
                            "{0}: {1} entries of {2} requests",
                            "{0}：{2} 个请求，{1} 条", target, selection.count(), selection.runs()));
            if (format == Format.bundle) {
                out.say(Bilingual.of("verify it anywhere, offline:", "可在任何地方离线验证："));
                // A command that is broken into lines cannot be copied.
                String key = manifest.path("origin").asText();
                out.raw("  ", "parley audit verify-bundle " + target + " --key " + key, 1);
            }
            return 0;
        } catch (Selection.Unsigned unsigned) {
            throw new CannotStart(
                    Bilingual.of(
                            "the record has no checkpoint yet: nothing of it can be proved",
                            "记录还没有检查点：无法证明其中任何内容"),
                    1);
        }
    }

    private Path target() throws CannotStart {
        String time =
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replaceAll("[-:]", "");
        String end = format == Format.bundle ? "zip" : format.name();
        Path target = file == null ? Path.of("parley-" + time + "." + end) : file;
        if (Files.exists(target)) {
            throw new CannotStart(
                    Bilingual.of(
                            target + " is there already; name another file",
                            target + " 已存在；请换一个文件名"),
                    USAGE);
        }
        return target.toAbsolutePath().normalize();
    }

    private Filter filter() throws CannotStart {
        return new Filter(
                filter.operator,
                filter.host,
                filter.tool,
                filter.verdict,
                filter.type,
                filter.outcome,
                filter.run,
                AuditFilter.time(filter.since),
                AuditFilter.time(filter.until));
    }

    private ObjectNode about() {
        return Json.mapper()
                .createObjectNode()
                .put("exporter", System.getProperty("user.name"))
                .put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("software", Workplace.SOFTWARE);
    }

    /// Written beside its place and moved there when it is whole; nobody else may read it.
    private ObjectNode written(Selection selection, Path target)
            throws IOException, RecordUnavailable {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        Files.deleteIfExists(part);
        try {
            ObjectNode manifest;
            try (OutputStream out = new BufferedOutputStream(create(part), 1 << 16)) {
                manifest = contents(selection, out);
            }
            if (format != Format.bundle && format != Format.html) {
                manifest.put("sha256", hash(part));
                Path beside = target.resolveSibling(target.getFileName() + ".manifest.json");
                try (OutputStream out = create(beside)) {
                    out.write(Canonical.bytes(manifest));
                    out.write('\n');
                }
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            return manifest;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private ObjectNode contents(Selection selection, OutputStream out)
            throws IOException, RecordUnavailable {
        ObjectNode manifest = selection.manifest();
        manifest.set("about", about());
        manifest.put("form", format.name());
        switch (format) {
            case bundle -> {
                return BundleWriter.write(selection, about(), out);
            }
            case html ->
                    out.write(
                            new HtmlReport(selection, manifest, common.language())
                                    .html()
                                    .getBytes(StandardCharsets.UTF_8));
            case jsonl -> Flat.JSONL.write(selection, out);
            case csv -> Flat.CSV.write(selection, out);
            case ocsf -> Flat.OCSF.write(selection, out);
        }
        return manifest;
    }

    private static OutputStream create(Path path) throws IOException {
        try {
            Files.createFile(
                    path,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException there) {
            throw new IOException(path + " is there already", there);
        }
        return Files.newOutputStream(path, StandardOpenOption.WRITE);
    }

    private static String hash(Path path) throws IOException {
        try (var in = Files.newInputStream(path)) {
            var digest = java.security.MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                digest.update(buffer, 0, got);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
