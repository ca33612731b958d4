package parley.prompts.plan.model;

import static java.util.Objects.requireNonNull;

import parley.tools.Bilingual;
import parley.tools.value.BadValue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Which HTTP proxy HTTPS connections go through, as `HTTPS_PROXY` and `NO_PROXY` say it. Plain
/// HTTP, which stays on this machine or its own network, never goes through one.
///
/// @param proxy host and port; empty means direct
/// @param direct names that are reached directly, with all names below them; `*` is every name
public record ProxyRoute(Optional<InetSocketAddress> proxy, List<String> direct) {
    public static final ProxyRoute NONE = new ProxyRoute(Optional.empty(), List.of());

    public ProxyRoute {
        requireNonNull(proxy, "proxy is null");
        direct = direct.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    /// The route that these environment variables describe; lower-case names win, as everywhere.
    ///
    /// @throws BadValue when the proxy is not `http://HOST:PORT`
    public static ProxyRoute of(Map<String, String> environment) {
        String proxy = either(environment, "https_proxy", "HTTPS_PROXY");
        if (proxy.isBlank()) {
            return NONE;
        }
        String direct = either(environment, "no_proxy", "NO_PROXY");
        return new ProxyRoute(
                Optional.of(address(proxy.strip())),
                Arrays.stream(direct.split("[,\\s]+")).filter(name -> !name.isEmpty()).toList());
    }

    private static String either(Map<String, String> environment, String lower, String upper) {
        return environment.getOrDefault(lower, environment.getOrDefault(upper, ""));
    }

    /// Never quotes the value: it may hold a password.
    private static InetSocketAddress address(String text) {
        try {
            URI url = URI.create(text.contains("://") ? text : "http://" + text);
            boolean plain = "http".equalsIgnoreCase(url.getScheme());
            if (plain && url.getHost() != null && url.getRawUserInfo() == null) {
                return InetSocketAddress.createUnresolved(
                        url.getHost(), url.getPort() < 0 ? 80 : url.getPort());
            }
        } catch (IllegalArgumentException notAnAddress) {
            // Told below, like every other form that is not taken.
        }
        throw new BadValue(
                Bilingual.of(
                        "HTTPS_PROXY must be http://HOST:PORT without user and password; a proxy"
                                + " that asks for a password needs a local forwarder",
                        "HTTPS_PROXY 须为 http://主机:端口，且不含用户名和密码；需要密码的代理请经由本地转发程序使用"));
    }

    ProxySelector selector() {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                boolean through =
                        proxy.isPresent()
                                && "https".equalsIgnoreCase(uri.getScheme())
                                && !isDirect(uri);
                return List.of(through ? new Proxy(Proxy.Type.HTTP, resolved()) : Proxy.NO_PROXY);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                // The failed request itself tells it.
            }
        };
    }

    private InetSocketAddress resolved() {
        InetSocketAddress address = proxy.orElseThrow();
        return new InetSocketAddress(address.getHostString(), address.getPort());
    }

    boolean isDirect(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        String withPort = host + ":" + (uri.getPort() < 0 ? 443 : uri.getPort());
        return direct.stream()
                .map(name -> name.startsWith("*.") ? name.substring(1) : name)
                .map(name -> name.startsWith(".") ? name.substring(1) : name)
                .anyMatch(name ->
                        name.equals("*")
                                || host.equals(name)
                                || withPort.equals(name)
                                || host.endsWith("." + name));
    }
}
