package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.read.WholeLines;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How `dnf` and `rpm` are called to look and never to fetch: `-C` answers from what the host has
/// already downloaded.
public final class Dnf {
    /// What dnf exits with when it may not wait for its lock.
    static final int LOCKED = 200;

    private static final Duration TIME_LIMIT = Duration.ofMinutes(1);
    private static final String NO_CACHE = "Cache-only enabled but no cache";

    private Dnf() {}

    /// `dnf -C` with these words. Exit 1 is left to [#lacksCache].
    public static Argv cached(String... words) {
        List<String> all =
                new ArrayList<>(List.of("dnf", "-q", "-C", "--setopt=exit_on_lock=True"));
        all.addAll(List.of(words));
        return Argv.of(all)
                .betterAsRoot()
                .within(TIME_LIMIT)
                .keeping(1024 * 1024)
                .alsoReadableWhenExit(1);
    }

    /// The form of [#cached] with these words.
    public static RootCommand rootCommand(String words) {
        return RootCommand.of("dnf -q -C --setopt=exit_on_lock=True " + words);
    }

    /// Whether the host never downloaded the lists of a repository; any other failure is refused.
    public static boolean lacksCache(Capture capture) throws Unreadable {
        sound(capture);
        if (capture.exit() == 0) {
            return false;
        }
        boolean silent = capture.stdout().isBlank();
        if (capture.exit() == 1 && silent && capture.stderr().contains(NO_CACHE)) {
            return true;
        }
        if (capture.exit() == LOCKED) {
            throw new Unreadable(busy());
        }
        String said =
                capture.stderr()
                        .lines()
                        .filter(line -> line.startsWith("Error"))
                        .findFirst()
                        .orElse("");
        throw new Unreadable(
                Bilingual.of(
                        "dnf ended with exit code {0}: {1}",
                        "dnf 退出码 {0}：{1}", capture.exit(), said));
    }

    /// Refuses what a broken database of installed packages says: rpm then calls everything "not
    /// installed" and even exits with 0, and only complains on standard error.
    ///
    /// @throws Unreadable with the first complaint
    public static Capture sound(Capture capture) throws Unreadable {
        Optional<String> complaint =
                capture.stderr()
                        .lines()
                        .filter(line -> line.startsWith("error: "))
                        .filter(line -> !line.startsWith("error: file "))
                        .findFirst();
        if (complaint.isPresent()) {
            String program = capture.argv().program();
            throw new Unreadable(
                    Bilingual.of(
                            "{0} cannot read the package database: {1}",
                            "{0} 无法读取软件包数据库：{1}", program, complaint.get()));
        }
        return capture;
    }

    static Bilingual busy() {
        return Bilingual.of(
                "dnf is busy: another process holds its lock; package.lock_status says which",
                "dnf 正被占用：另一个进程持有锁；可用 package.lock_status 查看是谁");
    }

    public static Bilingual noCache() {
        return Bilingual.of(
                "dnf has no package lists on this host, so what is offered is unknown; check"
                        + " its repositories (repo.check), which fetches them",
                "该主机上 dnf 没有软件包列表，无法得知可用版本；请先检查其软件源（repo.check），这会取回列表");
    }

    /// Rows of columns parted by `|`; the last may itself hold one.
    public static List<List<String>> rows(Capture capture, int columns) throws Unreadable {
        List<List<String>> rows = new ArrayList<>();
        List<String> lines = WholeLines.of(capture);
        for (int index = 0; index < lines.size(); index++) {
            List<String> row = List.of(lines.get(index).split("\\|", columns));
            if (row.size() != columns) {
                throw Unreadable.line(
                        capture.argv(), index + 1, columns + " columns", lines.get(index));
            }
            rows.add(row);
        }
        return rows;
    }

    /// The version in three of a row's columns.
    static RpmVersion version(Capture capture, List<String> row, int epoch) throws Unreadable {
        String number = row.get(epoch);
        if (!number.matches("[0-9]{1,9}")) {
            throw Unreadable.line(capture.argv(), 1, "an epoch", String.join("|", row));
        }
        return new RpmVersion(Long.parseLong(number), row.get(epoch + 1), row.get(epoch + 2));
    }
}
