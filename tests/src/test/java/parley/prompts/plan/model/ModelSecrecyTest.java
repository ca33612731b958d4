package parley.prompts.plan.model;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import parley.prompts.plan.Conversation;
import parley.prompts.plan.Planned;
import parley.prompts.plan.PlannerFailed;
import parley.prompts.plan.Request;
import parley.tools.Hosts;
import parley.tools.Language;
import parley.tools.Proposal;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The key, the certificates, the proxy, and the hosts that a model must not know.
class ModelSecrecyTest {
    private static final String KEY = "sk-very-secret-123";

    private static ModelSettings withKey(URI url) {
        return new ModelSettings(
                Provider.OPENAI,
                url,
                "tiny",
                Optional.of(new ApiKey(KEY)),
                Optional.empty(),
                ProxyRoute.NONE,
                Talk.QUICK);
    }

    @Test
    void theKeyTravelsInItsHeaderAndStandsNowhereElse() throws Exception {
        try (Talk talk = new Talk()) {
            talk.answers(Sse.words("Your key is " + KEY));
            Planned planned =
                    Talk.planner(withKey(talk.url()))
                            .next(Talk.asked("my key is " + KEY), words -> {});
            var request = talk.server.getAllServeEvents().getFirst().getRequest();
            assertEquals("Bearer " + KEY, request.getHeader("Authorization"));
            assertFalse(request.getBodyAsString().contains(KEY), request.getBodyAsString());
            assertFalse(planned.toString().contains(KEY), planned.toString());
            Planned.Exchange exchange = planned.exchanges().getFirst();
            assertEquals(request.getBodyAsString(), exchange.prompt());
            assertEquals(Sse.words("Your key is [key]"), exchange.reply());
        }
    }

    @Test
    void anEndpointThatRepeatsTheKeyIsNotRepeated() throws Exception {
        try (Talk talk = new Talk()) {
            talk.answers(
                    Talk.status(401, "{\"error\":\"Incorrect API key provided: " + KEY + "\"}"));
            PlannerFailed failed =
                    assertThrows(
                            PlannerFailed.class,
                            () ->
                                    Talk.planner(withKey(talk.url()))
                                            .next(Talk.asked("hello"), words -> {}));
            assertTrue(failed.why().en().contains("put a valid key into"), failed.why().en());
            StringWriter trace = new StringWriter();
            failed.printStackTrace(new PrintWriter(trace));
            String everything = trace + failed.why().toString() + failed.exchanges();
            assertFalse(everything.contains(KEY), everything);
            assertTrue(failed.exchanges().getFirst().reply().contains("[key]"));
        }
    }

    @Test
    void whatWasSentAndReceivedIsKeptByteForByte() throws Exception {
        try (Talk talk = new Talk()) {
            String body = ": ping\n\n" + Sse.words("磁盘没满 🙂");
            talk.answers(body);
            Planned.Exchange exchange = talk.next("磁盘快满了吗").exchanges().getFirst();
            assertEquals("tiny", exchange.model());
            assertEquals(body, exchange.reply());
            assertEquals(
                    talk.server.getAllServeEvents().getFirst().getRequest().getBodyAsString(),
                    exchange.prompt());
        }
    }

    private static Hosts secretive() {
        return new Hosts(
                List.of(
                        Talk.host("web-1", true, "web"),
                        Talk.host("web-2", true, "web"),
                        Talk.host("db-1", false, "db")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "is the disk of db-1 full",
                "is the disk of DB-1 full",
                "is the disk of db01 full",
                "is db-1.example full",
                "compare web-1 and the db hosts",
                "重启db-1上的nginx",
                "restart nginx on all servers except web-1",
                "所有主机的磁盘",
                "is any disk full",
                "磁盘满了吗",
            })
    void whatMayConcernAHiddenHostIsNotSent(String words) throws Exception {
        try (Talk talk = new Talk()) {
            PlannerFailed failed = talk.failure(Talk.asked(words, secretive(), List.of()));
            assertTrue(failed.why().en().contains("embedded planner"), failed.why().en());
            assertEquals(0, talk.requests());
            assertEquals(List.of(), failed.exchanges());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"is web-1 full", "disks of web", "web-2的磁盘满了吗", "all disks of web-1"})
    void anotherRequestIsSentWithoutAWordAboutThem(String words) throws Exception {
        try (Talk talk = new Talk()) {
            talk.answers(Sse.called("disk-usage", "{\"hosts\":[\"web-1\"]}"));
            talk.next(Talk.asked(words, secretive(), List.of()));
            String sent = talk.request(0).toString();
            assertFalse(sent.contains("db-1") || sent.contains("db01"), sent);
        }
    }

    @Test
    void aModelThatNamesAHiddenHostIsRefused() throws Exception {
        try (Talk talk = new Talk()) {
            String hidden = Sse.called("disk-usage", "{\"hosts\":[\"db-1\"]}");
            talk.answers(hidden, hidden);
            PlannerFailed failed =
                    talk.failure(Talk.asked("is web-1 full", secretive(), List.of()));
            assertTrue(failed.why().en().contains("no host or group"), failed.why().en());
        }
    }

    /// Groups are the same in capitals; one that has a hidden host is hidden.
    @Test
    void aGroupWithAHiddenHostIsUnknownHoweverItIsWritten() throws Exception {
        Hosts hosts =
                new Hosts(
                        List.of(
                                Talk.host("web-1", true, "Shop", "web"),
                                Talk.host("db-1", false, "shop")));
        try (Talk talk = new Talk()) {
            String group = Sse.called("disk-usage", "{\"hosts\":[\"sHoP\"]}");
            talk.answers(group, group);
            PlannerFailed failed = talk.failure(Talk.asked("disk of web-1", hosts, List.of()));
            assertTrue(failed.why().en().contains("no host or group"), failed.why().en());
            talk.failure(Talk.asked("disks of the SHOP", hosts, List.of()));
            assertEquals(2, talk.requests());
        }
    }

    @Test
    void aReadingOfAHiddenHostIsNeverSent() throws Exception {
        try (Talk talk = new Talk()) {
            talk.failure(
                    Talk.asked(
                            "is web-1 full",
                            secretive(),
                            List.of(Talk.seen("#1", "db-1", "{\"count\":2}"))));
            assertEquals(0, talk.requests());
        }
    }

    @Test
    void anEarlierRequestAboutAHiddenHostIsNotTold() throws Exception {
        Proposal hidden =
                new Proposal(
                        List.of(
                                Proposal.Item.of(
                                        "disk.usage", Talk.arguments("{}"), List.of("db-1"))),
                        List.of());
        List<Conversation.Past> past =
                List.of(new Conversation.Past("the database box, is it full", Optional.of(hidden)));
        try (Talk talk = new Talk()) {
            talk.answers(Sse.words("Hello."));
            Request about = new Request("r1", "ann", Language.EN, "and web-1?");
            talk.next(new Conversation(about, secretive(), past, List.of()));
            assertFalse(talk.request(0).toString().contains("database box"));
            Request again = new Request("r2", "ann", Language.EN, "look again");
            talk.failure(new Conversation(again, secretive(), past, List.of()));
            assertEquals(1, talk.requests());
        }
    }

    /// A server with a certificate that only its own authority vouches for.
    private static WireMockServer secured(Path folder) throws IOException, InterruptedException {
        Path store = folder.resolve("server.p12");
        keytool(
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=model.example",
                "-ext",
                "SAN=IP:127.0.0.1",
                "-validity",
                "2");
        keytool(
                "-exportcert",
                "-rfc",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit",
                "-alias",
                "server",
                "-file",
                folder.resolve("ca.pem").toString());
        WireMockServer server =
                new WireMockServer(
                        WireMockConfiguration.options()
                                .httpDisabled(true)
                                .dynamicHttpsPort()
                                .keystorePath(store.toString())
                                .keystorePassword("changeit")
                                .keyManagerPassword("changeit")
                                .keystoreType("PKCS12"));
        server.start();
        server.stubFor(post(anyUrl()).willReturn(Talk.stream(Sse.words("Hello."))));
        return server;
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> words = new ArrayList<>(List.of(tool.toString()));
        words.addAll(List.of(arguments));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), output);
        assertEquals(0, process.exitValue(), output);
    }

    private static ModelSettings secured(
            WireMockServer server, Optional<Path> certificates, ProxyRoute proxy) {
        return new ModelSettings(
                Provider.OPENAI,
                URI.create("https://127.0.0.1:" + server.httpsPort() + "/v1"),
                "tiny",
                Optional.of(new ApiKey(KEY)),
                certificates,
                proxy,
                Talk.QUICK);
    }

    private static Planned hello(ModelSettings settings)
            throws PlannerFailed, InterruptedException {
        return Talk.planner(settings).next(Talk.asked("hello"), words -> {});
    }

    @Test
    void aPrivateAuthorityIsTrustedWhenItIsNamedAndOnlyThen(@TempDir Path folder) throws Exception {
        WireMockServer server = secured(folder);
        try {
            Optional<Path> pem = Optional.of(folder.resolve("ca.pem"));
            assertInstanceOf(Planned.Answered.class, hello(secured(server, pem, ProxyRoute.NONE)));
            ModelSettings usual = secured(server, Optional.empty(), ProxyRoute.NONE);
            PlannerFailed failed = assertThrows(PlannerFailed.class, () -> hello(usual));
            assertTrue(failed.why().en().contains("no trusted TLS"), failed.why().en());
            assertEquals(1, server.getAllServeEvents().size());
        } finally {
            server.stop();
        }
    }

    @Test
    void certificatesThatCannotBeReadAreTold(@TempDir Path folder) throws Exception {
        Path broken = Files.writeString(folder.resolve("ca.pem"), "not a certificate");
        for (Path file : List.of(broken, folder.resolve("missing.pem"))) {
            ModelSettings settings =
                    new ModelSettings(
                            Provider.OPENAI,
                            URI.create("https://127.0.0.1:9/v1"),
                            "tiny",
                            Optional.empty(),
                            Optional.of(file),
                            ProxyRoute.NONE,
                            Talk.QUICK);
            PlannerFailed failed = assertThrows(PlannerFailed.class, () -> hello(settings));
            assertTrue(failed.why().en().contains("cannot be read from " + file));
        }
    }

    @Test
    void theProxyIsUsedAndSeesNoKey(@TempDir Path folder) throws Exception {
        WireMockServer server = secured(folder);
        try (ConnectProxy proxy = new ConnectProxy()) {
            Optional<Path> pem = Optional.of(folder.resolve("ca.pem"));
            ProxyRoute through = ProxyRoute.of(Map.of("HTTPS_PROXY", proxy.url()));
            assertInstanceOf(Planned.Answered.class, hello(secured(server, pem, through)));
            assertEquals(1, proxy.asked.size());
            String head = proxy.asked.getFirst();
            assertTrue(head.startsWith("CONNECT 127.0.0.1:" + server.httpsPort()), head);
            assertFalse(head.contains(KEY), head);
            ProxyRoute around =
                    ProxyRoute.of(Map.of("HTTPS_PROXY", proxy.url(), "NO_PROXY", "127.0.0.1"));
            assertInstanceOf(Planned.Answered.class, hello(secured(server, pem, around)));
            assertEquals(1, proxy.asked.size());
        } finally {
            server.stop();
        }
    }
}
