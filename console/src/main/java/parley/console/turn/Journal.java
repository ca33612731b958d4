package parley.console.turn;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.prompts.answer.Narrator;
import parley.prompts.plan.Planned;
import parley.prompts.plan.Request;
import parley.prompts.plan.Usage;
import parley.safety.gate.ApprovalRequest;
import parley.safety.gate.Card;
import parley.safety.gate.Gate;
import parley.safety.gate.Judged;
import parley.safety.gate.SignedAnswer;
import parley.safety.gate.Step;
import parley.safety.gate.Verdict;
import parley.safety.record.AuditLog;
import parley.safety.record.Entry;
import parley.safety.record.Receipt;
import parley.safety.record.RecordUnavailable;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Proposal;
import parley.tools.schema.Arguments;
import parley.tools.schema.Json;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What one run writes into the record, in the order in which it happens.
final class Journal {
    private static final int MOST_WHY = 1_000;

    /// A longer question stands in a body of its own: a header has little room.
    private static final int MOST_QUESTION = 4_000;

    private final AuditLog log;
    private final String run;
    private final String actor;

    Journal(AuditLog log, Request request) {
        this.log = log;
        this.run = request.id();
        this.actor = request.operator();
    }

    void request(Request request) throws RecordUnavailable {
        ObjectNode fields = fields().put("language", request.language().name());
        append("request", "", fields, Map.of("words", bytes(request.words())));
    }

    void planned(String planner, Planned planned) throws RecordUnavailable {
        ObjectNode fields = fields().put("planner", planner);
        usage(Usage.total(planned.exchanges()), fields);
        Map<String, byte[]> bodies = new HashMap<>(exchanges(planned.exchanges()));
        String outcome = "";
        switch (planned) {
            // Apart, because a model may put numbers into it that have no canonical form.
            case Planned.Plan plan ->
                    bodies.put("proposal", bytes(proposal(plan.proposal()).toPrettyString()));
            case Planned.Clarify clarify -> {
                outcome = "question";
                fields.put("about", clarify.about().word());
                fields.put("question", brief(clarify.question()));
            }
            case Planned.Decline decline -> {
                outcome = "declined";
                fields.put("reason", decline.reason().name());
                fields.put("message", brief(decline.message()));
            }
            case Planned.Answered answered -> {
                outcome = "answered";
                bodies.put("words", bytes(answered.words()));
            }
        }
        append("plan", outcome, fields, bodies);
    }

    void plannerFailed(String planner, Bilingual why, List<Planned.Exchange> exchanges)
            throws RecordUnavailable {
        ObjectNode fields = fields().put("planner", planner).put("why", brief(why));
        usage(Usage.total(exchanges), fields);
        append("plan.reject", "failed", fields, exchanges(exchanges));
    }

    /// A proposed call that does not exist in the catalogue, the schema or the inventory.
    void refused(Proposal.Item item, Bilingual why) throws RecordUnavailable {
        ObjectNode fields = fields().put("why", brief(why));
        Proposal alone = new Proposal(List.of(unconditional(item)), List.of());
        append(
                "plan.reject",
                "refused",
                fields,
                Map.of("proposal", bytes(proposal(alone).toPrettyString())));
    }

    void decided(Judged judged, String policies) throws RecordUnavailable {
        Step step = judged.step();
        ObjectNode fields =
                step(step).put("policies", policies).put("verdict", word(judged.verdict()));
        fields.put("risk", step.risk().or(judged.circumstances().previewRisk()).word());
        ArrayNode rules = fields.putArray("rules");
        judged.verdict().rules().forEach(rule -> rules.add(rule.id()));
        ObjectNode provenance = fields.putObject("provenance");
        step.provenance().forEach((name, source) -> provenance.put(name, source.name()));
        // So that the decision can be asked again by other policies: `parley policy replay`.
        ObjectNode question = Gate.question(step, judged.circumstances()).json();
        byte[] whole = bytes(question.toString());
        if (whole.length <= MOST_QUESTION) {
            fields.set("question", question);
        }
        append(
                "policy.decision",
                judged.verdict() instanceof Verdict.Deny ? "denied" : "ok",
                fields,
                whole.length <= MOST_QUESTION ? Map.of() : Map.of("question", whole));
    }

    /// What of a result a model may see, and the rules that say so, before it is sent anything.
    void shown(List<Shown.Visible> visible, String policies) throws RecordUnavailable {
        for (Shown.Visible one : visible) {
            ObjectNode fields = fields().put("tool", one.part().call().tool().name());
            fields.put("host", one.part().host()).put("result", one.part().id());
            fields.put("policies", policies).put("action", "show-to-model");
            ArrayNode rules = fields.putArray("rules");
            one.decision().because().forEach(rule -> rules.add(rule.id()));
            append("policy.shown", one.decision().allowed() ? "ok" : "denied", fields, Map.of());
        }
    }

    void approvalAsked(Card card) throws RecordUnavailable {
        append(
                "approval.request",
                "",
                fields().put("approves", card.digest()).put("rung", card.rung()),
                Map.of("shown", bytes(String.join("\n", card.lines()))));
    }

    /// @param outcome `approved`, `declined` (other words were typed), `denied` (a plain no, with
    ///   its reason), `timeout`, `no-terminal`, `cancelled`
    void approvalAnswered(Card card, String outcome, String why) throws RecordUnavailable {
        append(
                "approval.decision",
                outcome,
                fields().put("approves", card.digest()).put("approver", actor).put("why", why),
                Map.of());
    }

    /// What a second person is asked, before anybody can see it.
    void secondPersonAsked(ApprovalRequest request) throws RecordUnavailable {
        append(
                "approval.request",
                "second-person",
                fields().put("approves", request.digest())
                        .put("rung", 3)
                        .put("request", request.id())
                        .put("answerBy", request.answerBy().toString()),
                Map.of("request", request.bytes()));
    }

    /// @param outcome `granted` or `refused`
    /// @param approver empty when nobody's grant counted
    void secondPersonAnswered(
            ApprovalRequest request,
            String outcome,
            String approver,
            String why,
            List<SignedAnswer> answers)
            throws RecordUnavailable {
        Map<String, byte[]> bodies = new HashMap<>();
        for (int index = 0; index < answers.size(); index++) {
            bodies.put("statement." + (index + 1), bytes(answers.get(index).statement()));
            bodies.put("signature." + (index + 1), bytes(answers.get(index).signature()));
        }
        append(
                "approval.decision",
                outcome,
                fields().put("approves", request.digest())
                        .put("request", request.id())
                        .put("approver", approver)
                        .put("why", why.length() <= MOST_WHY ? why : why.substring(0, MOST_WHY)),
                bodies);
    }

    /// Loudly: something out of the ordinary is declared for the changes of this run. To be
    /// reviewed later, see `parley approvals reviews`.
    void declared(Declarations.Declared declared) throws RecordUnavailable {
        append(
                "approval.exception",
                declared.breakGlass().isEmpty() ? "freeze-override" : "break-glass",
                fields().put("ticket", declared.ticket())
                        .put("breakGlass", declared.breakGlass())
                        .put("freezeOverride", declared.freezeOverride()),
                Map.of());
    }

    /// @param policies the hash of those in force right before it runs
    Receipt intent(Step step, String policies) throws RecordUnavailable {
        return append("exec.intent", "", step(step).put("policies", policies), Map.of());
    }

    /// @param continues whether the command only starts work that goes on by itself; then its
    ///   intent stays open until `ended` or an unknown outcome
    void result(Step step, Receipt intent, Capture capture, boolean continues)
            throws RecordUnavailable {
        boolean ok = capture.argv().readableExits().contains(capture.exit());
        ObjectNode fields =
                step(step)
                        .put("cause", intent.sequence())
                        .put("exit", capture.exit())
                        .put("bytes", capture.stdoutBytes())
                        .put("truncated", capture.truncated())
                        .put("tookMillis", capture.took().toMillis());
        if (continues && ok) {
            fields.put("continues", true);
        }
        append(
                "exec.result",
                ok ? "ok" : "failed",
                fields,
                Map.of("stdout", bytes(capture.stdout()), "stderr", bytes(capture.stderr())));
    }

    /// What came of work that went on by itself.
    ///
    /// @param evidence numbers of the answer that this rests on
    void ended(Step step, Receipt intent, Outcome outcome, List<String> evidence)
            throws RecordUnavailable {
        ObjectNode fields =
                step(step).put("cause", intent.sequence()).put("why", brief(outcome.says()));
        evidence.forEach(fields.putArray("evidence")::add);
        append("exec.ended", outcome.exitCode() == 0 ? "ok" : "failed", fields, Map.of());
    }

    /// A step that gave no capture: `exec.unknown` when it may have run, else a failed result.
    Receipt notRun(Step step, Receipt intent, boolean unknown, String kind, Bilingual why)
            throws RecordUnavailable {
        return append(
                unknown ? "exec.unknown" : "exec.result",
                unknown ? "unknown" : "failed",
                step(step).put("cause", intent.sequence()).put("kind", kind).put("why", brief(why)),
                Map.of());
    }

    /// Somebody, or the change's own checks, found out what became of an unknown outcome.
    ///
    /// @param unknown the number of its entry
    /// @param outcome `took` or `did-not-take`
    /// @param evidence numbers of the answer that the finding rests on
    void settled(long unknown, String outcome, Bilingual why, List<String> evidence)
            throws RecordUnavailable {
        ObjectNode fields = fields().put("settles", unknown).put("why", brief(why));
        evidence.forEach(fields.putArray("evidence")::add);
        append(parley.safety.record.Unknowns.SETTLED, outcome, fields, Map.of());
    }

    /// @param results what the sentences cite: the body `evidence` says which call on which host
    ///   has which number
    void answer(
            Outcome outcome,
            List<Narrator.Sentence> sentences,
            String words,
            List<HostResult> results,
            Usage usage)
            throws RecordUnavailable {
        StringBuilder text = new StringBuilder(words);
        sentences.forEach(sentence -> text.append('\n').append(sentence.text()));
        ArrayNode evidence = Json.mapper().createArrayNode();
        for (HostResult result : results) {
            ObjectNode one = evidence.addObject().put("id", result.id());
            one.put("tool", result.call().tool().name()).put("host", result.host());
            one.set("arguments", result.arguments());
            one.set("argv", Json.mapper().valueToTree(result.argv()));
        }
        ObjectNode fields = fields().put("exitCode", outcome.exitCode());
        usage(usage, fields);
        append(
                "answer",
                outcome.word(),
                fields,
                Map.of(
                        "answer",
                        bytes(text.toString()),
                        "evidence",
                        bytes(evidence.isEmpty() ? "" : evidence.toString())));
    }

    /// What models took; nothing where none was asked. Money as text: it must not be rounded.
    private static void usage(Usage usage, ObjectNode fields) {
        if (usage.replies() == 0) {
            return;
        }
        ObjectNode one = fields.putObject("usage").put("replies", usage.replies());
        one.put("in", usage.in()).put("cached", usage.cached()).put("out", usage.out());
        one.put("counted", usage.counted());
        ObjectNode money = one.putObject("money");
        usage.money().forEach((currency, sum) -> money.put(currency, sum.toPlainString()));
    }

    /// The end of a request that was planned and nothing more.
    void onlyPlanned() throws RecordUnavailable {
        append("answer", "planned", fields(), Map.of());
        checkpoint();
    }

    /// Covers everything written so far with a signed checkpoint: before a change, and at the end.
    void checkpoint() throws RecordUnavailable {
        log.checkpoint();
    }

    private Receipt append(
            String type, String outcome, ObjectNode fields, Map<String, byte[]> bodies)
            throws RecordUnavailable {
        Map<String, byte[]> full = new HashMap<>(bodies);
        full.values().removeIf(body -> body.length == 0);
        return log.append(new Entry(type, outcome, run, actor, fields, full));
    }

    private static ObjectNode fields() {
        return Json.mapper().createObjectNode();
    }

    private static ObjectNode step(Step step) {
        ObjectNode fields = fields();
        fields.put("tool", step.call().tool().name());
        fields.set("arguments", Arguments.write(step.call().arguments()));
        fields.put("host", step.host().name());
        fields.put("purpose", step.purpose().name());
        step.words().forEach(fields.putArray("argv")::add);
        return fields.put("digest", step.digest());
    }

    private static Proposal.Item unconditional(Proposal.Item item) {
        return Proposal.Item.of(item.tool(), item.arguments(), item.hosts());
    }

    /// A header has little room; what was printed in full stands in the bodies.
    private static String brief(Bilingual why) {
        return why.en().length() <= MOST_WHY ? why.en() : why.en().substring(0, MOST_WHY) + "…";
    }

    private static ObjectNode proposal(Proposal proposal) {
        ObjectNode json = fields();
        ArrayNode items = json.putArray("items");
        for (Proposal.Item item : proposal.items()) {
            ObjectNode one = items.addObject().put("tool", item.tool());
            one.set("arguments", item.arguments());
            item.hosts().forEach(one.putArray("hosts")::add);
            item.condition()
                    .ifPresent(condition ->
                            one.set("condition", Json.mapper().valueToTree(condition)));
        }
        proposal.prohibited().forEach(json.putArray("prohibited")::add);
        return json;
    }

    private static Map<String, byte[]> exchanges(List<Planned.Exchange> exchanges) {
        Map<String, byte[]> bodies = new HashMap<>();
        for (int index = 0; index < exchanges.size(); index++) {
            bodies.put("prompt." + (index + 1), bytes(exchanges.get(index).prompt()));
            bodies.put("reply." + (index + 1), bytes(exchanges.get(index).reply()));
        }
        return bodies;
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Allow ignored -> "allow";
            case Verdict.Confirm ignored -> "confirm";
            case Verdict.TypedConfirm ignored -> "typed";
            case Verdict.TwoPerson ignored -> "two-person";
            case Verdict.Deny ignored -> "deny";
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
