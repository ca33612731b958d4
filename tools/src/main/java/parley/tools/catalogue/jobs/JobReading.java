package parley.tools.catalogue.jobs;

import parley.tools.catalogue.jobs.JobState.Line;
import parley.tools.catalogue.jobs.JobState.State;
import parley.tools.catalogue.logs.JournalEntry;
import parley.tools.catalogue.services.ExitStatus;
import parley.tools.value.HostText;
import parley.tools.value.JobId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts together what the unit and the journal say of one transaction.
///
/// @param output what it printed, the oldest line first
/// @param boot the boot that is running, read when the unit is not this transaction's
/// @param wanted how many lines of output are shown
record JobReading(
        JobId id,
        JobUnit unit,
        JobJournal journal,
        List<JournalEntry> output,
        Optional<String> boot,
        long wanted) {
    private static final int MOST_COMPLAINTS = 10;

    /// systemd has it in its queue.
    static JobState starting(JobUnit unit) {
        return empty(
                Optional.empty(),
                State.RUNNING,
                JobJournal.what(unit.description()),
                JobJournal.holder(unit.description()));
    }

    /// There never was one.
    static JobState none() {
        return empty(Optional.empty(), State.NONE, Optional.empty(), Optional.empty());
    }

    private static JobState empty(
            Optional<HostText> id,
            State state,
            Optional<HostText> what,
            Optional<HostText> holder) {
        return new JobState(
                id,
                state,
                what,
                holder,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Progress.NONE,
                false,
                List.of(),
                List.of(),
                false);
    }

    JobState state() {
        boolean present = unit.id().filter(id::equals).isPresent();
        State state = present ? ofUnit() : ofJournal();
        Optional<String> description = present ? unit.description() : journal.description();
        List<String> lines = new ArrayList<>();
        List<Line> shown = new ArrayList<>();
        for (JournalEntry entry : output) {
            String line = line(entry.message().value());
            lines.add(line);
            if (!ProgressLines.isOnlyProgress(line)) {
                shown.add(new Line(entry.time(), new HostText(line)));
            }
        }
        int from = (int) Math.max(0, shown.size() - wanted);
        boolean cut = output.size() > Math.max(200, wanted);
        return new JobState(
                Optional.of(new HostText(id.value())),
                state,
                JobJournal.what(description),
                JobJournal.holder(description),
                journal.begun().or(() -> present ? unit.started() : Optional.empty()),
                ended(present, state),
                exit(present, state),
                progress(state, ProgressLines.of(lines)),
                present && state != State.RUNNING,
                Complaints.of(lines, MOST_COMPLAINTS),
                shown.subList(from, shown.size()),
                from > 0 || cut);
    }

    /// How far ended work came is worth a word; its percentage is not.
    private static Progress progress(State state, Progress read) {
        return switch (state) {
            case RUNNING -> read;
            case OK, NONE -> Progress.NONE;
            case FAILED, STOPPED, INTERRUPTED, LOST ->
                    new Progress(read.phase(), read.subject(), Optional.empty());
        };
    }

    private State ofUnit() {
        if (unit.isRunning() || unit.queued()) {
            return State.RUNNING;
        }
        if (unit.hasFinished()) {
            return State.OK;
        }
        return journal.stopped().isPresent() ? State.STOPPED : State.FAILED;
    }

    /// The unit is gone. An entry of its end decides; without one it went down with the host, or
    /// nothing is known.
    private State ofJournal() {
        if (journal.finished().isPresent()) {
            return State.OK;
        }
        if (journal.stopped().isPresent()) {
            return State.STOPPED;
        }
        if (journal.failed().isPresent() || journal.exit().isPresent()) {
            return State.FAILED;
        }
        boolean otherBoot =
                boot.isPresent()
                        && journal.boot().filter(one -> !one.equals(boot.get())).isPresent();
        return otherBoot ? State.INTERRUPTED : State.LOST;
    }

    private Optional<Instant> ended(boolean present, State state) {
        return switch (state) {
            case RUNNING, LOST, NONE, INTERRUPTED -> Optional.empty();
            case OK -> journal.finished().or(() -> present ? unit.ended() : Optional.empty());
            case FAILED -> journal.failed().or(() -> present ? unit.ended() : Optional.empty());
            case STOPPED -> journal.stopped();
        };
    }

    private Optional<ExitStatus> exit(boolean present, State state) {
        return switch (state) {
            case RUNNING, LOST, NONE, INTERRUPTED -> Optional.empty();
            case OK -> Optional.of(new ExitStatus(ExitStatus.How.EXITED, 0));
            case FAILED, STOPPED ->
                    journal.exit().or(() -> present ? unit.exit() : Optional.empty());
        };
    }

    /// A line as it stood last: programs rewrite a line after a carriage return.
    private static String line(String message) {
        String text = message.stripTrailing();
        return text.substring(text.lastIndexOf('\r') + 1);
    }
}
