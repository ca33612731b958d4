package parley.prompts.plan.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import parley.prompts.plan.Planned;
import parley.prompts.plan.PlannerFailed;
import parley.prompts.plan.embedded.EmbeddedPlanner;
import parley.tools.catalogue.Catalogue;

import java.util.ArrayList;
import java.util.List;

/// Which functions of the whole catalogue a model is told about.
@Timeout(120)
class ModelOfferTest {
    private static final String SEARCH = "{\"words\":\"full disk\"}";

    private final Talk talk = new Talk();
    private final Catalogue catalogue = Catalogue.standard();

    @AfterEach
    void stop() {
        talk.close();
    }

    private ModelPlanner planner() {
        return new ModelPlanner(
                Talk.settings(talk.url(), Talk.QUICK),
                catalogue.all(),
                new EmbeddedPlanner(catalogue));
    }

    private List<String> functions(int request) {
        List<String> names = new ArrayList<>();
        for (JsonNode tool : talk.request(request).path("tools")) {
            names.add(tool.path("function").path("name").asText());
        }
        return names;
    }

    /// The steps that may be in a plan.
    private List<String> steps(int request) {
        List<String> names = new ArrayList<>();
        for (JsonNode tool : talk.request(request).path("tools")) {
            if (tool.path("function").path("name").asText().equals(Offer.SUBMIT)) {
                tool.findValues("enum")
                        .forEach(values -> values.forEach(value -> names.add(value.asText())));
            }
        }
        return names;
    }

    @ParameterizedTest
    @CsvSource({
        "is any disk full on web-1,disk-usage",
        "web-1 内存还剩多少,mem-usage",
        "who listens on port 443 on web-1,net-sockets",
        "web-1 上 nginx 的日志里有什么错误,log-journal"
    })
    void whatARequestIsAboutIsAmongTheFew(String words, String function) throws Exception {
        talk.answers(Sse.words("I cannot say."));
        planner().next(Talk.asked(words), heard -> {});
        List<String> offered = functions(0);
        assertTrue(offered.contains(function), () -> function + " is not in " + offered);
        assertTrue(offered.contains(Offer.FIND), offered.toString());
        assertTrue(offered.size() <= Shelf.MOST_OFFERED + 4, offered.toString());
        assertTrue(catalogue.all().size() > 2 * Shelf.MOST_OFFERED, "nothing was left out");
    }

    @Test
    void aChangeThatIsMeantIsAmongThoseThatMayBePlanned() throws Exception {
        talk.answers(Sse.words("I cannot say."));
        planner().next(Talk.asked("restart nginx on web-1"), heard -> {});
        assertTrue(steps(0).contains("service-restart"), steps(0).toString());
        assertFalse(functions(0).contains("service-restart"), "a change is no function");
    }

    @Test
    void whatTheModelLooksForIsOfferedNext() throws Exception {
        talk.answers(
                Sse.called(Offer.FIND, SEARCH),
                Sse.called("disk-usage", "{\"hosts\":[\"web-1\"]}"));
        Planned planned = planner().next(Talk.asked("重启 web-1 的 nginx"), heard -> {});
        assertInstanceOf(Planned.Plan.class, planned);
        assertFalse(functions(0).contains("disk-usage"), functions(0).toString());
        assertTrue(functions(1).contains("disk-usage"), functions(1).toString());
        assertEquals(2, planned.exchanges().size());
    }

    @Test
    void whoOnlySearchesComesToNoPlan() throws Exception {
        String search = Sse.called(Offer.FIND, SEARCH);
        talk.answers(search, search, search, search, search);
        try {
            throw new AssertionError(
                    "planned: " + planner().next(Talk.asked("restart nginx"), heard -> {}));
        } catch (PlannerFailed failed) {
            assertTrue(failed.why().en().contains("no usable reply"), failed.why().en());
        }
        assertEquals(Round.MOST_SEARCHES + 2, talk.requests());
    }
}
