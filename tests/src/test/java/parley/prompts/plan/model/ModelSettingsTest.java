package parley.prompts.plan.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import parley.tools.value.BadValue;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class ModelSettingsTest {
    private static final ApiKey KEY = new ApiKey("sk-very-secret-123");

    private static ModelSettings with(String url, Optional<ApiKey> key) {
        return new ModelSettings(
                Provider.OPENAI,
                URI.create(url),
                "tiny",
                key,
                Optional.empty(),
                ProxyRoute.NONE,
                ModelLimits.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.example.com/v1",
                "HTTPS://api.example.com",
                "http://localhost:8080/v1",
                "http://127.0.0.1/v1",
                "http://[::1]:8000/v1",
            })
    void aKeyGoesOverHttpsOrToThisMachine(String url) {
        assertEquals(URI.create(url), with(url, Optional.of(KEY)).baseUrl());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.example.com/v1",
                "http://10.0.0.5:8000/v1",
                "http://192.168.1.9/v1",
                "http://localhost.example.com/v1",
                "http://127.0.0.1.example.com/v1",
                "http://[fd00::5]/v1",
            })
    void aKeyNeverGoesOverPlainHttpElsewhere(String url) {
        BadValue refused = assertThrows(BadValue.class, () -> with(url, Optional.of(KEY)));
        assertTrue(refused.why().en().contains("never sent over plain HTTP"), refused.why().en());
        assertFalse(refused.why().en().contains(KEY.value()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.5:8000/v1",
                "http://172.16.3.4/v1",
                "http://192.168.1.9/v1",
                "http://[fd00::5]/v1",
                "http://localhost/v1",
            })
    void withoutAKeyPlainHttpGoesToPrivateAddresses(String url) {
        assertEquals(URI.create(url), with(url, Optional.empty()).baseUrl());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.example.com/v1",
                "http://8.8.8.8/v1",
                "http://172.32.0.1/v1",
                "http://169.254.169.254/v1",
                "http://gpu-box/v1",
            })
    void withoutAKeyPlainHttpGoesNowhereElse(String url) {
        BadValue refused = assertThrows(BadValue.class, () -> with(url, Optional.empty()));
        assertTrue(refused.why().en().contains("private address"), refused.why().en());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://api.example.com/v1",
                "api.example.com/v1",
                "https:///v1",
                "https://ann:pw@api.example.com/v1",
                "https://api.example.com/v1?key=1",
                "https://api.example.com/v1#x",
            })
    void aUrlOfAnotherFormIsRefused(String url) {
        BadValue refused = assertThrows(BadValue.class, () -> with(url, Optional.empty()));
        assertTrue(refused.why().en().startsWith("the model's base URL must"), refused.why().en());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "abc", "has space", "new\nline", "quo\"te", "back\\slash", "schlüssel"})
    void aKeyThatNoHeaderTakesIsRefusedWithoutQuotingIt(String raw) {
        BadValue refused = assertThrows(BadValue.class, () -> ApiKey.of(raw));
        assertTrue(raw.isEmpty() || !refused.why().en().contains(raw), refused.why().en());
    }

    @Test
    void aKeyIsStrippedAndNeverShown() {
        assertEquals(KEY, ApiKey.of("  sk-very-secret-123\n"));
        String shown = with("https://api.example.com", Optional.of(KEY)).toString();
        assertFalse(shown.contains("secret"), shown);
        assertEquals("a [key] b", KEY.hideIn("a sk-very-secret-123 b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "x\"y", "-m"})
    void aModelNameThatNoEndpointListsIsRefused(String name) {
        URI url = URI.create("https://api.example.com");
        assertThrows(BadValue.class, () -> ModelSettings.of(url, name));
    }

    @Test
    void limitsAreBounded() {
        Duration second = Duration.ofSeconds(1);
        assertThrows(BadValue.class, () -> new ModelLimits(second, Duration.ZERO, second, 1, 1, 1));
        assertThrows(
                BadValue.class,
                () -> new ModelLimits(second, second, Duration.ofHours(2), 1, 1, 1));
        assertThrows(BadValue.class, () -> new ModelLimits(second, second, second, 0, 1, 1));
        assertThrows(BadValue.class, () -> new ModelLimits(second, second, second, 1, 2, 1));
    }

    @Test
    void theProxyIsThatOfTheEnvironment() {
        ProxyRoute route =
                ProxyRoute.of(
                        Map.of(
                                "HTTPS_PROXY", "http://proxy.example:3128",
                                "NO_PROXY", "localhost, .internal.example,10.0.0.5 *.lan"));
        assertEquals("HTTP @ proxy.example", chosen(route, "https://api.example.com/v1"));
        assertEquals("DIRECT", chosen(route, "https://gpu.internal.example/v1"));
        assertEquals("DIRECT", chosen(route, "https://internal.example/v1"));
        assertEquals("DIRECT", chosen(route, "https://10.0.0.5/v1"));
        assertEquals("DIRECT", chosen(route, "https://box.lan/v1"));
        assertEquals("HTTP @ proxy.example", chosen(route, "https://notinternal.example/v1"));
        assertEquals("DIRECT", chosen(route, "http://127.0.0.1/v1"));
        ProxyRoute none = ProxyRoute.of(Map.of("https_proxy", "proxy.example:1", "no_proxy", "*"));
        assertEquals("DIRECT", chosen(none, "https://api.example.com/v1"));
        assertEquals(ProxyRoute.NONE, ProxyRoute.of(Map.of("NO_PROXY", "x")));
    }

    private static String chosen(ProxyRoute route, String url) {
        List<Proxy> proxies = route.selector().select(URI.create(url));
        assertEquals(1, proxies.size());
        return proxies.getFirst().address() instanceof InetSocketAddress address
                ? proxies.getFirst().type() + " @ " + address.getHostString()
                : proxies.getFirst().type().toString();
    }

    @Test
    void lowerCaseWins() {
        ProxyRoute route =
                ProxyRoute.of(
                        Map.of("https_proxy", "http://a.example:1", "HTTPS_PROXY", "http://b:2"));
        assertEquals("a.example", route.proxy().orElseThrow().getHostString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://ann:hunter2@proxy:1", "https://proxy:1", "socks5://p:1", "a b"})
    void aProxyOfAnotherFormIsRefusedWithoutQuotingIt(String proxy) {
        BadValue refused =
                assertThrows(BadValue.class, () -> ProxyRoute.of(Map.of("HTTPS_PROXY", proxy)));
        assertFalse(refused.why().en().contains("hunter2"), refused.why().en());
        assertTrue(refused.why().en().contains("HTTPS_PROXY must be"), refused.why().en());
    }
}
