package parley.safety.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;

import parley.tools.Bilingual;
import parley.tools.Language;
import parley.tools.Risk;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// The whole text of cards, and that nothing hostile gets onto them.
final class CardTest {
    private final Gate gate = TestGate.fresh();

    private Judged judged(Step step, String effect, Set<String> alsoHit) {
        Circumstances circumstances =
                new Circumstances(
                        Steps.ANN,
                        Set.of("web-1", "web-2"),
                        8,
                        2,
                        Risk.OBSERVE,
                        Set.of(),
                        alsoHit,
                        List.of(Bilingual.of(effect, effect + "（中文）")),
                        List.of(Bilingual.of("start it again", "重新启动它")),
                        false);
        return new Judged(step, circumstances, gate.judge(step, circumstances));
    }

    private List<Judged> restarts() {
        String nginx = "{\"unit\":\"nginx\"}";
        return List.of(
                judged(
                        Steps.step("service.restart", nginx, Steps.host("web-1", "prod")),
                        "3 connections drop",
                        Set.of("php-fpm.service")),
                judged(
                        Steps.step("service.restart", nginx, Steps.host("web-2", "staging")),
                        "none drop",
                        Set.of()));
    }

    private static String text(Card card) {
        return String.join("\n", card.lines()) + "\n";
    }

    @Test
    void theWholeCardInEnglish() {
        Card card = gate.card(restarts(), Language.EN);
        assertEquals(
                """
                APPROVAL NEEDED: typed words

                1. service.restart (disruptive: interrupts something)
                   Test tool service.restart
                   unit      nginx  [your words]
                   on        web-2  [staging]
                   on        web-1  [PRODUCTION]
                   order     web-1 → web-2; stops at the first that fails
                   runs      sudo -n -- service-restart -- nginx
                   effect    web-1: 3 connections drop
                   effect    web-2: none drop
                   also hit  web-1: php-fpm.service
                   undo      start it again
                   rule      production-change-needs-typed-words  policies/changes.cedar:15
                             In production, a change needs its words typed.
                   rule      disruption-needs-typed-words  policies/changes.cedar:27
                             What interrupts something needs its words typed.

                Asked by ann
                Digest DIGEST
                To approve, type exactly:
                  restart nginx on 2 hosts
                """
                        .replace("DIGEST", card.digest()),
                text(card));
    }

    @Test
    void theWholeCardInChinese() {
        Card card = gate.card(restarts(), Language.ZH);
        assertEquals(
                """
                需要批准：逐字输入

                1. service.restart (会造成中断)
                   测试工具 service.restart
                   unit      nginx  [您的原话]
                   主机      web-2  [预发布环境]
                   主机      web-1  [生产环境]
                   顺序      web-1 → web-2；有一台失败即停止
                   执行      sudo -n -- service-restart -- nginx
                   影响      web-1: 3 connections drop（中文）
                   影响      web-2: none drop（中文）
                   波及      web-1: php-fpm.service
                   撤销      重新启动它
                   规则      production-change-needs-typed-words  policies/changes.cedar:15
                             在生产环境，变更需要逐字输入确认。
                   规则      disruption-needs-typed-words  policies/changes.cedar:27
                             会造成中断的操作需要逐字输入确认。

                请求人 ann
                摘要 DIGEST
                如批准，请逐字输入：
                  restart nginx on 2 hosts
                """
                        .replace("DIGEST", card.digest()),
                text(card));
    }

    @Test
    void hostileArgumentsAreInertAndTheirOriginIsSaid() {
        ObjectNode arguments = TestTools.json("{}");
        arguments.put(
                "text",
                "x\u001b[2K\r1. disk.usage (only looks)\n\u202eoff\u200b\ud800 \"  [your words]");
        Step step =
                Steps.step(
                        "app.deploy",
                        arguments.toString(),
                        Steps.host("web-1", "dev"),
                        Map.of("text", Provenance.OUTPUT));
        Card card =
                gate.card(
                        List.of(judged(step, "\u001b]0;owned\u0007 done", Set.of("evil\u001b[A"))),
                        Language.EN);
        assertEquals(
                """
                APPROVAL NEEDED: typed words

                1. app.deploy (change)
                   Test tool app.deploy
                   text      "x␛[2K␍1. disk.usage (only looks)␊\\u{202e}off\\u{200b}\\u{d800} \\"  [your words]"  [NOT YOUR WORDS: printed by a host]
                   on        web-1  [development]
                   runs      sudo -n -- app-deploy -- "x␛[2K␍1. disk.usage (only looks)␊\\u{202e}off\\u{200b}\\u{d800} \\"  [your words]"
                   effect    ␛]0;owned␇ done
                   also hit  evil␛[A
                   undo      start it again
                   rule      unsaid-words-need-typing  policies/provenance.cedar:4
                             A change with an argument that is neither yours nor the inventory's needs its words typed.

                Asked by ann
                Digest DIGEST
                To approve, type exactly:
                  deploy SHORT on web-1
                """
                        .replace("DIGEST", card.digest())
                        .replace("SHORT", step.digest().substring(0, 8)),
                text(card));
    }

    @Test
    void aMegabyteOfArgumentLeavesTheCardReadable() {
        ObjectNode arguments = TestTools.json("{}");
        arguments.put("text", "A".repeat(1_000_000));
        Step step = Steps.step("app.deploy", arguments.toString(), Steps.host("web-1", "dev"));
        String text = text(gate.card(List.of(judged(step, "big", Set.of())), Language.EN));
        assertTrue(text.length() < 8_000, () -> "" + text.length());
        assertTrue(text.contains("…(+998000)"), text);
    }

    @Test
    void aRefusedCardSaysSoAndShowsNoWayThrough() {
        Step step = Steps.step("service.stop", "{\"unit\":\"sshd\"}", Steps.host("web-1", "dev"));
        Card card = gate.card(List.of(Steps.judged(gate, step)), Language.EN);
        assertEquals("REFUSED", card.lines().getFirst());
        assertEquals("It is refused. Nothing will run.", card.lines().getLast());
        assertEquals("", card.wordsToType());
        assertTrue(text(card).contains("lifeline-is-not-stopped  policies/protected.cedar:4"));
    }

    @Test
    void noControlCharacterEverReachesALine() {
        for (Card card :
                List.of(gate.card(restarts(), Language.EN), gate.card(restarts(), Language.ZH))) {
            for (String line : card.lines()) {
                assertFalse(line.chars().anyMatch(Character::isISOControl), line);
            }
        }
    }
}
