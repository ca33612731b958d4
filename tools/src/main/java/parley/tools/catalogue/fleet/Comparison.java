package parley.tools.catalogue.fleet;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.util.List;

/// How hosts differ.
///
/// @param hosts those that were compared
/// @param aspects each with what differs in it
public record Comparison(
        @Means(en = "hosts", zh = "主机") List<HostText> hosts,
        @Means(en = "compared", zh = "对比项") List<Compared> aspects,
        @Means(en = "differences", zh = "差异") List<Difference> differences) {
    public Comparison {
        hosts = List.copyOf(hosts);
        aspects = List.copyOf(aspects);
        differences = List.copyOf(differences);
    }

    /// One aspect in numbers.
    ///
    /// @param same how many names have the same value on all hosts that were read
    /// @param different how many have not, or are missing on some
    /// @param unknown hosts that could not be read in it; they are not compared
    public record Compared(
            @Means(en = "aspect", zh = "方面") Aspect aspect,
            @Means(en = "identical", zh = "相同") long same,
            @Means(en = "different", zh = "不同") long different,
            @Means(en = "read on", zh = "已读取") long hosts,
            @Means(en = "not read", zh = "未读取") List<HostText> unknown) {
        public Compared {
            requireNonNull(aspect, "aspect is null");
            unknown = List.copyOf(unknown);
        }
    }

    /// One name with more than one value.
    ///
    /// @param odd the hosts of the rarest value, where most others agree
    public record Difference(
            @Means(en = "aspect", zh = "方面") Aspect aspect,
            @Means(en = "what", zh = "名称") HostText name,
            @Means(en = "values", zh = "取值") List<Variant> values,
            @Means(en = "odd ones out", zh = "与众不同者") List<HostText> odd) {
        public Difference {
            requireNonNull(aspect, "aspect is null");
            requireNonNull(name, "name is null");
            values = List.copyOf(values);
            odd = List.copyOf(odd);
        }
    }

    /// One value and the hosts that have it: `1.22.1: web-1 web-2`.
    public record Variant(
            @Means(en = "value", zh = "值") HostText value,
            @Means(en = "on", zh = "主机") List<HostText> hosts) {
        public Variant {
            requireNonNull(value, "value is null");
            hosts = List.copyOf(hosts);
        }

        @Override
        public String toString() {
            return value + ": " + String.join(" ", hosts.stream().map(HostText::value).toList());
        }
    }
}
