package parley.prompts.answer;

import parley.prompts.answer.Narrator.Sentence;
import parley.tools.Finding.Severity;
import parley.tools.Language;
import parley.tools.diagnosis.Chain;
import parley.tools.diagnosis.Citation;
import parley.tools.diagnosis.Conclusion;
import parley.tools.diagnosis.Diagnosed;
import parley.tools.diagnosis.Differences;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What one diagnosis of several hosts says that no single one of them does: which failed first,
/// and where they differ.
final class AcrossHosts {
    private final Language language;
    private final List<Sentence> sentences = new ArrayList<>();

    private AcrossHosts(Language language) {
        this.language = language;
    }

    /// Nothing unless at least two hosts were asked the same.
    static List<Sentence> of(List<Evidence> evidence, Language language) {
        Map<String, Diagnosed> read = new LinkedHashMap<>();
        evidence.forEach(one -> one.diagnosis().ifPresent(found -> read.put(one.host(), found)));
        boolean same = read.values().stream().map(Diagnosed::symptom).distinct().count() == 1;
        return read.size() > 1 && same ? new AcrossHosts(language).write(read) : List.of();
    }

    private List<Sentence> write(Map<String, Diagnosed> read) {
        Chain.of(read)
                .ifPresentOrElse(
                        this::chain, () -> Differences.of(read).ifPresent(this::differences));
        return List.copyOf(sentences);
    }

    private void chain(Chain chain) {
        Chain.Link first = chain.first();
        boolean alone = chain.links().size() == 1;
        String mark =
                alone
                        ? words("only this host failed: ", "只有这台主机出现故障：")
                        : chain.sure()
                                ? words("failed first: ", "最先出现故障：")
                                : words(
                                        "probably failed first (the clocks are not compared"
                                                + " exactly enough): ",
                                        "很可能最先出现故障（时钟比较精度不足以确定）：");
        add(Severity.CRITICAL, first.host() + colon() + mark + said(first.conclusion()));
        for (Chain.Link later : chain.links().subList(1, chain.links().size())) {
            String after = spoken(first.onset().until(later.onset()));
            add(
                    Severity.WARNING,
                    later.host()
                            + colon()
                            + words("then, " + after + " later: ", "随后（晚 " + after + "）：")
                            + said(later.conclusion()));
        }
        if (!chain.quiet().isEmpty()) {
            add(
                    Severity.HEALTHY,
                    names(chain.quiet())
                            + colon()
                            + words("nothing failed there in that time", "这段时间内没有故障"));
        }
        if (!chain.unknown().isEmpty()) {
            add(
                    Severity.WARNING,
                    names(chain.unknown())
                            + colon()
                            + words(
                                    "not placed in this order: not everything there could be read",
                                    "未能排入先后：未能读全其上的信息"));
        }
        first.conclusion()
                .next()
                .ifPresent(next -> add(Severity.NOTICE, words("next: ", "下一步：") + next.command()));
    }

    private void differences(Differences found) {
        if (!found.common().isEmpty()) {
            add(
                    Severity.WARNING,
                    words(
                                    "all " + found.hosts() + " hosts have: ",
                                    "全部 " + found.hosts() + " 台主机都有：")
                            + statements(found.common()));
        }
        found.alone()
                .forEach((hosts, causes) ->
                        add(
                                Severity.WARNING,
                                names(hosts)
                                        + colon()
                                        + (hosts.size() == 1
                                                ? words("only here: ", "仅此主机：")
                                                : words("only on these: ", "仅这些主机："))
                                        + statements(causes)));
        if (!found.healthy().isEmpty()) {
            add(
                    Severity.HEALTHY,
                    names(found.healthy()) + colon() + words("no such thing there", "没有上述问题"));
        }
    }

    private String statements(List<Conclusion> causes) {
        return causes.stream().map(this::said).collect(Collectors.joining(words("; ", "；")));
    }

    private String said(Conclusion one) {
        String sources =
                one.evidence().stream()
                        .limit(1)
                        .map((Citation citation) ->
                                Sources.of(citation.id(), citation.lines(), language))
                        .collect(Collectors.joining(", "));
        return one.statement().in(language) + " [" + sources + "]";
    }

    private String names(List<String> hosts) {
        return String.join(words(", ", "、"), hosts);
    }

    private String colon() {
        return words(": ", "：");
    }

    private String spoken(Duration time) {
        long minutes = time.toMinutes();
        long seconds = time.toSecondsPart();
        if (minutes > 0) {
            return words(minutes + " min " + seconds + " s", minutes + " 分 " + seconds + " 秒");
        }
        return time.toMillis() < 1000
                ? words(time.toMillis() + " ms", time.toMillis() + " 毫秒")
                : words(seconds + " s", seconds + " 秒");
    }

    private void add(Severity severity, String text) {
        sentences.add(new Sentence(severity, text));
    }

    private String words(String en, String zh) {
        return switch (language) {
            case EN -> en;
            case ZH -> zh;
        };
    }
}
