package parley.prompts.plan.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.prompts.plan.Planned;
import parley.prompts.plan.Planned.About;
import parley.prompts.plan.Planned.Clarify;
import parley.prompts.plan.Planned.Decline;
import parley.prompts.plan.Planned.Plan;
import parley.prompts.plan.Planned.Reason;
import parley.tools.Proposal;
import parley.tools.Proposal.Comparison;
import parley.tools.Proposal.Condition;
import parley.tools.Proposal.Item;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

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
        assertEquals(About.HOST, asks(Fleet.local("disk usage on 10.0.0.11")));
    }

    @Test
    void restartsOnlyWithVerbUnitAndHost() {
        assertEquals(
                "service.restart {\"unit\":\"nginx\"} [web-2]",
                only(Fleet.plan("please restart nginx on web-2")));
        assertEquals(About.HOST, asks(Fleet.plan("restart nginx")));
        assertEquals(About.UNIT, asks(Fleet.plan("restart the service on web-2")));
        assertInstanceOf(Clarify.class, Fleet.plan("should I restart nginx on web-2?"));
    }

    @Test
    void offersCompleteRequestsAsAnswers() {
        Clarify clarify = assertInstanceOf(Clarify.class, Fleet.plan("restart nginx"));
        assertTrue(clarify.choices().contains("restart nginx on web-2"), clarify::toString);
        assertEquals(
                "service.restart {\"unit\":\"nginx\"} [web-2]",
                only(Fleet.plan("restart nginx on web-2")));
    }

    @Test
    void asksBeforeItCorrectsANameInAChange() {
        Clarify unit = assertInstanceOf(Clarify.class, Fleet.plan("restart ngnix on web-1"));
        assertEquals(About.UNIT, unit.about());
        assertEquals(List.of("restart nginx on web-1"), unit.choices());
        Clarify host = assertInstanceOf(Clarify.class, Fleet.plan("restart nginx on wbe-1"));
        assertEquals(About.HOST, host.about());
        assertTrue(host.choices().contains("restart nginx on web-1"), host::toString);
    }

    @Test
    void neverPlansAToolThatIsNotInItsCatalogue() {
        Decline decline = assertInstanceOf(Decline.class, Fleet.plan("reset the gpu on web-2"));
        assertEquals(Reason.NO_TOOL, decline.reason());
        assertTrue(decline.message().en().contains("reset a GPU"), decline::toString);
        EmbeddedPlanner empty = new EmbeddedPlanner(Map.of());
        Planned planned = Fleet.with(empty, "memory on web-1");
        assertInstanceOf(Decline.class, planned);
    }

    @Test
    void neverTakesAWholeGroupForHostsThatTheWordsNarrowItTo() {
        for (String words :
                List.of(
                        "restart php-fpm on the web hosts, only the ones with errors",
                        "restart nginx on the web hosts but only the slow one",
                        "reload nginx on the other web hosts",
                        "restart mysqld on all three db hosts",
                        "重启数据库服务器上的mysqld，就那台老的",
                        "重启一半web机器的nginx",
                        "其他web重启nginx")) {
            assertEquals(About.HOST, asks(Fleet.plan(words)), words);
        }
        assertEquals(
                "service.restart {\"unit\":\"nginx\"} [web-2, web-3]",
                only(Fleet.plan("除了web-1，其他web都重启下nginx")));
    }

    @Test
    void tellsAnOrderFromWhatSomebodyDid() {
        assertEquals(
                "service.stop {\"unit\":\"nginx\"} [web-1]", only(Fleet.plan("把web-1的nginx停了")));
        assertEquals(
                "service.status {\"unit\":\"nginx\"} [web-1]", only(Fleet.plan("我把web-1的nginx停了")));
        assertInstanceOf(Clarify.class, Fleet.plan("把web-1的nginx停了，结果网站挂了"));
    }

    @Test
    void keepsWhatWasForbiddenBesideThePlan() {
        Plan plan =
                assertInstanceOf(
                        Plan.class, Fleet.plan("check nginx on web-1 but don't restart it"));
        assertEquals(List.of("service.restart"), plan.proposal().prohibited());
    }

    @Test
    void readsAConditionFromTheObservationBeforeIt() {
        Plan plan =
                assertInstanceOf(
                        Plan.class, Fleet.plan("restart redis on cache-1 if it is not running"));
        Condition condition = plan.proposal().items().getLast().condition().orElseThrow();
        assertEquals(0, condition.item());
        assertEquals("/active", condition.pointer());
        assertEquals(Comparison.NOT_EQUAL, condition.comparison());
        assertEquals("active", condition.value().asText());
    }

    @Test
    void neverDropsACondition() {
        for (String words :
                List.of(
                        "restart nginx on web-1 if the moon is full",
                        "when nginx on web-1 is down, restart it",
                        "如果客户投诉就重启web-1的nginx")) {
            assertInstanceOf(Clarify.class, Fleet.plan(words), words);
        }
    }

    @Test
    void takesAnAnswerTogetherWithItsQuestion() {
        assertEquals(
                "service.restart {\"unit\":\"nginx\"} [web-2]",
                only(Fleet.plan("web-2", "restart nginx")));
    }

    @Test
    void doesNotRepeatAChangeThatWasOnlyAskedAbout() {
        assertInstanceOf(Clarify.class, Fleet.plan("and web-2?", "restart nginx on web-1"));
        assertEquals(
                "service.restart {\"unit\":\"nginx\"} [web-2]",
                only(Fleet.plan("same on web-2", "restart nginx on web-1")));
    }

    @Test
    void readsFullWidthLetters() {
        assertEquals("mem.usage {} [web-1]", only(Fleet.plan("ｗｅｂ－１　的内存")));
    }

    @Test
    void givesTheSamePlanToManyThreads() {
        Set<String> plans = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 400)
                .parallel()
                .forEach(i -> plans.add(only(Fleet.plan("top 5 memory consumers on db-1"))));
        assertEquals(Set.of("process.top {\"by\":\"rss\",\"limit\":5} [db-1]"), plans);
    }

    @Test
    void saysHowFastItIs() {
        List<Utterance> all = Utterance.in("zh.jsonl");
        for (int round = 0; round < 6; round++) {
            all.forEach(Utterance::planned);
        }
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long start = clock.getCurrentThreadCpuTime();
        int rounds = 3;
        for (int round = 0; round < rounds; round++) {
            all.forEach(Utterance::planned);
        }
        double seconds = (clock.getCurrentThreadCpuTime() - start) / 1e9;
        long rate = Math.round(rounds * all.size() / seconds);
        System.getLogger(EmbeddedPlannerTest.class.getName())
                .log(System.Logger.Level.INFO, "plans a second of processor time: " + rate);
        // Half of what it makes where nothing else runs: shared machines are slower.
        assertTrue(rate >= 500, "only " + rate + " plans a second");
    }

    private static About asks(Planned planned) {
        return assertInstanceOf(Clarify.class, planned).about();
    }

    private static String only(Planned planned) {
        Proposal proposal = assertInstanceOf(Plan.class, planned).proposal();
        assertEquals(1, proposal.items().size(), proposal::toString);
        Item item = proposal.items().getFirst();
        return item.tool() + " " + item.arguments() + " " + item.hosts();
    }
}
