package parley.tools.catalogue.jobs;

import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.catalogue.services.ExitStatus;
import parley.tools.read.HostTime;
import parley.tools.read.KeyValues;
import parley.tools.value.JobId;

import java.time.Instant;
import java.util.Optional;

/// What `systemctl show` says of `parley-tx.service`.
///
/// @param loaded whether the unit is there at all; all else means nothing without
record JobUnit(
        boolean loaded,
        String active,
        String sub,
        boolean queued,
        Optional<JobId> id,
        Optional<String> description,
        Optional<Instant> started,
        Optional<Instant> ended,
        Optional<ExitStatus> exit) {
    static final String PROPERTIES =
            "Description,LoadState,ActiveState,SubState,Job,Result,ExecMainCode,ExecMainStatus"
                    + ",ExecMainStartTimestamp,ExecMainExitTimestamp,InvocationID";

    static JobUnit read(Capture show) throws Unreadable {
        KeyValues block = KeyValues.only(show.readable());
        boolean loaded = block.text("LoadState").equals("loaded");
        Optional<String> id = block.find("InvocationID");
        if (id.filter(text -> !text.matches("[0-9a-f]{32}")).isPresent()) {
            throw block.unreadable("InvocationID", "32 hexadecimal digits");
        }
        return new JobUnit(
                loaded,
                block.text("ActiveState"),
                block.text("SubState"),
                block.find("Job").filter(job -> !job.equals("0")).isPresent(),
                id.filter(text -> loaded).map(JobId::new),
                block.find("Description").filter(text -> loaded),
                HostTime.ofSystemd(block, "ExecMainStartTimestamp"),
                HostTime.ofSystemd(block, "ExecMainExitTimestamp"),
                loaded ? exit(block) : Optional.empty());
    }

    private static Optional<ExitStatus> exit(KeyValues block) throws Unreadable {
        long code = block.number("ExecMainCode").orElse(0L);
        long status = block.number("ExecMainStatus").orElse(0L);
        if (code == 0) {
            return Optional.empty();
        }
        if (status > 255) {
            throw block.unreadable("ExecMainStatus", "a number up to 255");
        }
        return Optional.of(new ExitStatus(how(block, code), (int) status));
    }

    /// The numbers of `siginfo_t.si_code`.
    private static ExitStatus.How how(KeyValues block, long code) throws Unreadable {
        if (code == 1) {
            return ExitStatus.How.EXITED;
        }
        if (code == 2) {
            return ExitStatus.How.KILLED;
        }
        if (code == 3) {
            return ExitStatus.How.DUMPED;
        }
        throw block.unreadable("ExecMainCode", "1, 2 or 3");
    }

    /// systemd has accepted it and not begun it yet.
    boolean isStarting() {
        return loaded && queued && id.isEmpty();
    }

    boolean isRunning() {
        return loaded
                && switch (active) {
                    case "activating", "deactivating", "reloading" -> true;
                    case "active" -> !sub.equals("exited");
                    default -> false;
                };
    }

    boolean hasFailed() {
        return loaded && active.equals("failed");
    }

    boolean hasFinished() {
        return loaded && active.equals("active") && sub.equals("exited");
    }
}
