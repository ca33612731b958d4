package parley.console.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import parley.console.settings.CannotStart;
import parley.console.settings.Workplace;
import parley.safety.gate.Sanitiser;
import parley.safety.record.AuditLog;
import parley.safety.record.AuditReader;
import parley.safety.record.Canonical;
import parley.safety.record.Entry;
import parley.safety.record.EntryFiles;
import parley.safety.record.RecordUnavailable;
import parley.safety.record.Recorded;
import parley.safety.record.index.IndexUnusable;
import parley.safety.record.index.RecordIndex;
import parley.tools.Bilingual;
import parley.tools.Language;
import parley.tools.schema.Json;

import picocli.CommandLine.Option;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A command of an auditor. Who looked, and at what, is recorded before anything is shown; a copy
/// of a record (`--record`) is not written to.
abstract class AuditWork extends Work {
    /// 2 means "altered" to whoever verifies a record, so a wrong word must end otherwise.
    static final int USAGE = 1;

    @Option(
            names = "--record",
            paramLabel = "FOLDER",
            description = "a record elsewhere: a copy, another machine's")
    @Nullable Path folder;

    /// @param record the folder of the record, which is there
    abstract int look(AuditOut out, Path record) throws Exception;

    /// What of the record is looked at, in the words of the command line; empty for what shows
    /// nothing of it.
    abstract String asked();

    /// The type of entry that says so.
    String entryType() {
        return "audit.view";
    }

    @Override
    final int work(PrintStream out) throws Exception {
        Path record = folder != null ? folder : common.options().directories().record();
        if (!Files.isDirectory(record)) {
            throw new CannotStart(
                    Bilingual.of(
                            "there is no record at {0}: nothing was asked here yet",
                            "{0} 处没有审计记录：这里还没有提过请求", record),
                    USAGE);
        }
        String asked = asked();
        if (!asked.isEmpty() && folder == null) {
            looked(record, asked, Json.mapper().createObjectNode());
        }
        try {
            return look(new AuditOut(out, common), record);
        } catch (IndexUnusable unusable) {
            throw new CannotStart(unusable.why(), 1);
        } catch (AccessDeniedException denied) {
            throw closed(denied);
        } catch (UncheckedIOException failure) {
            if (failure.getCause() instanceof AccessDeniedException denied) {
                throw closed(denied);
            }
            throw failure;
        }
    }

    private static CannotStart closed(AccessDeniedException denied) {
        return new CannotStart(
                Bilingual.of(
                        "you may not read {0}; on a managed machine the record is for members of"
                                + " its group (usermod -aG parley USER, then log in again)",
                        "您无权读取 {0}；在受管机器上，只有其所属组的成员可以查阅审计记录（usermod -aG parley 用户，然后重新登录）",
                        denied.getFile()),
                USAGE);
    }

    /// Records that somebody looked. A record that cannot be written can still be read: that is
    /// when it matters most.
    final void looked(Path record, String asked, ObjectNode fields) {
        Language language = common.language();
        try (AuditLog log = AuditLog.open(record, Workplace.SOFTWARE)) {
            log.append(
                    new Entry(
                            entryType(),
                            "ok",
                            "",
                            System.getProperty("user.name"),
                            fields.put("asked", asked),
                            Map.of()));
            // A recorder would sign it only later, and until then this look would seem unproved.
            log.checkpoint();
        } catch (RecordUnavailable unavailable) {
            System.err.println(
                    "parley: "
                            + Sanitiser.line(
                                    language == Language.EN
                                            ? "this look could not be recorded: "
                                                    + unavailable.why().en()
                                            : "这次查阅未能记录：" + unavailable.why().zh()));
        }
    }

    /// The entries of the runs, or the one entry, that `which` names.
    static List<Recorded> named(Path record, String which) throws CannotStart {
        List<Recorded> found =
                which.matches("\\d{1,15}")
                        ? AuditReader.of(record).at(Long.parseLong(which)).stream().toList()
                        : which.isEmpty() ? List.of() : EntryFiles.of(record).ofRuns(which);
        if (found.isEmpty()) {
            throw new CannotStart(
                    Bilingual.of(
                            "no request or entry \"{0}\" in the record; parley audit list shows"
                                    + " them",
                            "审计记录中没有“{0}”；用 parley audit list 查看", which),
                    USAGE);
        }
        return found;
    }

    /// All entries of the run that `which` names, or of the run that the entry `which` belongs to.
    static List<Recorded> run(Path record, String which) throws CannotStart {
        List<Recorded> named = named(record, which);
        String run = named.getFirst().run();
        if (run.isEmpty()) {
            throw new CannotStart(
                    Bilingual.of("entry {0} belongs to no request", "条目 {0} 不属于任何请求", which),
                    USAGE);
        }
        boolean several = named.stream().anyMatch(entry -> !entry.run().equals(run));
        if (several) {
            throw new CannotStart(
                    Bilingual.of(
                            "several requests begin with \"{0}\"; say more of it",
                            "有多个请求以“{0}”开头；请写得更完整", which),
                    USAGE);
        }
        return which.matches("\\d{1,15}") ? EntryFiles.of(record).ofRuns(run) : named;
    }

    /// The place of the search index: beside the record where that may be written; else, for a copy
    /// or another user's record, in the reader's own cache.
    final Path indexOf(Path record) {
        if (folder == null && Files.isWritable(record)) {
            return RecordIndex.beside(record);
        }
        String name =
                Canonical.sha256(
                                Json.mapper()
                                        .createArrayNode()
                                        .add(record.toAbsolutePath().normalize().toString()))
                        .substring(0, 16);
        return common.options().directories().cache().resolve("index").resolve(name + ".sqlite");
    }
}
