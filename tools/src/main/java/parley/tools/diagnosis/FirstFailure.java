package parley.tools.diagnosis;

import parley.tools.Finding.Severity;
import parley.tools.Lead;
import parley.tools.catalogue.host.HostIdentify;
import parley.tools.catalogue.host.HostIdentify.Identity;
import parley.tools.catalogue.logs.KernelLog;
import parley.tools.catalogue.logs.KernelMessages;
import parley.tools.catalogue.logs.LogJournal;
import parley.tools.catalogue.logs.LogJournal.Journal;
import parley.tools.catalogue.logs.Priority;
import parley.tools.catalogue.storage.DiskUsage;
import parley.tools.value.Count;
import parley.tools.value.SearchText;
import parley.tools.value.Since;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What failed first on a host in the last two hours, and when exactly by this machine's clock, so
/// that several hosts that are asked the same can be put into one order ([Chain]).
final class FirstFailure implements Diagnosis {
    static final String WINDOW = "2h";
    private static final long MOST_LINES = 1000;

    /// Looked for by themselves where a journal says too much to be read whole.
    private static final List<String> TELLING =
            List.of("no space left", "connection refused", "out of memory", "timed out");

    @Override
    public Symptom symptom() {
        return Symptom.FIRST_FAILURE;
    }

    static Lead clock(Case about) {
        return about.lead(new HostIdentify(), new HostIdentify.Arguments());
    }

    static Lead kernel(Case about) {
        return about.lead(
                new KernelLog(),
                new KernelLog.Arguments(Optional.of(new Since(WINDOW)), Optional.empty()));
    }

    private static Lead journal(
            Case about, Optional<Priority> priority, Optional<SearchText> contains) {
        return about.lead(
                new LogJournal(),
                new LogJournal.Arguments(
                        Optional.empty(),
                        Optional.of(new Since(WINDOW)),
                        Optional.empty(),
                        priority,
                        Optional.empty(),
                        Optional.of(new Count(MOST_LINES)),
                        contains,
                        Optional.empty()));
    }

    private static Lead everything(Case about) {
        return journal(about, Optional.empty(), Optional.empty());
    }

    /// All that says what happened in the journal: everything, and where that is too much, errors
    /// and what has telling words.
    static List<Lead> journals(Case about) {
        List<Lead> leads = new ArrayList<>(List.of(everything(about)));
        boolean tooMuch =
                about.seen(everything(about), Journal.class)
                        .filter(seen -> seen.value().more())
                        .isPresent();
        if (tooMuch) {
            leads.add(journal(about, Optional.of(Priority.ERR), Optional.empty()));
            TELLING.stream()
                    .map(words ->
                            journal(about, Optional.empty(), Optional.of(new SearchText(words))))
                    .forEach(leads::add);
        }
        return leads;
    }

    @Override
    public List<Lead> leads(Case about) {
        List<Lead> leads =
                new ArrayList<>(List.of(clock(about), kernel(about), ServiceDown.disks(about)));
        leads.addAll(journals(about));
        return leads;
    }

    @Override
    public List<Conclusion> conclude(Case about) {
        Branches branches = new Branches(about);
        boolean dated = about.seen(clock(about), Identity.class).isPresent();
        if (!dated) {
            branches.add(
                    Conclusion.open(
                            "when things happened here by this machine's clock",
                            "按本机时钟无法确定事件发生的时间",
                            about.why(clock(about))));
        }
        Failures failures = new Failures(about);
        branches.addAll(failures.conclusions());
        for (Lead lead : journals(about)) {
            branches.on(
                    lead,
                    Journal.class,
                    "a failure that the journal tells of",
                    "日志中可能有故障记录",
                    failures::quiet);
        }
        branches.on(
                kernel(about),
                KernelMessages.class,
                "a failure that the kernel tells of",
                "内核可能报告过故障",
                seen -> Borrowed.of(seen, one -> one.severity() == Severity.HEALTHY));
        return branches.on(
                        ServiceDown.disks(about),
                        DiskUsage.Usage.class,
                        "a full filesystem",
                        "可能有文件系统已满",
                        failures::disks)
                .conclusions();
    }
}
