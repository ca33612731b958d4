package parley.prompts.plan.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;

import parley.prompts.plan.Planned;
import parley.prompts.plan.Planned.About;
import parley.prompts.plan.Planned.Clarify;
import parley.prompts.plan.Planned.Decline;
import parley.prompts.plan.Planned.Plan;
import parley.tools.Proposal.Item;

import java.util.List;

final class EmbeddedPlannerTest {
    @Test
    void looksAtTheOnlyHostWhenNoneIsNamed() {
        assertEquals("disk.usage {} [localhost]", only(Fleet.local("is any disk nearly full?")));
        assertEquals("disk.usage {} [localhost]", only(Fleet.local("磁盘快满了吗")));
    }

    @Test
    void neverReachesTheOnlyHostUnderAnotherName() {
        assertEquals(About.HOST, asks(Fleet.local("restart nginx on web-1")));
        assertEquals(About.HOST, asks(Fleet.local("重启 web-1 的 nginx")));
    }

    @Test
    void restartsOnlyWithVerbUnitAndHost() {
        assertEquals(
                "service.restart {\"unit\":\"nginx\"} [web-2]",
                only(Fleet.plan("please restart nginx on web-2")));
        assertEquals(About.HOST, asks(Fleet.plan("restart nginx")));
        assertEquals(About.UNIT, asks(Fleet.plan("restart the service on web-2")));
        assertInstanceOf(Clarify.class, Fleet.plan("should I restart nginx on web-2?"));
        assertInstanceOf(Decline.class, Fleet.plan("stop nginx on web-2"));
    }

    private static About asks(Planned planned) {
        return assertInstanceOf(Clarify.class, planned).about();
    }

    private static String only(Planned planned) {
        List<Item> items = assertInstanceOf(Plan.class, planned).proposal().items();
        assertEquals(1, items.size(), items::toString);
        Item item = items.getFirst();
        return item.tool() + " " + item.arguments() + " " + item.hosts();
    }
}
