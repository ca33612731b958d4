package parley.tools.catalogue.fleet;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.util.List;
import java.util.Optional;

/// Who reaches whom.
///
/// @param rows one for each host that was asked
/// @param pairs every pair that was tried, in the order of the rows
public record Reach(
        @Means(en = "from", zh = "来源") List<Row> rows,
        @Means(en = "pairs", zh = "各对") List<Pair> pairs) {
    public Reach {
        rows = List.copyOf(rows);
        pairs = List.copyOf(pairs);
    }

    /// How one try ended.
    public enum Way {
        @Means(en = "reached", zh = "可达")
        OK,
        /// The host is up; nothing listens there, or a firewall says so.
        @Means(en = "refused", zh = "被拒绝")
        REFUSED,
        @Means(en = "no answer", zh = "超时")
        TIMEOUT,
        @Means(en = "no route", zh = "无路由")
        NO_ROUTE,
        /// It broke in another way; the evidence says how.
        @Means(en = "broken", zh = "出错")
        BROKEN,
        /// The host that should have tried could not be asked.
        @Means(en = "not tried", zh = "未测")
        UNKNOWN;

        /// Whether packets went there and back.
        boolean arrives() {
            return this == OK || this == REFUSED;
        }
    }

    /// What one host reaches.
    ///
    /// @param silent those from which nothing came back
    /// @param unknown those that could not be tried
    public record Row(
            @Means(en = "from", zh = "来源") HostText from,
            @Means(en = "reaches", zh = "可达") List<HostText> reached,
            @Means(en = "refused by", zh = "被拒绝") List<HostText> refused,
            @Means(en = "no answer from", zh = "无应答") List<HostText> silent,
            @Means(en = "not tried", zh = "未测") List<HostText> unknown) {
        public Row {
            requireNonNull(from, "from is null");
            reached = List.copyOf(reached);
            refused = List.copyOf(refused);
            silent = List.copyOf(silent);
            unknown = List.copyOf(unknown);
        }
    }

    /// One try from one host to another.
    public record Pair(
            @Means(en = "from", zh = "来源") HostText from,
            @Means(en = "to", zh = "目标") HostText to,
            @Means(en = "by", zh = "方式") HostText check,
            @Means(en = "outcome", zh = "结果") Way way,
            @Means(en = "average ms", zh = "平均毫秒") Optional<Double> ms) {
        public Pair {
            requireNonNull(from, "from is null");
            requireNonNull(to, "to is null");
            requireNonNull(check, "check is null");
            requireNonNull(way, "way is null");
            requireNonNull(ms, "ms is null");
        }
    }
}
