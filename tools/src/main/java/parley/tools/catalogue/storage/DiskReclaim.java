package parley.tools.catalogue.storage;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Change;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Means;
import parley.tools.Observed;
import parley.tools.Platform;
import parley.tools.Preview;
import parley.tools.Reading;
import parley.tools.Risk;
import parley.tools.RootCommand;
import parley.tools.Undo;
import parley.tools.Unreadable;
import parley.tools.catalogue.storage.DiskReclaimable.Reclaimable;
import parley.tools.value.Bytes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Frees space by clearing away what is known to be spare: old journal files, downloaded packages,
/// old core dumps, old temporary files, rotated logs.
///
/// Commands, as root, one for each kind asked for: `journalctl --vacuum-size`, `apt-get clean` or
/// `dnf clean packages`, and `find … -delete` with the very conditions of the preview, which prints
/// each file that is gone. `find` exits 1 when one of them could not be removed, and says so. A log
/// that is being written is never touched, nor is the audit log. Nothing of it can be taken back.
/// Old kernels are packages and are left alone.
public final class DiskReclaim implements Change<DiskReclaimable.Arguments, DiskReclaim.Reclaimed> {
    /// What was cleared away.
    ///
    /// @param files how many files were seen to go; empty where the program does not say
    public record Cleared(
            @Means(en = "kind", zh = "类别") Spare kind,
            @Means(en = "files", zh = "文件数") Optional<Long> files,
            @Means(en = "on disk", zh = "占用") Optional<Bytes> bytes) {}

    public record Reclaimed(@Means(en = "cleared", zh = "已清理") List<Cleared> cleared) {
        public Reclaimed {
            cleared = List.copyOf(cleared);
        }
    }

    @Override
    public Card card() {
        return new Card(
                "disk.reclaim",
                "storage",
                Bilingual.of("Free disk space", "清理磁盘空间"),
                Risk.CHANGE,
                Risk.CHANGE,
                Card.onlyOn(Family.APT, Family.DNF),
                List.of(
                        Bilingual.of("free up some disk space on web-3", "给 web-3 腾点磁盘空间"),
                        Bilingual.of(
                                "shrink the systemd journal to 200 MB on web-1",
                                "web-1 的 journal 压到 200M"),
                        Bilingual.of("clear the package cache on batch-1", "清一下 batch-1 的包缓存"),
                        Bilingual.of(
                                "delete rotated logs older than 30 days on db-1",
                                "db-1 上 30 天前的轮转日志清掉")));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return ReclaimCommands.changes();
    }

    @Override
    public Class<DiskReclaimable.Arguments> arguments() {
        return DiskReclaimable.Arguments.class;
    }

    private static Call<?> look(DiskReclaimable.Arguments arguments) {
        return new Call<>(new DiskReclaimable(), arguments);
    }

    private static Call<?> usage() {
        return new Call<>(new DiskUsage(), new DiskUsage.Arguments(Optional.empty()));
    }

    @Override
    public List<Call<?>> preview(DiskReclaimable.Arguments arguments) {
        return List.of(look(arguments), usage());
    }

    @Override
    public Impact impact(DiskReclaimable.Arguments arguments, Preview preview) {
        return ReclaimImpact.of(arguments, preview);
    }

    @Override
    public Optional<Bilingual> already(DiskReclaimable.Arguments arguments, Preview preview) {
        boolean whole =
                preview.readings().stream()
                        .noneMatch(one -> one.reading().status() == Reading.Status.PARTIAL);
        return whole && !arguments.wanted().contains(Spare.OLD_KERNELS)
                ? preview.find(Reclaimable.class)
                        .filter(found -> found.total().value() == 0)
                        .map(found ->
                                Bilingual.of(
                                        "there is nothing of these kinds to clear away",
                                        "没有可清理的内容"))
                : Optional.empty();
    }

    @Override
    public List<Argv> commands(DiskReclaimable.Arguments arguments, Preview preview) {
        return arguments.wanted().stream()
                .flatMap(kind -> ReclaimCommands.of(kind, preview.family(), arguments).stream())
                .toList();
    }

    @Override
    public List<Call<?>> again(DiskReclaimable.Arguments arguments) {
        return List.of(look(arguments));
    }

    @Override
    public Optional<Bilingual> drift(
            DiskReclaimable.Arguments arguments, Preview approved, List<Observed> now) {
        return ReclaimImpact.drift(
                approved.find(Reclaimable.class), Observed.find(now, Reclaimable.class));
    }

    @Override
    public Undo undo(DiskReclaimable.Arguments arguments, Preview preview) {
        return Undo.impossible(
                Bilingual.of(
                        "what is cleared away is gone; only a backup has it",
                        "清理掉的内容无法恢复，只能从备份找回"));
    }

    @Override
    public List<Call<?>> checks(DiskReclaimable.Arguments arguments, Preview preview) {
        return List.of(usage(), look(arguments));
    }

    @Override
    public Proof proof(DiskReclaimable.Arguments arguments, Preview preview, List<Observed> after) {
        return ReclaimProof.of(arguments, preview, after);
    }

    @Override
    public Reading<Reclaimed> read(
            DiskReclaimable.Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        List<Cleared> cleared = new ArrayList<>();
        List<Bilingual> gaps = new ArrayList<>();
        for (int number = 1; number <= captures.size(); number++) {
            Capture capture = captures.get(number - 1);
            switch (capture.argv().program()) {
                case "journalctl" -> {
                    capture.readable();
                    long files =
                            capture.stderr()
                                    .lines()
                                    .filter(line -> line.startsWith("Deleted archived journal "))
                                    .count();
                    cleared.add(new Cleared(Spare.JOURNAL, Optional.of(files), Optional.empty()));
                }
                case "find" -> {
                    if (capture.exit() != 1) {
                        capture.readable();
                    }
                    List<SpareFile> gone = SpareFile.read(number, captures, gaps);
                    cleared.add(
                            new Cleared(
                                    kind(capture),
                                    Optional.of((long) gone.size()),
                                    Optional.of(SpareFile.sum(gone))));
                }
                default -> {
                    capture.readable();
                    cleared.add(new Cleared(Spare.PKG_CACHE, Optional.empty(), Optional.empty()));
                }
            }
        }
        return Reading.of(new Reclaimed(cleared), gaps);
    }

    /// By the first folder that was searched.
    private static Spare kind(Capture find) {
        return switch (find.argv().words().get(1)) {
            case "/tmp" -> Spare.TMP_OLD;
            case "/var/log" -> Spare.ROTATED_LOGS;
            default -> Spare.COREDUMPS;
        };
    }

    @Override
    public List<Finding> findings(DiskReclaimable.Arguments arguments, Reading<Reclaimed> reading) {
        List<Finding> findings = new ArrayList<>();
        for (Cleared one : reading.value().cleared()) {
            String files = one.files().map(count -> count + " files").orElse("done");
            String filesZh = one.files().map(count -> count + " 个文件").orElse("已完成");
            String bytes = one.bytes().map(all -> ", " + all).orElse("");
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            "cleared {0}: {1}{2}",
                            "已清理{0}：{3}{2}",
                            one.kind().called(),
                            files,
                            bytes,
                            filesZh));
        }
        return findings;
    }
}
