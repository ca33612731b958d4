package parley.prompts.answer;

import parley.prompts.answer.Narrator.Sentence;
import parley.tools.Bilingual;
import parley.tools.Finding.Severity;
import parley.tools.Language;
import parley.tools.Risk;
import parley.tools.diagnosis.Citation;
import parley.tools.diagnosis.Conclusion;
import parley.tools.diagnosis.Confidence;
import parley.tools.diagnosis.Diagnosed;
import parley.tools.diagnosis.Proposed;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Writes down a diagnosis: the cause first, then what supports it, then the next step as a call
/// that is ready to be typed; after all causes what could not be excluded, and what is in order.
final class DiagnosisWords {
    private final Language language;
    private final String host;
    private final List<Sentence> sentences = new ArrayList<>();

    private DiagnosisWords(String host, Language language) {
        this.host = host;
        this.language = language;
    }

    static List<Sentence> of(String host, Diagnosed diagnosed, Language language) {
        return new DiagnosisWords(host, language).write(diagnosed);
    }

    private List<Sentence> write(Diagnosed diagnosed) {
        List<Conclusion> causes = diagnosed.causes();
        List<Conclusion> open = diagnosed.with(Confidence.NOT_EXCLUDED);
        List<Conclusion> fine = diagnosed.with(Confidence.EXCLUDED);
        if (causes.isEmpty()) {
            healthy(open.isEmpty());
        }
        causes.forEach(this::cause);
        diagnosed.conclusions().stream()
                .filter(one -> !causes.contains(one))
                .filter(one ->
                        one.confidence() == Confidence.CONFIRMED
                                || one.confidence() == Confidence.LIKELY)
                .forEach(this::cause);
        for (Conclusion one : open) {
            say(
                    Severity.WARNING,
                    words("not excluded: ", "不能排除："),
                    undoubted(one.statement()),
                    one);
        }
        for (Conclusion one : fine) {
            say(Severity.HEALTHY, words("in order: ", "正常："), one);
        }
        if (causes.isEmpty()) {
            ask();
        }
        return List.copyOf(sentences);
    }

    private void healthy(boolean whole) {
        add(
                whole ? Severity.HEALTHY : Severity.WARNING,
                whole
                        ? words("looks healthy; here is what was checked.", "看起来正常；以下是检查过的内容。")
                        : words(
                                "no cause was found, and not everything could be seen; here is what"
                                        + " was checked and what was not.",
                                "没有发现原因，但有内容没能看到；以下是已检查和未能检查的内容。"));
    }

    private void ask() {
        add(
                Severity.NOTICE,
                words(
                        "what exactly did you see, and when? With that it can be looked at more"
                                + " closely.",
                        "您具体看到了什么现象，发生在什么时间？有了这些信息可以进一步查看。"));
    }

    private void cause(Conclusion one) {
        String mark = one.confidence() == Confidence.LIKELY ? words("probably: ", "很可能：") : "";
        say(one.severity(), mark, one);
        for (Citation citation : one.evidence()) {
            for (HostText quote : citation.quotes()) {
                sentences.add(
                        new Sentence(
                                Severity.NOTICE,
                                "  "
                                        + Sources.of(citation.id(), citation.lines(), language)
                                        + words(": “", "：“")
                                        + quote
                                        + "”"));
            }
        }
        one.advice().ifPresent(advice -> detail(words("what helps: ", "处理办法："), advice));
        one.disprovedBy()
                .ifPresent(what ->
                        sentences.add(
                                new Sentence(
                                        Severity.NOTICE,
                                        words(
                                                "  it is something else if " + what.en(),
                                                "  若" + spaced(what.zh()) + "，则另有原因"))));
        one.next()
                .ifPresent(next ->
                        sentences.add(
                                new Sentence(Severity.NOTICE, label(one, next) + next.command())));
    }

    /// What changes something comes after what has to be mended before.
    private String label(Conclusion one, Proposed next) {
        boolean after = one.advice().isPresent() && next.effect() != Risk.OBSERVE;
        return after ? words("  then: ", "  随后：") : words("  next: ", "  下一步：");
    }

    /// Chinese is not glued to a word of Latin letters.
    private static String spaced(String text) {
        return !text.isEmpty() && text.charAt(0) < 128 ? " " + text : text;
    }

    /// `不能排除：` has the doubt already.
    private static Bilingual undoubted(Bilingual statement) {
        String zh = statement.zh();
        return Bilingual.of(statement.en(), zh.startsWith("可能") ? zh.substring("可能".length()) : zh);
    }

    private void detail(String label, Bilingual what) {
        sentences.add(new Sentence(Severity.NOTICE, "  " + label + what.in(language)));
    }

    private void say(Severity severity, String mark, Conclusion one) {
        say(severity, mark, one.statement(), one);
    }

    private void say(Severity severity, String mark, Bilingual statement, Conclusion one) {
        String sources =
                one.evidence().stream()
                        .map(citation -> Sources.of(citation.id(), citation.lines(), language))
                        .distinct()
                        .collect(Collectors.joining(", "));
        add(
                severity,
                mark + statement.in(language) + (sources.isEmpty() ? "" : " [" + sources + "]"));
    }

    private void add(Severity severity, String text) {
        sentences.add(new Sentence(severity, host + words(": ", "：") + text));
    }

    private String words(String en, String zh) {
        return switch (language) {
            case EN -> en;
            case ZH -> zh;
        };
    }
}
