package parley.tools.catalogue.services;

import parley.tools.Bilingual;
import parley.tools.Change.Proof;

import java.util.Optional;

/// Whether a unit that was to be stopped is down, stays down, and left nothing behind.
final class StopProof {
    private StopProof() {}

    static Proof of(UnitStatus after, Optional<ServiceDeps.Deps> deps) {
        String state = after.active().word() + " (" + after.sub() + ")";
        if (after.active().isUp()) {
            String names = UnitImpact.names(after.triggeredBy());
            return names.isEmpty()
                    ? UnitProof.failed(after, "is still " + state, "仍为 " + state)
                    : UnitProof.failed(
                            after,
                            "is " + state + " again; " + names + " can start it",
                            "又变为 " + state + "；" + names + " 会启动它");
        }
        if (after.active() == UnitActive.DEACTIVATING) {
            return UnitProof.failed(after, "is still stopping", "仍在停止中");
        }
        long left = deps.map(ServiceDeps.Deps::processes).orElse(0L);
        if (left > 0) {
            return UnitProof.failed(
                    after,
                    "is " + state + ", but left " + left + " processes behind",
                    "已为 " + state + "，但遗留了 " + left + " 个进程");
        }
        boolean badly = after.active() == UnitActive.FAILED;
        Bilingual reason = UnitReason.of(after);
        return new Proof(
                true,
                Bilingual.of(
                        after.unit()
                                + " is stopped and stays so: "
                                + state
                                + (badly ? "; it did not end well: " + reason.en() : ""),
                        after.unit()
                                + " 已停止且保持停止："
                                + state
                                + (badly ? "；但结束得不正常：" + reason.zh() : "")));
    }
}
