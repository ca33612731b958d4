package parley.tools.catalogue.packages;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Reading;
import parley.tools.read.HostTime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What [PackageLockStatus] says.
final class LockFindings {
    private LockFindings() {}

    static List<Finding> of(Reading<ManagerLocks> reading) {
        ManagerLocks value = reading.value();
        List<Finding> findings = new ArrayList<>();
        processes(value.holders()).forEach(locks -> findings.add(holder(locks)));
        value.services().forEach(one -> findings.add(service(one)));
        value.leftovers().forEach(one -> findings.add(leftover(one)));
        if (!value.busy()) {
            findings.add(
                    reading.status() == Reading.Status.PARTIAL
                            ? Finding.of(
                                    Severity.NOTICE,
                                    "no lock of the package manager is seen to be held, as far as"
                                            + " this login may see",
                                    "在当前登录用户可见的范围内，没有看到包管理器的锁被占用")
                            : Finding.of(
                                    Severity.HEALTHY,
                                    "nobody holds a lock of the package manager",
                                    "包管理器的锁没有被占用"));
        }
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    /// The locks that one process holds are one statement.
    private static Collection<List<ManagerLocks.Holder>> processes(
            List<ManagerLocks.Holder> holders) {
        Map<String, List<ManagerLocks.Holder>> processes = new LinkedHashMap<>();
        holders.forEach(one ->
                processes
                        .computeIfAbsent(one.pid() + " " + one.blocks(), _ -> new ArrayList<>())
                        .add(one));
        return processes.values();
    }

    private static Finding holder(List<ManagerLocks.Holder> locks) {
        ManagerLocks.Holder one = locks.getFirst();
        String names =
                locks.stream().map(lock -> lock.lock().value()).collect(Collectors.joining(", "));
        boolean several = locks.size() > 1;
        String who = one.command() + " (" + one.pid() + ")";
        Duration age = Duration.ofSeconds(one.ageS());
        String en =
                (one.ours() ? "Parley's own transaction, " : "")
                        + who
                        + one.unit().map(unit -> " of " + unit).orElse("")
                        + ", running for "
                        + since(age, false);
        String zh =
                (one.ours() ? "Parley 自己的事务：" : "")
                        + who
                        + one.unit().map(unit -> "，属于 " + unit).orElse("")
                        + "，已运行 "
                        + since(age, true);
        Bilingual says =
                one.blocks()
                        ? Bilingual.of(
                                names + (several ? " are held by " : " is held by ") + en,
                                names + " 被占用：" + zh)
                        : Bilingual.of(
                                "{0} has a lock that keeps nobody out, by {1}",
                                "{0} 上有一个不会阻塞他人的锁：{2}", names, en, zh);
        return new Finding(
                one.blocks() ? Severity.WARNING : Severity.NOTICE,
                says,
                locks.stream().map(ManagerLocks.Holder::line).distinct().toList());
    }

    private static String since(Duration age, boolean zh) {
        if (age.toMinutes() < 2) {
            return age.toSeconds() + (zh ? " 秒" : " s");
        }
        return zh ? HostTime.aboutZh(age) : HostTime.about(age);
    }

    private static Finding service(ManagerLocks.Service one) {
        boolean works = !one.state().value().endsWith("(exited)");
        String en =
                one.ours()
                        ? works
                                ? "a transaction of Parley's is running: "
                                : "a transaction of Parley's has ended and is not collected yet: "
                        : "works with packages by itself: ";
        String zh = one.ours() ? works ? "Parley 的事务正在运行：" : "Parley 的事务已结束，尚未回收：" : "自动处理软件包的服务：";
        return new Finding(
                Severity.NOTICE,
                Bilingual.of(
                        en + one.unit() + ", " + one.state(), zh + one.unit() + "，" + one.state()),
                List.of(one.line()));
    }

    private static Finding leftover(ManagerLocks.Leftover one) {
        Bilingual says =
                one.pid().isPresent()
                        ? Bilingual.of(
                                "{0} was left by process {1}, which is gone: dnf passes over it by"
                                        + " itself",
                                "{0} 是进程 {1} 遗留的，该进程已不存在：dnf 会自行忽略它", one.lock(), one.pid().get())
                        : Bilingual.of(
                                "{0} holds no process id: dnf refuses to work until an"
                                        + " administrator has seen to it",
                                "{0} 中没有进程号：在管理员处理之前 dnf 会拒绝工作", one.lock());
        return new Finding(
                one.pid().isPresent() ? Severity.NOTICE : Severity.WARNING,
                says,
                List.of(one.line()));
    }
}
