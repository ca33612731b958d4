package parley.safety.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.console.reach.Signatures;
import parley.safety.gate.SignedAnswer.Statement;
import parley.safety.policy.Policies;
import parley.safety.policy.PolicyFile;
import parley.safety.policy.PolicySource;
import parley.safety.policy.ShippedPolicies;
import parley.safety.record.TestReceipts;
import parley.tools.Language;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Somebody else's signature over exactly this request approves it, and nothing else does. The keys
/// and signatures are OpenSSH's own.
final class SecondPersonTest {
    private static final Instant LATER = Steps.NOW.plusSeconds(60);
    private static final String NOBODY = "Not approved: nobody else has approved it yet.";

    @TempDir Path folder;
    private final AtomicReference<Policies> policies = new AtomicReference<>(TestGate.policies());
    private final Gate gate = new Gate((PolicySource) policies::get);
    private final Judged removal =
            Steps.judged(
                    gate,
                    Steps.step(
                            "package.remove",
                            "{\"names\":[\"nginx\"]}",
                            Steps.host("web-1", "prod")));
    private final Card card = gate.card(List.of(removal), Language.EN);
    private final ApprovalRequest request = request(card, "request-1");
    private Signing people;

    private static ApprovalRequest request(Card card, String id) {
        return ApprovalRequest.of(
                id, card, Steps.ANN, Steps.NOW, Duration.ofHours(8), Duration.ofHours(1));
    }

    @BeforeEach
    void people() throws Exception {
        people = new Signing(folder);
        people.add("ann", "operator", "approver");
        people.add("bob", "approver");
        people.add("carol", "approver");
        people.add("dave", "operator");
    }

    private Statement grant(String approver, Instant at) {
        return Statement.to(request, true, approver, at, "");
    }

    private Approval approve(Instant now, SignedAnswer... answers) throws NotApproved {
        return gate.approveBySecondPerson(card, request, List.of(answers), people.signers(), now);
    }

    private String no(Instant now, SignedAnswer... answers) {
        return assertThrows(NotApproved.class, () -> approve(now, answers)).why().en();
    }

    @Test
    void aGrantOfSomebodyElseRunsOnceAndOpensshAloneCanCheckIt() throws Exception {
        assertEquals(3, card.rung());
        SignedAnswer granted = people.answer(grant("bob", LATER), "bob", "bob");
        Approval approval = approve(LATER.plusSeconds(5), granted);
        assertEquals("bob", approval.approver().id());
        assertEquals(3, approval.rung());
        assertEquals(LATER.plus(Duration.ofHours(1)), approval.expires());
        var receipt = TestReceipts.intent(removal.step().digest());
        Permit permit = gate.permit(removal, Optional.of(approval), receipt, LATER.plusSeconds(9));
        assertSame(removal.step(), permit.use());
        assertThrows(
                Refused.class,
                () ->
                        gate.permit(
                                removal,
                                Optional.of(approval),
                                TestReceipts.intent(removal.step().digest()),
                                LATER.plusSeconds(9)));
        assertTrue(
                Signatures.isSigned(
                        people.allowedSigners(),
                        "bob",
                        "parley-approval",
                        granted.statement(),
                        granted.signature()));
        assertEquals(
                "{\"answer\":\"granted\",\"approver\":\"bob\",\"at\":\"2026-01-02T03:05:05Z\",\"digest\":\""
                        + card.digest()
                        + "\",\"reason\":\"\",\"request\":\"request-1\",\"requestSha256\":\""
                        + request.hash()
                        + "\",\"requester\":\"ann\"}",
                granted.statement());
    }

    @Test
    void whatIsNotExactlyThisPersonsAnswerToThisRequestCountsForNothing() throws Exception {
        people.key("mallory");
        Statement good = grant("bob", LATER);
        SignedAnswer signed = people.answer(good, "bob", "bob");
        ApprovalRequest other = request(card, "request-2");
        Map<String, SignedAnswer> forged = new LinkedHashMap<>();
        forged.put("another key", people.answer(good, "mallory", "bob"));
        forged.put("another allowed person's key", people.answer(good, "carol", "bob"));
        forged.put("a file of somebody else", people.answer(good, "bob", "dave"));
        forged.put("the requester's own", people.answer(grant("ann", LATER), "ann", "ann"));
        forged.put("no approver", people.answer(grant("dave", LATER), "dave", "dave"));
        forged.put("nobody known", people.answer(grant("mallory", LATER), "mallory", "mallory"));
        forged.put(
                "an answer to another request",
                people.answer(Statement.to(other, true, "bob", LATER, ""), "bob", "bob"));
        forged.put(
                "given before it was asked",
                people.answer(grant("bob", Steps.NOW.minusMillis(1)), "bob", "bob"));
        forged.put(
                "given when it was too late",
                people.answer(grant("bob", request.answerBy()), "bob", "bob"));
        forged.put(
                "changed after it was signed",
                new SignedAnswer(
                        signed.statement().replace("\"reason\":\"\"", "\"reason\":\"ok\""),
                        signed.signature(),
                        "bob"));
        forged.put(
                "with a blank more",
                new SignedAnswer(signed.statement() + " ", signed.signature(), "bob"));
        forged.put("without signature", new SignedAnswer(signed.statement(), "", "bob"));
        forged.put("nothing at all", new SignedAnswer("", "", "bob"));
        forged.put(
                "signed for another purpose",
                new SignedAnswer(
                        good.text(),
                        Signatures.sign(folder.resolve("bob"), "file", good.text()),
                        "bob"));
        forged.forEach(
                (name, answer) -> assertEquals(NOBODY, no(LATER.plusSeconds(5), answer), name));
        assertEquals(14, forged.size());
        approve(LATER.plusSeconds(5), signed);
    }

    @Test
    void oneRefusalOutweighsEveryGrant() throws Exception {
        SignedAnswer granted = people.answer(grant("bob", LATER), "bob", "bob");
        SignedAnswer refused =
                people.answer(
                        Statement.to(request, false, "carol", LATER, "not on a Friday"),
                        "carol",
                        "carol");
        assertEquals(
                "Refused by carol: not on a Friday", no(LATER.plusSeconds(5), granted, refused));
        assertEquals(
                "Refused by carol: not on a Friday", no(LATER.plusSeconds(5), refused, granted));
        SignedAnswer forged =
                people.answer(Statement.to(request, false, "carol", LATER, ""), "dave", "carol");
        approve(LATER.plusSeconds(5), granted, forged);
    }

    @Test
    void aGrantIsToBeUsedSoon() throws Exception {
        SignedAnswer granted = people.answer(grant("bob", LATER), "bob", "bob");
        Instant end = LATER.plus(Duration.ofHours(1));
        approve(end.minusMillis(1), granted);
        assertTrue(no(end, granted).contains("was to be used until"), no(end, granted));
        assertTrue(no(LATER.minusMillis(1), granted).contains("was to be used until"));
    }

    @Test
    void aPolicyChangedAfterTheGrantTakesItBack() throws Exception {
        SignedAnswer granted = people.answer(grant("bob", LATER), "bob", "bob");
        Approval approval = approve(LATER.plusSeconds(5), granted);
        policies.set(
                ShippedPolicies.load(
                        TestTools.cards(),
                        List.of(
                                new PolicyFile(
                                        "policies/more.cedar",
                                        "@id(\"more\")@en(\"More.\")@zh(\"更多。\")forbid(principal,"
                                            + " action in Action::\"boot.reboot\", resource);"))));
        Refused refused =
                assertThrows(
                        Refused.class,
                        () ->
                                gate.permit(
                                        removal,
                                        Optional.of(approval),
                                        TestReceipts.intent(removal.step().digest()),
                                        LATER.plusSeconds(9)));
        assertEquals(
                "Not run: the policies were changed after the approval. Ask again.",
                refused.why().en());
        assertThrows(
                NotApproved.class,
                () ->
                        gate.approveBySecondPerson(
                                gate.card(List.of(removal), Language.EN),
                                request,
                                List.of(granted),
                                people.signers(),
                                LATER.plusSeconds(5)));
    }

    @Test
    void aRequestWhoseStepsWereSwappedIsNone() {
        String text = new String(request.bytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(request.hash(), ApprovalRequest.read(request.bytes()).hash());
        for (String swap : List.of("web-1.example>web-2.example", "nginx>mysql", "CALL>CHECK")) {
            String[] words = swap.split(">");
            byte[] changed =
                    text.replace(words[0], words[1])
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
            assertThrows(IllegalArgumentException.class, () -> ApprovalRequest.read(changed), swap);
        }
    }
}
