package parley.console.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.console.repl.AbsentPerson;
import parley.console.settings.CannotStart;
import parley.console.settings.Workplace;
import parley.console.turn.GivenCalls;
import parley.console.turn.HostResult;
import parley.console.turn.Turn;
import parley.console.turn.TurnResult;
import parley.prompts.plan.Planner;
import parley.safety.record.AuditReader;
import parley.safety.record.Entry;
import parley.safety.record.Recorded;
import parley.safety.record.story.Fields;
import parley.safety.record.story.HostAction;
import parley.safety.record.story.Reconciliation;
import parley.tools.Bilingual;
import parley.tools.Host;
import parley.tools.Proposal;
import parley.tools.catalogue.logs.JournalEntry;
import parley.tools.catalogue.logs.LogJournal;
import parley.tools.schema.Json;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Compares the record with a host's own journal: logins and commands as root there that nobody
/// here asked for, and the reverse. Reads the journal like anybody else: through the gate, and
/// recorded.
@Command(
        name = "reconcile",
        description = {
            "compare the record with a host's own journal of sshd and sudo:",
            "exit 0 the same, 1 something differs, 7 the journal could not be read in full"
        },
        mixinStandardHelpOptions = true)
final class AuditReconcile extends Work {
    private static final int MOST_ENTRIES = 1_000;

    @Parameters(paramLabel = "HOST", description = "a host of the inventory")
    String host = "";

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "from when on (24h): 2026-11-21T10:00 (UTC), or ago: 30m, 12h, 7d",
            defaultValue = "24h")
    String since = "24h";

    @Option(
            names = "--tolerance",
            paramLabel = "SECONDS",
            description = "how far the two clocks may be apart (60)",
            defaultValue = "60")
    int tolerance = 60;

    @Override
    int work(PrintStream stream) throws Exception {
        AuditOut out = new AuditOut(stream, common);
        Instant from =
                AuditFilter.time(since).orElse(Instant.now()).truncatedTo(ChronoUnit.SECONDS);
        Instant until = Instant.now();
        AbsentPerson person =
                new AbsentPerson(System.err, common.language(), Optional.<String>empty());
        try (Workplace workplace = Workplace.open(common.options(), person)) {
            Host known =
                    workplace
                            .house()
                            .hosts()
                            .find(host)
                            .orElseThrow(() ->
                                    new CannotStart(
                                            Bilingual.of(
                                                    "no host \"{0}\" in the inventory",
                                                    "清单中没有主机“{0}”", host),
                                            2));
            TurnResult read = read(workplace, person, known, from);
            Seen seen = Seen.of(read, from, until);
            if (seen.readings() == 0) {
                out.say(read.outcome().says());
                return read.outcome().exitCode() == 0 ? 7 : read.outcome().exitCode();
            }
            List<Recorded> own = own(workplace, known.name(), seen.from(), until);
            Reconciliation compared =
                    Reconciliation.of(
                            own, seen.actions(), !known.isLocal(), Duration.ofSeconds(tolerance));
            record(workplace, known, seen, until, compared);
            return told(out, known, seen, until, compared);
        }
    }

    private TurnResult read(Workplace workplace, AbsentPerson person, Host known, Instant from) {
        List<Proposal.Item> items = new ArrayList<>();
        for (String program : List.of("sudo", "sshd", "sshd-session")) {
            ObjectNode arguments =
                    Json.mapper()
                            .createObjectNode()
                            .put("identifier", program)
                            .put("since", from.toString())
                            .put("lines", MOST_ENTRIES);
            items.add(Proposal.Item.of("log.journal", arguments, List.of(known.name())));
        }
        Planner given = new GivenCalls(items);
        return new Turn(workplace.house(), person, List.of(given))
                .run(
                        workplace.request(
                                "audit reconcile " + known.name() + " --since " + since,
                                common.language()),
                        List.of());
    }

    /// What the journal says, and from when on it says all of it.
    private record Seen(
            List<HostAction> actions, Instant from, int readings, List<Bilingual> gaps) {
        static Seen of(TurnResult result, Instant from, Instant until) {
            List<HostAction> actions = new ArrayList<>();
            List<Bilingual> gaps = new ArrayList<>();
            Instant covered = from;
            int readings = 0;
            for (HostResult one : result.results()) {
                if (one.reading().isPresent()
                        && one.reading().get().value() instanceof LogJournal.Journal journal) {
                    readings++;
                    gaps.addAll(one.reading().get().gaps());
                    actions.addAll(actions(journal));
                    Optional<Instant> first = journal.first();
                    if (journal.more() && first.isPresent() && first.get().isAfter(covered)) {
                        covered = first.get();
                    }
                } else {
                    gaps.add(one.outcome().says());
                }
            }
            Instant begin = covered;
            actions.removeIf(one -> one.time().isBefore(begin) || !one.time().isBefore(until));
            actions.sort(Comparator.comparing(HostAction::time));
            return new Seen(actions, begin, readings, gaps);
        }

        private static List<HostAction> actions(LogJournal.Journal journal) {
            List<HostAction> actions = new ArrayList<>();
            for (JournalEntry entry :
                    journal.entries().stream()
                            .sorted(Comparator.comparingLong(JournalEntry::line).reversed())
                            .toList()) {
                String message = entry.message().value();
                Optional<String> rest = HostAction.continued(message);
                if (rest.isPresent() && !actions.isEmpty()) {
                    actions.add(actions.removeLast().with(rest.get()));
                } else {
                    for (long time = 0; time < entry.times(); time++) {
                        HostAction.of(entry.time(), message).ifPresent(actions::add);
                    }
                }
            }
            return actions;
        }
    }

    private static List<Recorded> own(
            Workplace workplace, String host, Instant from, Instant until) {
        try (Stream<Recorded> entries =
                AuditReader.of(workplace.house().log().directory()).entries()) {
            return entries.filter(entry -> Fields.text(entry, "host").equals(host))
                    .filter(entry -> !entry.time().isBefore(from) && entry.time().isBefore(until))
                    .toList();
        }
    }

    private void record(
            Workplace workplace, Host known, Seen seen, Instant until, Reconciliation compared)
            throws Exception {
        ObjectNode fields = Json.mapper().createObjectNode();
        fields.put("host", known.name()).put("asked", "reconcile " + known.name());
        fields.put("from", seen.from().toString()).put("until", until.toString());
        fields.put("matched", compared.matched());
        fields.put("unrecorded", compared.unrecorded().size());
        fields.put("unseen", compared.unseen().size());
        workplace
                .house()
                .log()
                .append(
                        new Entry(
                                "host.reconcile",
                                !same(compared)
                                        ? "differs"
                                        : seen.gaps().isEmpty() ? "ok" : "partly",
                                "",
                                workplace.house().actor().id(),
                                fields,
                                Map.of(
                                        "found",
                                        Json.mapper()
                                                .valueToTree(compared.unrecorded())
                                                .toString()
                                                .getBytes(StandardCharsets.UTF_8))));
    }

    private static boolean same(Reconciliation compared) {
        return compared.unrecorded().isEmpty() && compared.unseen().isEmpty();
    }

    private static int told(
            AuditOut out, Host known, Seen seen, Instant until, Reconciliation compared)
            throws Exception {
        for (HostAction action : compared.unrecorded()) {
            out.json(json("unrecorded", action.time(), action.user(), action.what()));
            out.say(
                    out.word("NOT IN THE RECORD  ", "记录中没有  ")
                            + action.time()
                            + "  "
                            + action.user()
                            + "  "
                            + (action.kind() == HostAction.Kind.LOGIN
                                    ? out.word("logged in: ", "登录：")
                                    : "sudo ")
                            + action.what()
                            + (action.ran() ? "" : out.word("  (refused there)", "（在该主机上被拒绝）")));
        }
        for (Recorded entry : compared.unseen()) {
            out.json(
                    json("unseen", entry.time(), entry.actor(), Fields.command(entry))
                            .put("seq", entry.sequence()));
            out.say(
                    out.word("NOT IN THE JOURNAL  ", "主机日志中没有  ")
                            + entry.time()
                            + "  #"
                            + entry.sequence()
                            + "  "
                            + (Fields.texts(entry, "argv").contains("sudo")
                                    ? ""
                                    : out.word("no login before: ", "此前没有登录："))
                            + Fields.command(entry));
        }
        seen.gaps().forEach(gap -> out.say(gap));
        out.end();
        out.say(
                Bilingual.of(
                        "{0} from {1} to {2}: {3} on both sides, {4} there but not in the record,"
                                + " {5} recorded but not in its journal",
                        "{0} 自 {1} 至 {2}：双方一致 {3} 项，仅主机日志有 {4} 项，仅记录有 {5} 项",
                        known.name(),
                        seen.from(),
                        until.truncatedTo(ChronoUnit.SECONDS),
                        compared.matched(),
                        compared.unrecorded().size(),
                        compared.unseen().size()));
        return !same(compared) ? 1 : seen.gaps().isEmpty() ? 0 : 7;
    }

    private static ObjectNode json(String kind, Instant time, String who, String what) {
        return Json.mapper()
                .createObjectNode()
                .put("kind", kind)
                .put("time", time.toString())
                .put("who", who)
                .put("what", what);
    }
}
