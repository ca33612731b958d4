package parley.safety.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import parley.tools.Host;
import parley.tools.Language;

import java.util.List;

/// What approves a card, and what does not.
final class ApproveTest {
    private static final Host DEV = Steps.host("web-1", "dev");
    private final Gate gate = TestGate.fresh();

    private Card card(String tool, String arguments, String environment, Language language) {
        Host host = Steps.host("web-1", environment);
        return gate.card(List.of(Steps.judged(gate, Steps.step(tool, arguments, host))), language);
    }

    private String notApproved(Card card, String typed) {
        return assertThrows(
                        NotApproved.class,
                        () -> gate.approve(card, typed, Steps.ANN, Steps.NOW),
                        () -> "approved by: " + typed)
                .why()
                .en();
    }

    @Test
    void onlyAnExplicitYesConfirms() throws NotApproved {
        Card card = card("service.start", "{\"unit\":\"nginx\"}", "dev", Language.EN);
        for (String yes : List.of("y", "yes", "Y", "Yes", " yes \n", "是", "确认")) {
            Approval approval = gate.approve(card, yes, Steps.ANN, Steps.NOW);
            assertEquals(1, approval.rung());
            assertEquals(card.digest(), approval.digest());
        }
        for (String no :
                List.of(
                        "",
                        " ",
                        "\n",
                        "n",
                        "no",
                        "ok",
                        "yes please",
                        "yes yes",
                        "yess",
                        "不是",
                        "是的吗",
                        "true",
                        "1",
                        "y\0",
                        "\u001b[Dy",
                        "ye\u200bs",
                        "start nginx on web-1")) {
            assertEquals("Not approved: only y or yes approves.", notApproved(card, no));
        }
    }

    @Test
    void onlyTheExactWordsConfirmWhereWordsAreNeeded() throws NotApproved {
        Card card = card("service.restart", "{\"unit\":\"nginx\"}", "prod", Language.ZH);
        assertEquals("restart nginx on web-1", card.wordsToType());
        assertEquals(
                2, gate.approve(card, "restart nginx on web-1\n", Steps.ANN, Steps.NOW).rung());
        for (String no :
                List.of(
                        "yes",
                        "确认",
                        "Restart nginx on web-1",
                        "restart nginx  on web-1",
                        "restart nginx on web-2",
                        "restart nginx",
                        "restart nginx on web-1!",
                        "restart nginx on wеb-1",
                        "")) {
            assertEquals(
                    "Not approved: type exactly  restart nginx on web-1", notApproved(card, no));
        }
    }

    @Test
    void wordsTypedByOnePersonAreNotASecondPerson() {
        Card card = card("package.remove", "{\"names\":[\"nginx\"]}", "prod", Language.EN);
        assertEquals(3, card.rung());
        assertEquals(
                "Not approved: this needs a second person (parley approvals). Nothing ran.",
                notApproved(card, "yes"));
    }

    @Test
    void whatIsRefusedOrNeedsNothingCannotBeApproved() {
        Card refused = card("service.stop", "{\"unit\":\"sshd\"}", "dev", Language.EN);
        assertEquals("This is refused; nobody can approve it.", notApproved(refused, "yes"));
        Card harmless = card("disk.usage", "{}", "prod", Language.EN);
        assertEquals("Nothing here needs approval.", notApproved(harmless, "yes"));
    }

    @Test
    void aDigestCountsAsAYesAndNoMore() throws NotApproved {
        Card card = card("service.start", "{\"unit\":\"nginx\"}", "dev", Language.EN);
        assertEquals(1, gate.approveByDigest(card, card.digest(), Steps.ANN, Steps.NOW).rung());
        Card other = card("service.start", "{\"unit\":\"mysql\"}", "dev", Language.EN);
        assertNotEquals(card.digest(), other.digest());
        for (String wrong : List.of(other.digest(), "", "yes", card.digest().substring(0, 12))) {
            assertThrows(
                    NotApproved.class,
                    () -> gate.approveByDigest(card, wrong, Steps.ANN, Steps.NOW));
        }
        Card typed = card("service.restart", "{\"unit\":\"nginx\"}", "dev", Language.EN);
        assertEquals(
                "Not approved: a digest counts as a yes, and this needs its words typed. Run it in"
                        + " a terminal.",
                assertThrows(
                                NotApproved.class,
                                () ->
                                        gate.approveByDigest(
                                                typed, typed.digest(), Steps.ANN, Steps.NOW))
                        .why()
                        .en());
    }

    @Test
    void theDigestIsThatOfTheStepsWhateverTheirOrderOrTheLanguage() {
        Judged one = Steps.judged(gate, Steps.step("service.start", "{\"unit\":\"nginx\"}", DEV));
        Judged two = Steps.judged(gate, Steps.step("service.start", "{\"unit\":\"mysql\"}", DEV));
        String digest = gate.card(List.of(one, two), Language.EN).digest();
        assertEquals(digest, gate.card(List.of(two, one), Language.ZH).digest());
        assertNotEquals(digest, gate.card(List.of(one), Language.EN).digest());
        assertNotEquals(digest, gate.card(List.of(one, two, two), Language.EN).digest());
    }

    @Test
    void anApprovalRemembersTheTextThatWasShown() throws NotApproved {
        Card english = card("service.start", "{\"unit\":\"nginx\"}", "dev", Language.EN);
        Card chinese = card("service.start", "{\"unit\":\"nginx\"}", "dev", Language.ZH);
        Approval one = gate.approve(english, "y", Steps.ANN, Steps.NOW);
        Approval two = gate.approve(chinese, "是", Steps.ANN, Steps.NOW);
        assertEquals(Gate.sha256(String.join("\n", english.lines())), one.shown());
        assertNotEquals(one.shown(), two.shown());
        assertNotEquals(one.id(), two.id());
        assertEquals(Steps.ANN, one.approver());
    }

    @Test
    void wordsToTypeNameTheThingItself() {
        assertEquals(
                "remove nginx curl on web-1",
                card("package.remove", "{\"names\":[\"nginx\",\"curl\"]}", "dev", Language.EN)
                        .wordsToType());
        assertEquals(
                "set boot nginx enabled on web-1",
                card(
                                "service.set_boot",
                                "{\"unit\":\"nginx\",\"state\":\"enabled\"}",
                                "prod",
                                Language.EN)
                        .wordsToType());
        assertEquals(
                "restart nginx env on web-1",
                card("service.restart", "{\"unit\":\"nginx\",\"env\":true}", "dev", Language.EN)
                        .wordsToType());
        assertEquals(
                "reboot on web-1",
                card("boot.reboot", "{\"env\":false}", "dev", Language.EN).wordsToType());
        Judged here =
                Steps.judged(gate, Steps.step("service.restart", "{\"unit\":\"nginx\"}", DEV));
        Judged there =
                Steps.judged(
                        gate,
                        Steps.step(
                                "service.restart",
                                "{\"unit\":\"nginx\"}",
                                Steps.host("web-2", "prod")));
        Judged more = Steps.judged(gate, Steps.step("service.start", "{\"unit\":\"mysql\"}", DEV));
        assertEquals(
                "restart nginx on 2 hosts",
                gate.card(List.of(here, there), Language.ZH).wordsToType());
        assertEquals(
                "restart nginx, start mysql on web-1",
                gate.card(List.of(here, more), Language.EN).wordsToType());
        assertEquals(
                "restart nginx on 2 hosts, start mysql on web-1",
                gate.card(List.of(here, more, there), Language.EN).wordsToType());
    }

    @Test
    void whatCannotBeTypedSafelyIsStoodForByTheDigest() {
        Step step =
                Steps.step("app.deploy", "{\"text\":\"yes \\u202e\"}", Steps.host("web-1", "prod"));
        Card card = gate.card(List.of(Steps.judged(gate, step)), Language.EN);
        assertEquals("deploy " + step.digest().substring(0, 8) + " on web-1", card.wordsToType());
    }
}
