package parley.tools.diagnosis;

import parley.tools.Call;
import parley.tools.Clue;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Lead;
import parley.tools.catalogue.logs.LogFile;
import parley.tools.catalogue.packages.ManagerLocks;
import parley.tools.catalogue.packages.PackageCheck;
import parley.tools.catalogue.packages.PackageLockStatus;
import parley.tools.catalogue.packages.PackageRepair;
import parley.tools.catalogue.packages.PackagesState;
import parley.tools.catalogue.storage.DiskUsage;
import parley.tools.catalogue.storage.Filesystem;
import parley.tools.catalogue.supply.RepoCheck;
import parley.tools.catalogue.supply.RepositoryChecks;
import parley.tools.diagnosis.Case.Seen;
import parley.tools.value.AbsolutePath;
import parley.tools.value.Count;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Why packages cannot be installed or upgraded: the manager's lock, a full disk, packages that are
/// not whole, repositories that do not answer.
final class PackageBroken implements Diagnosis {
    private static final Pattern FAILED_UNITS = Pattern.compile("^failed units: ");
    private static final Pattern COMPLAINT =
            Pattern.compile("error|fail|cannot|no such|not found|unable", Pattern.CASE_INSENSITIVE);

    @Override
    public Symptom symptom() {
        return Symptom.PACKAGE_BROKEN;
    }

    private static Lead check(Case about) {
        return about.lead(new PackageCheck(), new PackageCheck.Arguments(Optional.empty()));
    }

    private static Lead locks(Case about) {
        return about.lead(new PackageLockStatus(), new PackageLockStatus.Arguments());
    }

    private static Lead repositories(Case about) {
        return about.lead(new RepoCheck(), new RepoCheck.Arguments(Optional.empty()));
    }

    /// What the scripts of packages printed when apt ran last.
    private static Lead scripts(Case about) {
        return about.lead(
                new LogFile(),
                new LogFile.Arguments(
                        new AbsolutePath("/var/log/apt/term.log"),
                        Optional.of(new Count(80)),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Override
    public List<Lead> leads(Case about) {
        List<Lead> leads =
                new ArrayList<>(
                        List.of(
                                locks(about),
                                check(about),
                                ServiceDown.disks(about),
                                repositories(about)));
        about.seen(check(about), PackagesState.class)
                .filter(PackageBroken::hasScripts)
                .ifPresent(ignored -> leads.add(scripts(about)));
        return leads;
    }

    /// Whether something is not whole on a host whose package manager keeps what scripts print.
    private static boolean hasScripts(Seen<PackagesState> seen) {
        return Borrowed.all(seen).stream().anyMatch(Conclusion::isCause)
                && seen.clue().captures().stream()
                        .anyMatch(one -> one.argv().program().startsWith("dpkg"));
    }

    /// Why the script of a package failed, as it said itself.
    private static Conclusion explained(Case about, Conclusion cause) {
        Optional<Clue> log = about.clue(scripts(about)).filter(clue -> clue.reading().isPresent());
        List<Finding.Lines> said =
                log.map(clue ->
                                clue.lines(400, "").stream()
                                        .filter(line -> complains(clue, line))
                                        .toList())
                        .orElse(List.of());
        if (said.isEmpty()) {
            return cause;
        }
        List<Finding.Lines> last = said.subList(Math.max(0, said.size() - 3), said.size());
        Citation citation = Citation.of(log.orElseThrow(), last);
        String words = String.join("", log.orElseThrow().text(last.getFirst())).strip();
        return cause.because("; when apt ran last, it said: " + words, "；apt 上次运行时的输出：" + words)
                .citing(citation);
    }

    private static boolean complains(Clue clue, Finding.Lines line) {
        return clue.text(line).stream().anyMatch(text -> COMPLAINT.matcher(text).find());
    }

    @Override
    public List<Conclusion> conclude(Case about) {
        return new Branches(about)
                .on(
                        locks(about),
                        ManagerLocks.class,
                        "a package manager that is busy",
                        "包管理器可能正忙",
                        seen -> locked(seen))
                .on(
                        ServiceDown.disks(about),
                        DiskUsage.Usage.class,
                        "a filesystem without room for packages",
                        "可能没有空间安装软件包",
                        seen -> room(about, seen))
                .on(
                        check(about),
                        PackagesState.class,
                        "packages that are not whole",
                        "可能有不完整的软件包",
                        seen -> whole(about, seen))
                .addAll(unexplained(about))
                .on(
                        repositories(about),
                        RepositoryChecks.class,
                        "repositories that do not answer or are not trusted",
                        "软件仓库可能无法访问或不受信任",
                        Borrowed::all)
                .conclusions();
    }

    private static List<Conclusion> unexplained(Case about) {
        return about.clue(scripts(about))
                .filter(clue -> clue.reading().isEmpty())
                .map(clue ->
                        List.of(
                                Conclusion.open(
                                        "why its script failed",
                                        "其脚本失败的原因",
                                        about.why(scripts(about)),
                                        clue)))
                .orElse(List.of());
    }

    private static List<Conclusion> locked(Seen<ManagerLocks> seen) {
        List<Conclusion> found = new ArrayList<>();
        for (Conclusion one : Borrowed.all(seen)) {
            found.add(
                    one.isCause()
                            ? one.advising(
                                            "wait for it; a lock file is never removed. When it"
                                                    + " hangs, see what it waits for",
                                            "等待其完成；绝不删除锁文件。若已卡住，先看它在等什么")
                                    .disproved(
                                            "nothing holds the lock at a second look",
                                            "再看一次时已无进程持有锁")
                            : one);
        }
        return found;
    }

    private static List<Conclusion> room(Case about, Seen<DiskUsage.Usage> seen) {
        List<Conclusion> found = new ArrayList<>();
        for (Filesystem one : seen.value().filesystems()) {
            boolean system =
                    List.of("/", "/var", "/usr", "/boot", "/tmp").contains(one.mount().value());
            if (system && DiskFull.isTight(one)) {
                found.add(
                        Conclusion.confirmed(
                                        Severity.CRITICAL,
                                        one.mount()
                                                + " has too little room for packages: "
                                                + one.usedPct()
                                                + " of its space used",
                                        one.mount() + " 空间不足以安装软件包：已用 " + one.usedPct(),
                                        Citation.of(seen.clue(), List.of(one.evidence())))
                                .proposing(Proposed.diagnosis(Symptom.DISK_FULL, about.host())));
            }
        }
        if (found.isEmpty()) {
            found.add(
                    Conclusion.fine(
                            "there is room where packages go",
                            "软件包所在的文件系统有空间",
                            Citation.of(seen.clue())));
        }
        return found;
    }

    private static List<Conclusion> whole(Case about, Seen<?> seen) {
        List<Conclusion> found = new ArrayList<>();
        for (Conclusion one : Borrowed.all(seen)) {
            found.add(
                    !one.isCause()
                            ? one
                            : FAILED_UNITS.matcher(one.statement().en()).find()
                                    ? failedUnits(about, one)
                                    : explained(about, one)
                                            .advising(
                                                    "what the repair would do is shown before"
                                                        + " anything runs; forcing, or editing the"
                                                        + " package database, is never the way",
                                                    "修复内容会在执行前展示；绝不使用强制选项，也绝不手工修改软件包数据库")
                                            .disproved(
                                                    "package.check calls it whole",
                                                    "package.check 认为其完整")
                                            .proposing(
                                                    new Call<>(new PackageRepair(), repair()),
                                                    about.host()));
        }
        return found;
    }

    /// The job that failed shows that there was trouble; mending packages does not start it.
    private static Conclusion failedUnits(Case about, Conclusion one) {
        return one.advising(
                        "see why it failed: it may be what broke the packages, or broken by them",
                        "查看其失败原因：可能是它弄坏了软件包，也可能是被软件包所累")
                .proposing(Proposed.diagnosis(Symptom.SERVICE_DOWN, about.host()));
    }

    private static PackageRepair.Arguments repair() {
        return new PackageRepair.Arguments(Optional.empty());
    }
}
