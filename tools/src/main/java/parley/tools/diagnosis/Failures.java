package parley.tools.diagnosis;

import parley.tools.Finding.Severity;
import parley.tools.catalogue.host.HostIdentify.Identity;
import parley.tools.catalogue.logs.JournalEntry;
import parley.tools.catalogue.logs.KernelEvent;
import parley.tools.catalogue.logs.KernelMessages;
import parley.tools.catalogue.logs.LogJournal.Journal;
import parley.tools.catalogue.storage.DiskUsage;
import parley.tools.catalogue.storage.Filesystem;
import parley.tools.diagnosis.Case.Seen;
import parley.tools.value.HostText;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What one host's journal and kernel tell of failures, as the newest incident: the earliest of
/// each kind since there was quiet for a while.
final class Failures {
    private static final int MOST_TOLD = 4;

    /// Who logs what people do there, ourselves included: words in it prove nothing.
    private static final Set<String> WITNESSES =
            Set.of("sudo", "su", "sshd", "CRON", "crond", "systemd-logind", "audit", "kernel");

    private static final List<String> UNIT_FAILED =
            List.of("Failed with result", "Failed to start", "Main process exited");

    private final Case about;
    private final List<Failure> incident;

    Failures(Case about) {
        this.about = about;
        List<Failure> all = new ArrayList<>();
        FirstFailure.journals(about).stream()
                .flatMap(lead -> about.seen(lead, Journal.class).stream())
                .forEach(seen -> journal(seen, all));
        about.seen(FirstFailure.kernel(about), KernelMessages.class)
                .ifPresent(seen -> kernel(seen, all));
        all.sort(Comparator.comparing(Failure::time));
        incident = newest(all);
    }

    private static void journal(Seen<Journal> seen, List<Failure> all) {
        UnitLog log = UnitLog.of(seen);
        for (JournalEntry entry : seen.value().entries()) {
            String message = entry.message().value();
            boolean known = all.stream().anyMatch(one -> one.isSame(entry));
            if (known || WITNESSES.contains(entry.identifier().value())) {
                continue;
            }
            Optional<Sign> sign =
                    Arrays.stream(Sign.values()).filter(one -> one.isIn(message)).findFirst();
            boolean failed =
                    entry.identifier().value().equals("systemd")
                            && UNIT_FAILED.stream().anyMatch(message::contains);
            if (sign.isPresent() || failed) {
                all.add(new Failure(entry.time(), who(entry), message, sign, log.cite(entry)));
            }
        }
    }

    private static String who(JournalEntry entry) {
        return entry.unit()
                .map(HostText::value)
                .filter(unit -> unit.endsWith(".service"))
                .orElse(entry.identifier().value());
    }

    private static void kernel(Seen<KernelMessages> seen, List<Failure> all) {
        for (KernelEvent event : seen.value().events()) {
            if (event.severity().compareTo(Severity.NOTICE) < 0) {
                String message = event.sample().value();
                Optional<Sign> sign =
                        Arrays.stream(Sign.values()).filter(one -> one.isIn(message)).findFirst();
                all.add(
                        new Failure(
                                event.first(),
                                "kernel",
                                message,
                                sign,
                                Citation.of(seen.clue(), message)));
            }
        }
    }

    private static List<Failure> newest(List<Failure> all) {
        int from = Math.max(0, all.size() - 1);
        while (from > 0
                && !all.get(from - 1)
                        .time()
                        .plus(Chain.SAME_INCIDENT)
                        .isBefore(all.get(from).time())) {
            from--;
        }
        return all.subList(from, all.size());
    }

    /// The earliest of each kind, in the order of time.
    List<Conclusion> conclusions() {
        List<Failure> told = new ArrayList<>();
        for (Failure one : incident) {
            if (told.size() < MOST_TOLD
                    && told.stream().noneMatch(known -> known.sign().equals(one.sign()))) {
                told.add(one);
            }
        }
        Optional<Seen<Identity>> clock = about.seen(FirstFailure.clock(about), Identity.class);
        List<Conclusion> all = new ArrayList<>();
        for (Failure one : told) {
            Severity severity = all.isEmpty() ? Severity.CRITICAL : Severity.WARNING;
            all.add(one.conclusion(about, severity, clock));
        }
        return all;
    }

    /// What of a journal without any failure can be said.
    List<Conclusion> quiet(Seen<Journal> seen) {
        return incident.isEmpty()
                ? List.of(
                        Conclusion.fine(
                                "none of "
                                        + seen.value().entries().size()
                                        + " entries of the journal since "
                                        + FirstFailure.WINDOW
                                        + " ago tells of a failure",
                                "最近 "
                                        + FirstFailure.WINDOW
                                        + " 的 "
                                        + seen.value().entries().size()
                                        + " 条日志都没有故障记录",
                                Citation.of(seen.clue())))
                : List.of();
    }

    /// Filesystems that are full now: what was written of space before still holds.
    List<Conclusion> disks(Seen<DiskUsage.Usage> seen) {
        List<Conclusion> found = new ArrayList<>();
        for (Filesystem one : seen.value().filesystems()) {
            boolean noRoom =
                    one.usedPct().value() >= DiskFull.FULL || DiskFull.inodes(one) >= DiskFull.FULL;
            if (noRoom) {
                found.add(
                        Conclusion.confirmed(
                                        Severity.WARNING,
                                        one.mount()
                                                + " is full now: "
                                                + one.usedPct()
                                                + " of its space is used",
                                        one.mount() + " 现在已满：空间已用 " + one.usedPct(),
                                        Citation.of(seen.clue(), List.of(one.evidence())))
                                .proposing(Proposed.diagnosis(Symptom.DISK_FULL, about.host())));
            }
        }
        return found.isEmpty()
                ? List.of(
                        Conclusion.fine(
                                "no filesystem is full", "没有文件系统已满", Citation.of(seen.clue())))
                : found;
    }

    /// One line that tells of a failure.
    ///
    /// @param time by the host's clock
    /// @param sign empty where systemd says that a unit failed
    private record Failure(
            Instant time, String who, String message, Optional<Sign> sign, Citation citation) {
        boolean isSame(JournalEntry entry) {
            return time.equals(entry.time()) && message.equals(entry.message().value());
        }

        Conclusion conclusion(Case about, Severity severity, Optional<Seen<Identity>> clock) {
            String said = message.length() <= 200 ? message : message.substring(0, 200) + "…";
            Moment moment = Moment.of(time, clock);
            Conclusion told =
                    Conclusion.confirmed(
                                    severity,
                                    who + " failed at " + moment.en() + ": “" + said + "”",
                                    who + " 于 " + moment.zh() + " 出错：“" + said + "”",
                                    citation)
                            .disproved(
                                    "something failed before that where nobody looked",
                                    "在没有查看的地方更早就有故障")
                            .proposing(next(about));
            return moment.onset().map(told::since).orElse(told);
        }

        private Proposed next(Case about) {
            return Proposed.diagnosis(
                    switch (sign.orElse(Sign.NO_FILE)) {
                        case NO_SPACE -> Symptom.DISK_FULL;
                        case OUT_OF_MEMORY -> Symptom.OOM;
                        case NO_NAME -> Symptom.DNS;
                        case NO_PEER -> Symptom.PORT_UNREACHABLE;
                        case PORT_TAKEN,
                                TOO_MANY_FILES,
                                NO_LIBRARY,
                                BAD_CONFIGURATION,
                                NO_USER,
                                DEPENDENCY,
                                NO_PERMISSION,
                                NO_FILE,
                                NO_LOGIN ->
                                Symptom.SERVICE_DOWN;
                    },
                    about.host(),
                    who);
        }
    }
}
