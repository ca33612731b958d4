package parley.tools.catalogue.services;

import parley.tools.Bilingual;
import parley.tools.Change.Proof;

import java.util.Optional;

/// Whether a unit that was to be started runs, and stays.
final class StartProof {
    private StartProof() {}

    static Proof of(Optional<UnitStatus> before, UnitStatus after) {
        Optional<Proof> down = UnitProof.notRunning(before, after);
        if (down.isPresent()) {
            return down.get();
        }
        return after.active() == UnitActive.INACTIVE
                ? UnitProof.ended(before.orElseThrow(), after)
                : UnitProof.unsteady(after).orElseGet(() -> running(after));
    }

    private static Proof running(UnitStatus after) {
        String pid = after.mainPid().map(number -> ", main process " + number).orElse("");
        String pidZh = after.mainPid().map(number -> "，主进程 " + number).orElse("");
        String state = after.active().word() + " (" + after.sub() + ")";
        String seconds = Long.toString(UnitProof.seconds(after));
        return new Proof(
                true,
                Bilingual.of(
                        "{0} was started and is stable: {1}, unchanged for {2} s{3}",
                        "{0} 已启动且稳定：{1}，{2} 秒内无变化{4}", after.unit(), state, seconds, pid, pidZh));
    }
}
