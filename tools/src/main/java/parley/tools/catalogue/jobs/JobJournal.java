package parley.tools.catalogue.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Platform;
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.catalogue.logs.JournalLines;
import parley.tools.catalogue.services.ExitStatus;
import parley.tools.read.JsonLines;
import parley.tools.value.HostText;
import parley.tools.value.JobId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What systemd itself wrote into the journal about one transaction: it stays there after the unit
/// is gone and after a reboot.
///
/// Only entries of process 1 count: anybody may write into the journal that a unit did this or
/// that, but nobody else can sign as systemd.
///
/// @param begun when systemd began it; empty when that entry is gone
/// @param description of the unit
/// @param finished when it ended with exit code 0
/// @param exit how its program ended, when not with 0
/// @param result systemd's word for a failure: `exit-code`, `signal`, `oom-kill`
/// @param failed when it ended otherwise
/// @param stopped when it was stopped on request, or cleared away after its end
/// @param boot the boot it ran in
record JobJournal(
        Optional<Instant> begun,
        Optional<String> description,
        Optional<Instant> finished,
        Optional<ExitStatus> exit,
        Optional<String> result,
        Optional<Instant> failed,
        Optional<Instant> stopped,
        Optional<String> boot) {
    private static final long MOST_ENTRIES = 60;

    /// systemd's message ids, the same in every version and language (systemd.directives(7)).
    private static final String STARTING = "7d4958e842da4a758f6c1cdc7b36dcc5";

    private static final String STARTED = "39f53479d3a045ac8e11786248231fbf";
    private static final String EXITED = "98e322203f7a4ed290d09fe03c09fe15";
    private static final String FAILED = "d9b373ed55a64feb8242e02dbe79a49c";
    private static final String STOPPED = "9d1aaa27d60140bd96365438aad20286";

    /// The entry that tells the newest transaction's id.
    static Argv newest(Platform platform) {
        return entries(1, "_PID=1", "UNIT=" + Transaction.UNIT, "JOB_TYPE=start")
                .plus(fields(platform));
    }

    /// What systemd wrote about this transaction.
    static Argv own(Platform platform, JobId id) {
        return entries(MOST_ENTRIES, "_PID=1", "INVOCATION_ID=" + id).plus(fields(platform));
    }

    /// What the transaction printed, by a field that only the journal itself can set.
    static Argv output(Platform platform, JobId id, long lines) {
        return JournalLines.newest(platform, lines, List.of("_SYSTEMD_INVOCATION_ID=" + id));
    }

    private static Argv entries(long most, String... conditions) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "journalctl",
                                "--no-pager",
                                "--output=json",
                                "--all",
                                "--reverse",
                                "--lines=" + most));
        words.addAll(List.of(conditions));
        return Argv.of(words).betterAsRoot();
    }

    private static final String FIELDS =
            " {{--quiet||--output-fields=MESSAGE,MESSAGE_ID,INVOCATION_ID,JOB_TYPE,JOB_RESULT"
                    + ",EXIT_CODE,EXIT_STATUS,UNIT_RESULT}}";

    static List<RootCommand> rootCommands() {
        String begin =
                "journalctl --no-pager --output=json --all --reverse --lines=<number> _PID=1 ";
        return List.of(
                RootCommand.of(begin + "UNIT=parley-tx.service JOB_TYPE=start" + FIELDS),
                RootCommand.of(begin + "INVOCATION_ID=<mark>" + FIELDS),
                JournalLines.rootCommand("_SYSTEMD_INVOCATION_ID=<mark>"),
                JournalLines.rootVolume());
    }

    private static String fields(Platform platform) {
        return platform.systemdVersion() >= Transaction.LEAST_SYSTEMD
                ? "--output-fields=MESSAGE,MESSAGE_ID,INVOCATION_ID,JOB_TYPE,JOB_RESULT,EXIT_CODE"
                        + ",EXIT_STATUS,UNIT_RESULT"
                : "--quiet";
    }

    /// The id in the capture of [#newest].
    static Optional<JobId> id(Capture newest) throws Unreadable {
        if (isBlank(newest)) {
            return Optional.empty();
        }
        String id = JsonLines.objects(newest).getFirst().path("INVOCATION_ID").asText();
        if (!id.matches("[0-9a-f]{32}")) {
            throw Unreadable.line(newest.argv(), 1, "an INVOCATION_ID", id);
        }
        return Optional.of(new JobId(id));
    }

    private static boolean isBlank(Capture journal) throws Unreadable {
        return journal.readable().stdout().isBlank()
                || journal.stdout().strip().equals("-- No entries --");
    }

    /// Reads the capture of [#own].
    static JobJournal read(Capture own) throws Unreadable {
        Found found = new Found();
        if (!isBlank(own)) {
            List<ObjectNode> entries = JsonLines.objects(own);
            for (int index = entries.size(); index > 0; index--) {
                found.take(own.argv(), index, entries.get(index - 1));
            }
        }
        return new JobJournal(
                found.begun,
                found.description,
                found.finished,
                found.exit,
                found.result,
                found.failed,
                found.stopped,
                found.boot);
    }

    private static final class Found {
        private Optional<Instant> begun = Optional.empty();
        private Optional<String> description = Optional.empty();
        private Optional<Instant> finished = Optional.empty();
        private Optional<ExitStatus> exit = Optional.empty();
        private Optional<String> result = Optional.empty();
        private Optional<Instant> failed = Optional.empty();
        private Optional<Instant> stopped = Optional.empty();
        private Optional<String> boot = Optional.empty();

        private void take(Argv argv, int line, ObjectNode entry) throws Unreadable {
            String micros = entry.path("__REALTIME_TIMESTAMP").asText();
            if (!micros.matches("[0-9]{1,18}")) {
                throw Unreadable.line(argv, line, "__REALTIME_TIMESTAMP", micros);
            }
            Instant time = Instant.ofEpochMilli(Long.parseLong(micros) / 1000);
            boot = Optional.of(entry.path("_BOOT_ID").asText()).filter(id -> !id.isEmpty());
            switch (entry.path("MESSAGE_ID").asText()) {
                case STARTING -> {
                    begun = Optional.of(time);
                    description = description(entry.path("MESSAGE").asText());
                }
                case STARTED -> finished = Optional.of(time);
                case EXITED -> exit = Optional.of(exit(argv, line, entry));
                case FAILED -> {
                    result = Optional.of(entry.path("UNIT_RESULT").asText());
                    failed = Optional.of(time);
                }
                case STOPPED -> stopped = Optional.of(time);
                default -> {
                    // what else systemd says of a unit has no part in how it ended
                }
            }
        }

        private static ExitStatus exit(Argv argv, int line, ObjectNode entry) throws Unreadable {
            String status = entry.path("EXIT_STATUS").asText();
            String code = entry.path("EXIT_CODE").asText();
            if (!status.matches("[0-9]{1,3}")) {
                throw Unreadable.line(argv, line, "a number as EXIT_STATUS", status);
            }
            ExitStatus.How how =
                    switch (code) {
                        case "exited" -> ExitStatus.How.EXITED;
                        case "killed" -> ExitStatus.How.KILLED;
                        case "dumped" -> ExitStatus.How.DUMPED;
                        default -> throw Unreadable.line(argv, line, "a known EXIT_CODE", code);
                    };
            return new ExitStatus(how, Integer.parseInt(status));
        }

        /// `Starting parley-tx.service - Parley: …...`; older systemd leaves the unit's name out.
        private static Optional<String> description(String message) {
            String text = message.replaceFirst("^Starting ", "");
            text = text.replaceFirst("^" + Transaction.UNIT.replace(".", "\\.") + " - ", "");
            text = text.replaceFirst("(\\.\\.\\.|…)$", "");
            return Optional.of(text).filter(rest -> !rest.isBlank());
        }
    }

    /// Whether systemd wrote of it at all.
    boolean isSeen() {
        return boot.isPresent();
    }

    Optional<HostText> holder() {
        return holder(description);
    }

    Optional<HostText> what() {
        return what(description);
    }

    /// Who started it, by a description `Parley: HOLDER: WHAT`.
    static Optional<HostText> holder(Optional<String> description) {
        return description
                .filter(text -> text.startsWith(Transaction.OURS))
                .map(text -> text.substring(Transaction.OURS.length()))
                .filter(text -> text.contains(": "))
                .map(text -> new HostText(text.substring(0, text.indexOf(": "))));
    }

    /// What it does, by the same description, whose commas stand for spaces; the whole of it when
    /// it is not of our making.
    static Optional<HostText> what(Optional<String> description) {
        return description.map(text -> {
            String rest =
                    text.startsWith(Transaction.OURS)
                            ? text.substring(Transaction.OURS.length())
                            : text;
            boolean ours = text.startsWith(Transaction.OURS) && rest.contains(": ");
            String what = rest.substring(ours ? rest.indexOf(": ") + 2 : 0);
            return new HostText(ours ? what.replace(',', ' ') : what);
        });
    }
}
