package parley.tools.catalogue.network;

import static java.util.Objects.requireNonNull;

import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.value.HostText;
import parley.tools.value.IpAddress;
import parley.tools.value.Percent;

import java.util.Optional;

/// What came of trying one address.
///
/// @param stage how far it got: the stage that failed, or the last one
/// @param connectMs at most so long until the connection stood
/// @param firstByteMs until the first byte of an HTTP answer, from the beginning
/// @param detail what the program said about the failure
/// @param at the line that tells it, where standard output does
public record ProbeAttempt(
        @Means(en = "address", zh = "地址") IpAddress address,
        @Means(en = "outcome", zh = "结果") Outcome outcome,
        @Means(en = "stage", zh = "阶段") Stage stage,
        @Means(en = "connect ms", zh = "连接毫秒") Optional<Double> connectMs,
        @Means(en = "first byte ms", zh = "首字节毫秒") Optional<Double> firstByteMs,
        @Means(en = "HTTP status", zh = "HTTP 状态码") Optional<Long> httpCode,
        @Means(en = "TLS", zh = "TLS 版本") Optional<HostText> tlsVersion,
        @Means(en = "round trip", zh = "往返") Optional<RoundTrip> roundTrip,
        @Means(en = "detail", zh = "详情") Optional<HostText> detail,
        @Means(en = "line", zh = "行") Optional<Finding.Lines> at) {
    /// How it ended.
    public enum Outcome {
        @Means(en = "answered", zh = "正常")
        OK,
        /// The host is up, but nothing accepts there, or a firewall says so.
        @Means(en = "refused", zh = "被拒绝")
        REFUSED,
        /// No answer in time: dropped, lost, or nobody there.
        @Means(en = "timed out", zh = "超时")
        TIMEOUT,
        /// This host knows no way there, or was told that there is none.
        @Means(en = "no route", zh = "无路由")
        NO_ROUTE,
        /// This host itself forbids sending it.
        @Means(en = "blocked", zh = "被拦截")
        BLOCKED,
        /// Connected, but cut off or answered in another protocol.
        @Means(en = "no answer", zh = "无应答")
        NO_ANSWER,
        /// The handshake failed, or the certificate is not to be trusted.
        @Means(en = "TLS error", zh = "TLS 错误")
        TLS_ERROR,
        /// Not contacted: the metadata service of a cloud.
        @Means(en = "not contacted", zh = "未连接（禁止）")
        FORBIDDEN
    }

    /// How far an attempt can get.
    public enum Stage {
        @Means(en = "name lookup", zh = "域名解析")
        DNS,
        @Means(en = "ICMP", zh = "ICMP")
        ICMP,
        @Means(en = "connection", zh = "建立连接")
        CONNECT,
        @Means(en = "TLS", zh = "TLS")
        TLS,
        @Means(en = "HTTP", zh = "HTTP")
        HTTP
    }

    /// Echoes and their times.
    public record RoundTrip(
            @Means(en = "sent", zh = "发送") long sent,
            @Means(en = "received", zh = "收到") long received,
            @Means(en = "loss", zh = "丢包率") Percent lossPct,
            @Means(en = "min ms", zh = "最小毫秒") double minMs,
            @Means(en = "average ms", zh = "平均毫秒") double avgMs,
            @Means(en = "max ms", zh = "最大毫秒") double maxMs,
            @Means(en = "mean deviation ms", zh = "平均偏差毫秒") Optional<Double> mdevMs) {
        public RoundTrip {
            requireNonNull(lossPct, "lossPct is null");
            requireNonNull(mdevMs, "mdevMs is null");
        }

        /// `3/3, 0.06/0.07/0.09 ms`: as a column shows it.
        @Override
        public String toString() {
            return received + "/" + sent + ", " + minMs + "/" + avgMs + "/" + maxMs + " ms";
        }
    }

    public ProbeAttempt {
        requireNonNull(address, "address is null");
        requireNonNull(outcome, "outcome is null");
        requireNonNull(stage, "stage is null");
        requireNonNull(connectMs, "connectMs is null");
        requireNonNull(firstByteMs, "firstByteMs is null");
        requireNonNull(httpCode, "httpCode is null");
        requireNonNull(tlsVersion, "tlsVersion is null");
        requireNonNull(roundTrip, "roundTrip is null");
        requireNonNull(detail, "detail is null");
        requireNonNull(at, "at is null");
    }

    static ProbeAttempt of(
            IpAddress address,
            Outcome outcome,
            Stage stage,
            Optional<String> detail,
            Optional<Finding.Lines> at) {
        return new ProbeAttempt(
                address,
                outcome,
                stage,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                detail.filter(text -> !text.isBlank()).map(HostText::new),
                at);
    }

    ProbeAttempt connected(Optional<Double> millis) {
        return new ProbeAttempt(
                address,
                outcome,
                stage,
                millis,
                firstByteMs,
                httpCode,
                tlsVersion,
                roundTrip,
                detail,
                at);
    }

    ProbeAttempt answered(double firstByte, long code) {
        return new ProbeAttempt(
                address,
                outcome,
                stage,
                connectMs,
                Optional.of(firstByte),
                Optional.of(code),
                tlsVersion,
                roundTrip,
                detail,
                at);
    }

    ProbeAttempt speaking(Optional<HostText> protocol) {
        return new ProbeAttempt(
                address,
                outcome,
                stage,
                connectMs,
                firstByteMs,
                httpCode,
                protocol,
                roundTrip,
                detail,
                at);
    }

    ProbeAttempt echoed(RoundTrip times) {
        return new ProbeAttempt(
                address,
                outcome,
                stage,
                connectMs,
                firstByteMs,
                httpCode,
                tlsVersion,
                Optional.of(times),
                detail,
                at);
    }

    public boolean succeeded() {
        return outcome == Outcome.OK;
    }
}
