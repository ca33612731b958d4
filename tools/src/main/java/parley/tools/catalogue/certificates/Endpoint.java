package parley.tools.catalogue.certificates;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;
import parley.tools.value.IpAddress;
import parley.tools.value.Port;
import parley.tools.value.Target;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a server presented to the host that asked it.
///
/// @param address the one that was contacted; empty when the name has none
/// @param protocol `TLSv1.3`
/// @param verify what the host's own store of authorities makes of the chain
/// @param verifyCode openssl's number of it: 0 is fine
/// @param nameMatches whether the certificate is for the name asked for
/// @param chain the server's own certificate first
/// @param detail what the program said when there was no handshake
/// @param now the host's clock, by which days are counted
public record Endpoint(
        @Means(en = "target", zh = "目标") Target target,
        @Means(en = "port", zh = "端口") Port port,
        @Means(en = "address", zh = "地址") Optional<IpAddress> address,
        @Means(en = "outcome", zh = "结果") Outcome outcome,
        @Means(en = "protocol", zh = "协议") Optional<HostText> protocol,
        @Means(en = "cipher", zh = "加密套件") Optional<HostText> cipher,
        @Means(en = "verification", zh = "验证") Optional<Verify> verify,
        @Means(en = "code", zh = "验证代码") Optional<Long> verifyCode,
        @Means(en = "name matches", zh = "名称相符") Optional<Boolean> nameMatches,
        @Means(en = "chain", zh = "证书链") List<Certificate> chain,
        @Means(en = "said", zh = "说明") Optional<HostText> detail,
        @Means(en = "host's clock", zh = "主机时钟") Instant now) {
    /// How far it got.
    public enum Outcome {
        @Means(en = "certificate shown", zh = "已出示证书")
        PRESENTED,
        /// The name has no address.
        @Means(en = "no address", zh = "无地址")
        NO_ADDRESS,
        @Means(en = "refused", zh = "被拒绝")
        REFUSED,
        @Means(en = "timed out", zh = "超时")
        TIMEOUT,
        @Means(en = "no route", zh = "无路由")
        NO_ROUTE,
        @Means(en = "blocked", zh = "被拦截")
        BLOCKED,
        /// Something answers, but not with a certificate.
        @Means(en = "no TLS", zh = "非 TLS")
        NO_TLS,
        /// The name stands for a cloud's metadata service, which is not contacted.
        @Means(en = "not contacted", zh = "未连接（禁止）")
        FORBIDDEN
    }

    /// What openssl's verification says, by its number.
    public enum Verify {
        @Means(en = "trusted", zh = "可信")
        OK,
        @Means(en = "self-signed", zh = "自签名")
        SELF_SIGNED,
        @Means(en = "expired", zh = "已过期")
        EXPIRED,
        @Means(en = "not yet valid", zh = "尚未生效")
        NOT_YET_VALID,
        /// Whoever signed it is not known here, or a certificate of the chain is missing.
        @Means(en = "unknown authority", zh = "签发机构未知")
        UNKNOWN_AUTHORITY,
        @Means(en = "other", zh = "其他")
        OTHER;

        static Verify of(long code) {
            return switch ((int) code) {
                case 0 -> OK;
                case 18 -> SELF_SIGNED;
                case 9 -> NOT_YET_VALID;
                case 10 -> EXPIRED;
                case 2, 19, 20, 21 -> UNKNOWN_AUTHORITY;
                default -> OTHER;
            };
        }
    }

    public Endpoint {
        requireNonNull(target, "target is null");
        requireNonNull(port, "port is null");
        requireNonNull(address, "address is null");
        requireNonNull(outcome, "outcome is null");
        requireNonNull(protocol, "protocol is null");
        requireNonNull(cipher, "cipher is null");
        requireNonNull(verify, "verify is null");
        requireNonNull(verifyCode, "verifyCode is null");
        requireNonNull(nameMatches, "nameMatches is null");
        chain = List.copyOf(chain);
        requireNonNull(detail, "detail is null");
        requireNonNull(now, "now is null");
    }

    /// The server's own certificate.
    public Optional<Certificate> own() {
        return chain.stream().findFirst();
    }
}
