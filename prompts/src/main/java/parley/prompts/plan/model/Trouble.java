package parley.prompts.plan.model;

import parley.tools.Bilingual;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.nio.channels.UnresolvedAddressException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

import javax.net.ssl.SSLException;

/// What failed between Parley and a model endpoint, in words: what, where, whose move, what
/// instead.
final class Trouble {
    private static final int MOST_QUOTED = 300;

    private final ModelSettings settings;

    Trouble(ModelSettings settings) {
        this.settings = settings;
    }

    /// An answer that is not a success.
    Outcome.Failed status(int status, HttpHeaders headers, String body) {
        String said = quoted(body);
        String at = at();
        return switch (status) {
            case 400, 413, 422 ->
                    forGood(
                            at
                                    + " does not take the request ("
                                    + status
                                    + ")"
                                    + said
                                    + "; check that the model \""
                                    + settings.model()
                                    + "\" can call tools and that its context window is large"
                                    + " enough",
                            at
                                    + " 不接受该请求（"
                                    + status
                                    + "）"
                                    + said
                                    + "；请确认模型“"
                                    + settings.model()
                                    + "”支持工具调用，且上下文窗口足够大");
            case 401, 403 ->
                    forGood(
                            at
                                    + " refuses the key ("
                                    + status
                                    + ")"
                                    + said
                                    + "; "
                                    + (settings.apiKey().isPresent()
                                            ? "put a valid key into the configured variable or file"
                                            : "it wants a key: configure one"),
                            at
                                    + " 拒绝了密钥（"
                                    + status
                                    + "）"
                                    + said
                                    + "；"
                                    + (settings.apiKey().isPresent()
                                            ? "请在已配置的环境变量或文件中放入有效密钥"
                                            : "该服务需要密钥，请进行配置"));
            case 404 ->
                    forGood(
                            at
                                    + " knows no model \""
                                    + settings.model()
                                    + "\", or the base URL is"
                                    + " wrong (404)"
                                    + said
                                    + "; correct the model's name or the"
                                    + " URL, which usually ends in /v1",
                            at
                                    + " 没有模型“"
                                    + settings.model()
                                    + "”，或 base URL 有误（404）"
                                    + said
                                    + "；请更正模型名或 URL（通常以 /v1 结尾）");
            case 301, 302, 303, 307, 308 ->
                    forGood(
                            at
                                    + " answers with a redirect ("
                                    + status
                                    + "), which is not followed"
                                    + " because the key would travel with it; configure the final"
                                    + " URL: "
                                    + Clean.line(
                                            headers.firstValue("Location").orElse("not given"),
                                            200),
                            at
                                    + " 返回了重定向（"
                                    + status
                                    + "）。为避免泄露密钥，不会跟随；请直接配置最终 URL："
                                    + Clean.line(
                                            headers.firstValue("Location").orElse("未给出"), 200));
            case 429 ->
                    later(
                            status,
                            headers,
                            at + " is overloaded or the quota is used up (429)" + said,
                            at + " 过载或配额已用尽（429）" + said);
            default ->
                    status == 408 || status >= 500
                            ? later(
                                    status,
                                    headers,
                                    at + " failed (" + status + ")" + said,
                                    at + " 出错（" + status + "）" + said)
                            : forGood(
                                    at
                                            + " answers with status "
                                            + status
                                            + said
                                            + "; check the base URL",
                                    at + " 返回状态 " + status + said + "；请检查 base URL");
        };
    }

    private static Outcome.Failed later(int status, HttpHeaders headers, String en, String zh) {
        String pause = status == 429 ? "; wait, or ask its operator" : "; ask its operator";
        return new Outcome.Failed(
                Bilingual.of(en + pause, zh + (status == 429 ? "；请稍候，或联系其管理员" : "；请联系其管理员")),
                true,
                retryAfter(headers));
    }

    /// Seconds or a date.
    static Optional<Duration> retryAfter(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .flatMap(text -> {
                    try {
                        if (text.strip().matches("[0-9]{1,9}")) {
                            return Optional.of(Duration.ofSeconds(Long.parseLong(text.strip())));
                        }
                        Duration until =
                                Duration.between(
                                        ZonedDateTime.now(java.time.ZoneOffset.UTC),
                                        ZonedDateTime.parse(
                                                text.strip(),
                                                DateTimeFormatter.RFC_1123_DATE_TIME));
                        return Optional.of(until.isNegative() ? Duration.ZERO : until);
                    } catch (DateTimeException notADate) {
                        return Optional.empty();
                    }
                });
    }

    /// No answer, or one that broke off.
    Outcome.Failed exception(Throwable broken) {
        String detail = quoted(String.valueOf(broken.getMessage()));
        if (find(broken, ReplyEvents.Refused.class)) {
            return Outcome.Failed.forNow(
                    Bilingual.of(
                            "{0} broke off its reply with an error{1}; ask its operator, or ask"
                                    + " again",
                            "{0} 在回复中途报错{1}；请联系其管理员，或重新提问", at(), detail));
        }
        if (find(broken, SSLException.class)) {
            return Outcome.Failed.forGood(
                    Bilingual.of(
                            "no trusted TLS connection to {0}{1}; if it has a private certificate"
                                    + " authority, name its PEM file in the settings",
                            "无法与 {0} 建立受信任的 TLS 连接{1}；若其使用私有 CA，请在设置中指定该 CA 的 PEM 文件",
                            at(),
                            detail));
        }
        boolean refused =
                find(broken, ConnectException.class)
                        || find(broken, HttpConnectTimeoutException.class)
                        || find(broken, UnresolvedAddressException.class);
        if (refused) {
            return Outcome.Failed.forNow(
                    Bilingual.of(
                            "{0} cannot be reached{1}; check that it runs, the base URL and the"
                                    + " proxy settings",
                            "无法连接 {0}{2}；请检查服务是否在运行、base URL 以及代理设置",
                            at(),
                            through(),
                            throughZh()));
        }
        return Outcome.Failed.forNow(
                Bilingual.of(
                        "the connection to {0} broke{1}; ask again, or ask its operator",
                        "与 {0} 的连接中断{1}；请重新提问，或联系其管理员", at(), detail));
    }

    /// The stream ended, but the reply did not say so.
    Outcome.Failed cut() {
        return Outcome.Failed.forNow(
                Bilingual.of(
                        "{0} broke off in the middle of its reply; nothing of it is used; ask"
                                + " again, or ask its operator",
                        "{0} 的回复中途断开，其内容不予采用；请重新提问，或联系其管理员", at()));
    }

    Outcome.Failed notStreamed(String type) {
        String shown = Clean.line(type, 80);
        return Outcome.Failed.forGood(
                Bilingual.of(
                        "{0} answered with \"{1}\" instead of an event stream; check the base URL"
                                + " and whether the endpoint can stream",
                        "{0} 返回的是“{1}”而不是事件流；请检查 base URL 以及该服务是否支持流式输出", at(), shown));
    }

    Outcome.Failed idle(Duration limit) {
        return Outcome.Failed.forGood(
                Bilingual.of(
                        "{0} sent nothing for {1} and was given up; ask again, or raise the idle"
                                + " limit",
                        "{0} 在 {1} 内没有任何数据，已放弃；请重新提问，或调高空闲时限", at(), seconds(limit)));
    }

    Outcome.Failed total(Duration limit) {
        return Outcome.Failed.forGood(
                Bilingual.of(
                        "{0} did not finish within {1}; ask for less at once, or raise the total"
                                + " limit",
                        "{0} 未能在 {1} 内完成；请缩小请求范围，或调高总时限", at(), seconds(limit)));
    }

    private static Outcome.Failed forGood(String en, String zh) {
        return Outcome.Failed.forGood(Bilingual.of(en, zh));
    }

    private String at() {
        return settings.baseUrl().toString();
    }

    private String through() {
        return settings.proxy()
                .proxy()
                .map(proxy -> " (proxy " + proxy.getHostString() + ":" + proxy.getPort() + ")")
                .orElse("");
    }

    private String throughZh() {
        return settings.proxy()
                .proxy()
                .map(proxy -> "（代理 " + proxy.getHostString() + ":" + proxy.getPort() + "）")
                .orElse("");
    }

    static String seconds(Duration limit) {
        return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }

    private String quoted(String text) {
        String line = Clean.line(settings.hideKeyIn(text), MOST_QUOTED);
        return line.isEmpty() || line.equals("null") ? "" : ": " + line;
    }

    private static boolean find(Throwable broken, Class<? extends Throwable> type) {
        Throwable at = broken;
        for (int depth = 0; at != null && depth < 10; depth++) {
            if (type.isInstance(at)) {
                return true;
            }
            at = at.getCause();
        }
        return false;
    }
}
