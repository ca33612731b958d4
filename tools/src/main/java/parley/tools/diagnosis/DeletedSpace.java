package parley.tools.diagnosis;

import parley.tools.Call;
import parley.tools.Finding.Severity;
import parley.tools.catalogue.services.ServiceRestart;
import parley.tools.catalogue.storage.DeletedFile;
import parley.tools.catalogue.storage.DiskDeletedOpen.DeletedOpen;
import parley.tools.catalogue.storage.DiskDeletedOpen.HeldSpace;
import parley.tools.catalogue.storage.Filesystem;
import parley.tools.diagnosis.Case.Seen;
import parley.tools.value.BadValue;
import parley.tools.value.Bytes;
import parley.tools.value.HostText;
import parley.tools.value.UnitName;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Space that `df` counts and `du` cannot find, because processes hold deleted files open.
final class DeletedSpace {
    /// Less is what every host has: libraries and logs that were replaced.
    private static final long WORTH_TELLING = 50L << 20;

    private static final double GRAVE_SHARE = 20;
    private static final int MOST_TOLD = 3;

    private DeletedSpace() {}

    static List<Conclusion> of(Case about, Seen<DeletedOpen> seen) {
        List<Conclusion> found = new ArrayList<>();
        seen.value().files().stream()
                .filter(one -> one.bytes().value() >= WORTH_TELLING)
                .limit(MOST_TOLD)
                .forEach(one -> found.add(held(about, one, seen)));
        if (found.isEmpty()) {
            found.add(
                    Conclusion.fine(
                            "deleted files that are still open keep "
                                    + seen.value().total()
                                    + " in all, which is little",
                            "仍被打开的已删除文件共占用 " + seen.value().total() + "，不多",
                            Citation.of(seen.clue())));
        }
        return found;
    }

    /// What deleted files keep of `filesystem`.
    static Optional<Bytes> on(Seen<DeletedOpen> seen, Filesystem filesystem) {
        return seen.value().mounts().stream()
                .filter(one -> one.mount().equals(filesystem.mount()))
                .map(HeldSpace::bytes)
                .findFirst();
    }

    private static Conclusion held(Case about, DeletedFile file, Seen<DeletedOpen> seen) {
        Optional<HeldSpace> space =
                seen.value().mounts().stream()
                        .filter(one -> file.mount().filter(one.mount()::equals).isPresent())
                        .findFirst();
        boolean grave =
                space.flatMap(HeldSpace::share)
                        .filter(share -> share.value() >= GRAVE_SHARE)
                        .isPresent();
        String unit = file.unit().map(HostText::value).orElse("");
        String on = file.mount().map(HostText::value).orElse("");
        Conclusion conclusion =
                Conclusion.confirmed(
                                grave ? Severity.CRITICAL : Severity.WARNING,
                                (unit.isEmpty() ? "a process" : unit)
                                        + " keeps "
                                        + file.bytes()
                                        + (on.isEmpty() ? "" : " of " + on)
                                        + " in a deleted file: "
                                        + file.cmd()
                                        + ", PID "
                                        + file.pid()
                                        + ", still has "
                                        + file.path()
                                        + " open; df counts it, du cannot find it",
                                (unit.isEmpty() ? "某进程" : unit)
                                        + " 通过已删除的文件占用"
                                        + (on.isEmpty() ? " " : " " + on + " 的 ")
                                        + file.bytes()
                                        + "："
                                        + file.cmd()
                                        + "（PID "
                                        + file.pid()
                                        + "）仍打开着 "
                                        + file.path()
                                        + "；df 会计入，du 找不到",
                                Citation.of(seen.clue(), List.of(file.evidence())))
                        .advising(
                                "the space comes back when the process closes the file: restart or"
                                    + " reload its unit; removing more files does not help. If it"
                                    + " was a log, its rotation lacks copytruncate or postrotate",
                                "进程关闭该文件后空间才会释放：重启或重新加载其单元；再删文件没有用。若是日志，说明轮转缺少"
                                        + " copytruncate 或 postrotate")
                        .disproved("df shows the same after the process is gone", "进程退出后 df 没有变化");
        return name(unit)
                .map(name ->
                        conclusion.proposing(
                                new Call<>(
                                        new ServiceRestart(),
                                        new ServiceRestart.Arguments(name, Optional.empty())),
                                about.host()))
                .orElse(conclusion);
    }

    private static Optional<UnitName> name(String unit) {
        try {
            return unit.isEmpty() ? Optional.empty() : Optional.of(new UnitName(unit));
        } catch (BadValue odd) {
            return Optional.empty();
        }
    }
}
