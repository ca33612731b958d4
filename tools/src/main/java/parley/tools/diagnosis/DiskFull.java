package parley.tools.diagnosis;

import parley.tools.Finding.Severity;
import parley.tools.Lead;
import parley.tools.catalogue.storage.DiskUsage;
import parley.tools.catalogue.storage.Filesystem;
import parley.tools.diagnosis.Case.Seen;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Why something says that there is no space left.
final class DiskFull implements Diagnosis {
    private static final double FULL = 95;

    @Override
    public Symptom symptom() {
        return Symptom.DISK_FULL;
    }

    private static Lead usage(Case about) {
        return about.lead(new DiskUsage(), new DiskUsage.Arguments(Optional.empty()));
    }

    @Override
    public List<Lead> leads(Case about) {
        return List.of(usage(about));
    }

    @Override
    public List<Conclusion> conclude(Case about) {
        return new Branches(about)
                .on(
                        usage(about),
                        DiskUsage.Usage.class,
                        "a full filesystem",
                        "文件系统已满",
                        DiskFull::full)
                .conclusions();
    }

    private static List<Conclusion> full(Seen<DiskUsage.Usage> seen) {
        List<Conclusion> found = new ArrayList<>();
        for (Filesystem one : seen.value().filesystems()) {
            if (one.usedPct().value() >= FULL) {
                found.add(
                        Conclusion.confirmed(
                                Severity.CRITICAL,
                                one.mount() + " is full: " + one.usedPct() + " used",
                                one.mount() + " 已满：已用 " + one.usedPct(),
                                Citation.of(seen.clue(), List.of(one.evidence()))));
            }
        }
        if (found.isEmpty()) {
            found.add(
                    Conclusion.fine(
                            "no filesystem is full", "没有已满的文件系统", Citation.of(seen.clue())));
        }
        return found;
    }
}
