package parley.prompts.plan.model;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;

class ModelProbeTest {
    private final Talk talk = new Talk();

    @AfterEach
    void stop() {
        talk.close();
    }

    private void models(ResponseDefinitionBuilder answer) {
        talk.server.stubFor(get("/v1/models").willReturn(answer));
    }

    private ModelProbe.Finding check() throws InterruptedException {
        return check(talk.url());
    }

    private static ModelProbe.Finding check(URI url) throws InterruptedException {
        return new ModelProbe(Talk.settings(url, Talk.QUICK)).check();
    }

    private static void assertMend(String what, ModelProbe.Finding finding) {
        assertFalse(finding.usable(), finding.statement().en());
        assertTrue(finding.statement().en().contains(what), finding.statement().en());
    }

    @Test
    void aListedModelIsUsable() throws Exception {
        models(okJson("{\"data\":[{\"id\":\"other\"},{\"id\":\"tiny\"}]}"));
        assertTrue(check().usable());
        assertEquals(0, talk.requests());
    }

    @Test
    void anUnlistedModelIsToldWithThoseThatAre() throws Exception {
        models(okJson("{\"data\":[{\"id\":\"huge\"}]}"));
        assertMend("lists no model \"tiny\"; it lists: huge", check());
    }

    @Test
    void anEndpointWithoutAListIsSpokenTo() throws Exception {
        talk.answers(Sse.words("ok"));
        assertTrue(check().usable());
        assertEquals(1, talk.requests());
    }

    @Test
    void aRefusedKeyIsTold() throws Exception {
        models(aResponse().withStatus(401));
        assertMend("it wants a key", check());
    }

    @Test
    void aServerThatIsNotThereIsTold() throws Exception {
        URI gone = talk.url();
        talk.server.stop();
        assertMend("cannot be reached", check(gone));
    }

    @Test
    void aSilentServerIsGivenUp() throws Exception {
        models(okJson("{}").withFixedDelay(20_000));
        ModelLimits short_ =
                new ModelLimits(
                        Duration.ofSeconds(1),
                        Duration.ofMillis(300),
                        Duration.ofSeconds(5),
                        1,
                        1,
                        1);
        assertMend(
                "no whole answer within 300 ms",
                new ModelProbe(Talk.settings(talk.url(), short_)).check());
    }
}
