package parley.console.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import parley.console.approvals.Answers;
import parley.console.approvals.RequestView;
import parley.console.repl.AbsentPerson;
import parley.console.settings.CannotStart;
import parley.console.settings.Workplace;
import parley.console.turn.SecondPersons;
import parley.safety.gate.ApprovalRequest;
import parley.safety.gate.Card;
import parley.safety.gate.Sanitiser;
import parley.safety.gate.SignedAnswer;
import parley.safety.gate.Step;
import parley.safety.record.AuditLog;
import parley.safety.record.Pruning;
import parley.safety.record.index.RecordIndex;
import parley.tools.Bilingual;
import parley.tools.Language;
import parley.tools.schema.Json;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Lets go of what is older than a day. Takes two people: the first time it asks, and once somebody
/// else has granted that (`parley approvals grant`), the same command does it.
@Command(
        name = "prune",
        description = {
            "let go of contents (or with --entries of whole segments) older than a day: prune",
            "--before 2025-01-31 --reason TEXT; a second person grants it, and the record says so"
        },
        mixinStandardHelpOptions = true)
final class AuditPrune extends Work {
    @Option(
            names = "--before",
            paramLabel = "DAY",
            required = true,
            description = "what is older than this day (UTC); at least 184 days ago")
    String before = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why")
    String reason = "";

    @Option(names = "--entries", description = "whole segments, too; not the contents alone")
    boolean entries;

    @Option(names = "--record", paramLabel = "FOLDER", description = "another record")
    @Nullable Path folder;

    @Override
    int work(PrintStream out) throws Exception {
        Instant day = day();
        Language language = common.language();
        AbsentPerson person = new AbsentPerson(System.err, language, Optional.empty());
        try (Workplace workplace = Workplace.open(common.options(), person)) {
            SecondPersons persons = persons(workplace);
            String requester = workplace.house().actor().id();
            Path record =
                    folder == null ? workplace.house().log().directory() : folder.toAbsolutePath();
            try (AuditLog log = AuditLog.open(record, "parley audit prune")) {
                log.checkKeeper();
                ObjectNode binding = binding(log, day);
                String digest = Card.digest(List.of(Step.digest(binding)), "", "");
                ApprovalRequest request = open(persons, requester, digest);
                if (request == null) {
                    persons.folder().ask(ask(persons, requester, digest, binding));
                    request = open(persons, requester, digest);
                }
                return request == null ? waiting(out, "") : settle(out, log, persons, request, day);
            }
        }
    }

    private int settle(
            PrintStream out,
            AuditLog log,
            SecondPersons persons,
            ApprovalRequest request,
            Instant day)
            throws Exception {
        Optional<SignedAnswer> grant =
                new Answers(persons.folder(), persons.signers())
                        .grant(request, Instant.now())
                        .filter(answer -> !answer.says().approver().equals(AuditErase.person()));
        if (grant.isEmpty()) {
            return waiting(out, request.id());
        }
        if (!persons.folder().take(request)) {
            throw new CannotStart(Bilingual.of("the grant was used", "该批准已被使用过"), 4);
        }
        SignedAnswer answer = grant.get();
        Pruning.Pruned pruned =
                log.prune(
                        new Pruning(
                                day,
                                what(),
                                AuditErase.person(),
                                answer.says().approver(),
                                reason,
                                Map.of(
                                        "request", request.bytes(),
                                        "statement", answer.statement().getBytes(UTF_8),
                                        "signature", answer.signature().getBytes(UTF_8))));
        RecordIndex.forget(log.directory());
        out.println(
                Sanitiser.line(
                        common.language() == Language.EN
                                ? "pruned: %d contents and %d segments below entry %d; entry %d says so"
                                        .formatted(
                                                pruned.contents(),
                                                pruned.segments(),
                                                pruned.to(),
                                                pruned.entry())
                                : "已清理：条目 %3$d 之前的 %1$d 项内容和 %2$d 个分段；见条目 %4$d"
                                        .formatted(
                                                pruned.contents(),
                                                pruned.segments(),
                                                pruned.to(),
                                                pruned.entry())));
        return 0;
    }

    private int waiting(PrintStream out, String id) {
        out.println(
                common.language() == Language.EN
                        ? "a second person is needed: parley approvals grant "
                                + id
                                + "; then give this command again. Nothing was pruned"
                        : "需要第二人批准：parley approvals grant " + id + "；然后再次运行本命令。尚未清理任何内容");
        return 4;
    }

    private Pruning.What what() {
        return entries ? Pruning.What.ENTRIES : Pruning.What.CONTENTS;
    }

    private Instant day() throws CannotStart {
        try {
            Instant day = LocalDate.parse(before).atStartOfDay(ZoneOffset.UTC).toInstant();
            if (day.isAfter(Instant.now().minus(Pruning.LEAST))) {
                throw new CannotStart(
                        Bilingual.of(
                                "everything is kept for at least {0} days; name an earlier day",
                                "所有内容至少保留 {0} 天；请给出更早的日期", Pruning.LEAST.toDays()),
                        1);
            }
            return day;
        } catch (DateTimeParseException wrong) {
            throw new CannotStart(
                    Bilingual.of(
                            "--before is a day like 2025-01-31, not \"{0}\"",
                            "--before 须为 2025-01-31 这样的日期，不能是“{0}”", before),
                    1);
        }
    }

    /// What the second person's answer is bound to.
    private ObjectNode binding(AuditLog log, Instant day) {
        ObjectNode binding = Json.mapper().createObjectNode().put("tool", "audit.prune");
        binding.putObject("arguments")
                .put("before", day.toString())
                .put("what", what().word())
                .put("reason", reason);
        binding.put("host", "record").put("address", RequestView.OWN_RECORD);
        binding.put("user", "").put("via", "").put("hostKey", log.verifierKey());
        binding.put("purpose", "CALL");
        words().forEach(binding.putArray("words")::add);
        return binding;
    }

    private List<String> words() {
        List<String> words = List.of("parley", "audit", "prune", "--before", before);
        return entries
                ? Stream.concat(words.stream(), List.of("--entries").stream()).toList()
                : words;
    }

    private ApprovalRequest ask(
            SecondPersons persons, String requester, String digest, ObjectNode binding) {
        Instant now = Instant.now();
        return new ApprovalRequest(
                UUID.randomUUID().toString().substring(0, 13),
                digest,
                "",
                requester,
                now,
                now.plus(persons.answerWithin()),
                persons.runWithin(),
                List.of(binding),
                List.of(String.join(" ", words()), reason),
                String.join(" ", words()),
                "");
    }

    private static @Nullable ApprovalRequest open(
            SecondPersons persons, String requester, String digest) throws IOException {
        Instant now = Instant.now();
        return persons.folder().requests().stream()
                .filter(one -> one.digest().equals(digest) && one.requester().equals(requester))
                .filter(one -> now.isBefore(one.answerBy().plus(one.runWithin())))
                .filter(one -> !persons.folder().isUsed(one))
                .reduce((older, newer) -> newer)
                .orElse(null);
    }

    private static SecondPersons persons(Workplace workplace) throws CannotStart {
        return workplace
                .house()
                .secondPersons()
                .orElseThrow(() ->
                        new CannotStart(
                                Bilingual.of(
                                        "pruning takes a second person, and no shared folder for"
                                                + " approvals is configured; put approvals:"
                                                + " {directory: …, allowedSigners: …} into"
                                                + " config.yaml",
                                        "清理需要第二人批准，但尚未配置共享的批准目录；请在 config.yaml 中写入 approvals:"
                                                + " {directory: …, allowedSigners: …}"),
                                2));
    }
}
