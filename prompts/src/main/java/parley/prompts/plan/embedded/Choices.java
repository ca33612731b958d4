package parley.prompts.plan.embedded;

import parley.prompts.plan.Planned;
import parley.prompts.plan.embedded.HostMention.Problem;
import parley.tools.Host;
import parley.tools.Hosts;
import parley.tools.Language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Ready answers to a question: complete requests, so that choosing one is the same as typing it.
final class Choices {
    private static final int MOST = 8;

    private final Hosts hosts;
    private final HostNames hostNames;
    private final NormalText text;

    Choices(Hosts hosts, HostNames hostNames, NormalText text) {
        this.hosts = hosts;
        this.hostNames = hostNames;
        this.text = text;
    }

    /// The request with each host added.
    List<String> onEachHost() {
        return hosts.all().stream().limit(MOST).map(Host::name).map(this::on).toList();
    }

    private String on(String host) {
        String words = text.raw().strip().replaceAll("[.!。！]+$", "");
        return Language.of(words) == Language.ZH ? host + "，" + words : words + " on " + host;
    }

    Planned noSuchHost(Problem problem) {
        List<String> near =
                problem.candidates().isEmpty()
                        ? hostNames.suggestions(problem.words().toLowerCase(Locale.ROOT))
                        : problem.candidates();
        List<String> ready =
                near.stream().map(host -> instead(problem.words(), host)).distinct().toList();
        return Words.noSuchHost(problem.words(), ready);
    }

    /// The request with `words` replaced.
    String instead(String words, String by) {
        int at = text.text().indexOf(words);
        return at < 0
                ? on(by)
                : text.typed(0, at) + by + text.typed(at + words.length(), text.text().length());
    }

    /// The commonest things to look at, for the names and hosts of the request.
    List<String> usual(Antecedents about) {
        boolean zh = Language.of(text.raw()) == Language.ZH;
        List<String> all = new ArrayList<>();
        for (String host : about.allHosts().stream().limit(1).toList()) {
            for (String name : about.allNames().stream().limit(1).toList()) {
                all.add(
                        zh
                                ? "看下 " + host + " 上 " + name + " 的状态"
                                : "status of " + name + " on " + host);
                all.add(
                        zh
                                ? "看下 " + host + " 上 " + name + " 的日志"
                                : "logs of " + name + " on " + host);
            }
            all.add(zh ? "看下 " + host + " 的磁盘使用情况" : "disk usage on " + host);
            all.add(zh ? "看下 " + host + " 的内存" : "memory usage on " + host);
        }
        return all;
    }
}
