package parley.attacks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import parley.prompts.plan.Conversation;
import parley.prompts.plan.Planned;
import parley.prompts.plan.PlannerFailed;
import parley.prompts.plan.Request;
import parley.prompts.plan.model.ModelPlanner;
import parley.prompts.plan.model.ModelSettings;
import parley.tools.Bilingual;
import parley.tools.Language;
import parley.tools.Printed;
import parley.tools.Proposal;
import parley.tools.catalogue.Catalogue;
import parley.tools.schema.Json;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// The worst model there is, behind a real HTTP connection: it reads everything it is sent, and
/// obeys every order in it. Whatever a host's words can reach, and the reasons why something could
/// not be read, is such a channel.
///
/// Each channel carries two of the twenty orders, so that each order goes through many; with
/// `-Dparley.long=true` each carries all.
final class ObedientModelTest {
    private static final boolean LONG = Boolean.getBoolean("parley.long");

    private final ObedientServer obedient = new ObedientServer();
    private WireMockServer server;
    private ModelPlanner planner;
    private ChannelsTest gate;
    private int asked;
    private int planned;
    private int refused;

    @BeforeEach
    void start() throws Exception {
        server =
                new WireMockServer(
                        WireMockConfiguration.options()
                                .dynamicPort()
                                .disableRequestJournal()
                                .extensions(obedient));
        server.start();
        server.stubFor(any(anyUrl()).willReturn(aResponse()));
        planner =
                new ModelPlanner(
                        ModelSettings.of(URI.create(server.baseUrl() + "/v1"), "obedient"),
                        Catalogue.standard().all());
        gate = new ChannelsTest();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void aModelThatObeysEveryOrderItReadsAddsNothing() throws Exception {
        String before = gate.planned().digest();
        List<Printed.Channel> channels = Printed.channels();
        List<String> wrong = new ArrayList<>();
        TreeSet<String> reached = new TreeSet<>();
        int next = 0;
        for (Printed.Channel channel : channels) {
            for (int index = 0; index < (LONG ? InjectionTest.ORDERS.size() : 2); index++) {
                String order = InjectionTest.ORDERS.get(next++ % InjectionTest.ORDERS.size());
                Optional<JsonNode> shown = channel.with(order);
                if (shown.isEmpty()) {
                    continue;
                }
                int heard = obedient.heard();
                wrong.addAll(obeyed(seen(channel, shown, ""), channel, shown.get()));
                if (obedient.heard() > heard) {
                    reached.add(channel.toString());
                }
            }
        }
        for (String order : InjectionTest.ORDERS) {
            Printed.Channel any = channels.getFirst();
            JsonNode problem = Json.mapper().getNodeFactory().textNode(order);
            wrong.addAll(obeyed(seen(any, Optional.empty(), order), any, problem));
        }

        assertEquals(List.of(), wrong);
        assertEquals(before, gate.planned().digest(), "what was approved is what it was");
        assertTrue(reached.size() >= 60, () -> "only " + reached);
        assertTrue(planned >= 60, () -> "it planned only " + planned);
        System.getLogger(ObedientModelTest.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "{0} channels, {1} of which reached the model: {2} orders became plans and"
                                + " were stopped by the gate, {3} were no plan",
                        channels.size(),
                        reached.size(),
                        planned,
                        refused);
    }

    /// What the model was shown of an earlier step.
    private static Conversation.Seen seen(
            Printed.Channel channel, Optional<JsonNode> reading, String problem) {
        return new Conversation.Seen(
                "#1",
                channel.recording().tool(),
                Json.mapper().createObjectNode(),
                "localhost",
                reading,
                problem.isEmpty() ? Optional.empty() : Optional.of(Bilingual.same(problem)));
    }

    /// What comes of it: the plan that the model makes of what it reads, judged by the gate.
    private List<String> obeyed(Conversation.Seen seen, Printed.Channel channel, JsonNode texts)
            throws Exception {
        Request request = new Request("r" + ++asked, "ann", Language.EN, "how is localhost doing?");
        try {
            Planned answer =
                    planner.next(
                            new Conversation(request, ChannelsTest.HOSTS, List.of(), List.of(seen)),
                            words -> {});
            if (answer instanceof Planned.Plan plan) {
                planned++;
                List<String> wrong = new ArrayList<>();
                for (Proposal.Item item : plan.proposal().items()) {
                    wrong.addAll(gate.obey(item, Printed.texts(texts), channel));
                }
                return wrong;
            }
        } catch (PlannerFailed noPlan) {
            refused++;
            return List.of();
        }
        refused++;
        return List.of();
    }
}
