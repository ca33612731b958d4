package parley.tools.catalogue.packages;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.Bytes;
import parley.tools.value.HostText;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What the package manager would do, as it solved it itself.
///
/// @param solvable whether it found a way; doing nothing is one
/// @param problem why not, in the manager's own words
/// @param unknown names that neither the host nor a repository has
/// @param similar names that somebody may have meant instead
/// @param download how much is to be fetched
/// @param diskDelta by how much the disk fills; negative when space becomes free
/// @param running units of the touched packages that run now
/// @param notes what the manager said besides
/// @param words what the manager is told to do, to carry this plan out
/// @param hash SHA-256 over what would be done and to which package files
/// @param undoes the transaction that would be taken back
/// @param listsAt when the host last fetched its package lists, by its own clock
/// @param askedAt when it was asked, by its own clock
public record PackageSolution(
        @Means(en = "solvable", zh = "可行") boolean solvable,
        @Means(en = "problem", zh = "问题") Optional<HostText> problem,
        @Means(en = "unknown names", zh = "未知名称") List<HostText> unknown,
        @Means(en = "similar names", zh = "相近名称") List<HostText> similar,
        @Means(en = "actions", zh = "变更") List<PlannedAction> actions,
        @Means(en = "download", zh = "下载量") Optional<Bytes> download,
        @Means(en = "disk (bytes)", zh = "磁盘变化（字节）") Optional<Long> diskDelta,
        @Means(en = "running units", zh = "运行中的单元") List<Running> running,
        @Means(en = "notes", zh = "说明") List<HostText> notes,
        @Means(en = "command words", zh = "命令参数") List<HostText> words,
        @Means(en = "hash", zh = "哈希") HostText hash,
        @Means(en = "undoes", zh = "撤销对象") Optional<Undone> undoes,
        @Means(en = "lists of", zh = "列表时间") Optional<Instant> listsAt,
        @Means(en = "asked at", zh = "查询时间") Instant askedAt) {
    /// How much of a hash stands in a command: enough to find it, short enough to read.
    private static final int MARK = 16;

    /// A unit that runs, and the package it came with.
    public record Running(
            @Means(en = "unit", zh = "单元") HostText unit,
            @Means(en = "package", zh = "软件包") HostText name) {
        public Running {
            requireNonNull(unit, "unit is null");
            requireNonNull(name, "name is null");
        }
    }

    /// A past transaction.
    public record Undone(
            @Means(en = "id", zh = "编号") HostText id,
            @Means(en = "start", zh = "开始") Instant start,
            @Means(en = "command line", zh = "命令行") HostText command) {
        public Undone {
            requireNonNull(id, "id is null");
            requireNonNull(start, "start is null");
            requireNonNull(command, "command is null");
        }
    }

    public PackageSolution {
        requireNonNull(problem, "problem is null");
        unknown = List.copyOf(unknown);
        similar = List.copyOf(similar);
        actions = List.copyOf(actions);
        requireNonNull(download, "download is null");
        requireNonNull(diskDelta, "diskDelta is null");
        running = List.copyOf(running);
        notes = List.copyOf(notes);
        words = List.copyOf(words);
        requireNonNull(hash, "hash is null");
        requireNonNull(undoes, "undoes is null");
        requireNonNull(listsAt, "listsAt is null");
        requireNonNull(askedAt, "askedAt is null");
    }

    /// What marks the transaction of this plan in the manager's own history.
    String mark() {
        return hash.value().substring(0, Math.min(MARK, hash.value().length()));
    }

    List<PlannedAction> takenAway() {
        return actions.stream().filter(action -> action.op().takesAway()).toList();
    }

    Set<String> units() {
        return running.stream().map(one -> one.unit().value()).collect(Collectors.toSet());
    }

    /// Whether the old version of each package that had one is still offered.
    boolean hasWayBack() {
        return actions.stream()
                .filter(action -> action.from().isPresent())
                .allMatch(action -> action.wayBack().orElse(false));
    }
}
