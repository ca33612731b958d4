package parley.prompts.plan.model;

import static java.util.Objects.requireNonNull;

import parley.tools.Bilingual;
import parley.tools.value.BadValue;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which model is asked, where, and within which limits. Checked when made; nothing is opened yet.
///
/// A key travels over HTTPS, or in the clear to this machine only. Without a key, plain HTTP is
/// also taken to a private address written as a number: what is read on hosts goes that way, and a
/// name could stand for any machine.
///
/// @param baseUrl what comes before `/chat/completions`, `/messages` or `/api/chat`:
///   `https://api.example.com/v1`
/// @param prices what its tokens cost, where that is known
/// @param caCertificate PEM certificates trusted beside those of the Java installation
public record ModelSettings(
        Provider provider,
        URI baseUrl,
        String model,
        Optional<ApiKey> apiKey,
        Optional<Path> caCertificate,
        ProxyRoute proxy,
        ModelLimits limits,
        Optional<Prices> prices) {
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,199}");

    public ModelSettings {
        requireNonNull(provider, "provider is null");
        requireNonNull(apiKey, "apiKey is null");
        requireNonNull(caCertificate, "caCertificate is null");
        requireNonNull(proxy, "proxy is null");
        requireNonNull(limits, "limits is null");
        requireNonNull(prices, "prices is null");
        if (limits.isInMoney() && prices.isEmpty()) {
            throw new BadValue(
                    Bilingual.of(
                            "a limit in money needs the model's price; add price: {currency: …, in:"
                                    + " …, out: …}",
                            "以金额为限需要模型的价格；请加上 price: {currency: …, in: …, out: …}"));
        }
        checkForm(baseUrl);
        checkSecrecy(baseUrl, apiKey.isPresent());
        if (!MODEL.matcher(model).matches()) {
            throw new BadValue(
                    Bilingual.of(
                            "the model's name must be 1 to 200 letters, digits and . _ : / @ + -,"
                                    + " as the endpoint lists it",
                            "模型名须为 1 到 200 个字母、数字或 . _ : / @ + -，与服务端列出的名称一致"));
        }
    }

    /// A model of which no price is known.
    public ModelSettings(
            Provider provider,
            URI baseUrl,
            String model,
            Optional<ApiKey> apiKey,
            Optional<Path> caCertificate,
            ProxyRoute proxy,
            ModelLimits limits) {
        this(provider, baseUrl, model, apiKey, caCertificate, proxy, limits, Optional.empty());
    }

    /// An OpenAI-compatible model without a key, proxy or private certificates, under the default
    /// limits.
    public static ModelSettings of(URI baseUrl, String model) {
        return new ModelSettings(
                Provider.OPENAI,
                baseUrl,
                model,
                Optional.empty(),
                Optional.empty(),
                ProxyRoute.NONE,
                ModelLimits.DEFAULT);
    }

    private static void checkForm(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        boolean web = scheme.equals("https") || scheme.equals("http");
        if (!web || url.getHost() == null) {
            throw new BadValue(
                    Bilingual.of(
                            "the model's base URL must be https://HOST[:PORT][/PATH], such as"
                                    + " https://api.example.com/v1",
                            "模型的 base URL 须形如 https://主机[:端口][/路径]，例如 https://api.example.com/v1"));
        }
        if (url.getRawUserInfo() != null
                || url.getRawQuery() != null
                || url.getRawFragment() != null) {
            throw new BadValue(
                    Bilingual.of(
                            "the model's base URL must hold no user, password, ? or #; the key has"
                                    + " a setting of its own",
                            "模型的 base URL 不得包含用户名、密码、? 或 #；密钥请用单独的设置项"));
        }
    }

    private static void checkSecrecy(URI url, boolean withKey) {
        if (url.getScheme().equalsIgnoreCase("https") || isLoopback(url)) {
            return;
        }
        if (withKey) {
            throw new BadValue(
                    Bilingual.of(
                            "a key is never sent over plain HTTP except to this machine; use"
                                    + " https:// for {0}",
                            "除本机外，密钥绝不通过明文 HTTP 发送；请对 {0} 使用 https://", url.getHost()));
        }
        if (literal(url).filter(ModelSettings::isPrivate).isEmpty()) {
            throw new BadValue(
                    Bilingual.of(
                            "plain HTTP to a model is taken only to this machine, or without a key"
                                + " to a private address such as 10.0.0.5; use https:// for {0}",
                            "明文 HTTP 只能用于本机，或在没有密钥时用于私有地址（如 10.0.0.5）；请对 {0} 使用 https://",
                            url.getHost()));
        }
    }

    private static boolean isLoopback(URI url) {
        return url.getHost().equalsIgnoreCase("localhost")
                || literal(url).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    private static boolean isPrivate(InetAddress address) {
        boolean uniqueLocal =
                address.getAddress().length == 16 && (address.getAddress()[0] & 0xfe) == 0xfc;
        return address.isSiteLocalAddress() || uniqueLocal;
    }

    /// The host when it is written as an address; names are not looked up here.
    private static Optional<InetAddress> literal(URI url) {
        String host = url.getHost();
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        try {
            return Optional.of(
                    InetAddress.ofLiteral(bracketed ? host.substring(1, host.length() - 1) : host));
        } catch (IllegalArgumentException name) {
            return Optional.empty();
        }
    }

    /// `text` without the key, should it stand there.
    String hideKeyIn(String text) {
        return apiKey.map(key -> key.hideIn(text)).orElse(text);
    }
}
