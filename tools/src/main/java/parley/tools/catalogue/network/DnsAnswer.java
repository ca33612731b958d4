package parley.tools.catalogue.network;

import static java.util.Objects.requireNonNull;

import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.value.HostText;
import parley.tools.value.IpAddress;

import java.util.List;
import java.util.Optional;

/// What one name server said to one question.
///
/// @param question why it was asked: for the name itself, or to find out more about a failure
/// @param status `NOERROR`, `NXDOMAIN`, `SERVFAIL`, `REFUSED`, … as the server said; empty when it
///   did not answer
/// @param refused whether nothing listens there; with an empty status and no refusal it was silent
/// @param ms how long the server took, as `dig` measured
/// @param answers the data of the answers of the type asked for
public record DnsAnswer(
        @Means(en = "server", zh = "服务器") IpAddress server,
        @Means(en = "question", zh = "问题") Question question,
        @Means(en = "status", zh = "状态") Optional<HostText> status,
        @Means(en = "refused", zh = "拒绝连接") boolean refused,
        @Means(en = "ms", zh = "毫秒") Optional<Long> ms,
        @Means(en = "answers", zh = "应答") List<HostText> answers,
        @Means(en = "line", zh = "行") Optional<Finding.Lines> at) {
    /// What a server is asked.
    public enum Question {
        /// The name itself.
        @Means(en = "the name", zh = "该名称")
        NAME,
        /// The name servers of the root: whether the server answers anything at all.
        @Means(en = "control", zh = "对照查询")
        CONTROL,
        /// The name again, over TCP.
        @Means(en = "over TCP", zh = "经 TCP")
        OVER_TCP,
        /// The name again, without checking signatures.
        @Means(en = "signatures unchecked", zh = "不校验签名")
        UNCHECKED
    }

    public DnsAnswer {
        requireNonNull(server, "server is null");
        requireNonNull(question, "question is null");
        requireNonNull(status, "status is null");
        requireNonNull(ms, "ms is null");
        answers = List.copyOf(answers);
        requireNonNull(at, "at is null");
    }

    /// Whether the server said anything.
    public boolean answered() {
        return status.isPresent();
    }

    /// Whether it said `word`.
    public boolean says(String word) {
        return status.filter(one -> one.value().equals(word)).isPresent();
    }

    /// Whether it gave data of the type that was asked for.
    public boolean found() {
        return says("NOERROR") && !answers.isEmpty();
    }
}
