package parley.tools.catalogue.logs;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Reading;
import parley.tools.read.HostTime;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What the kernel's messages say: the gravest first, of equals the earliest, since that is nearest
/// to the cause.
final class KernelFindings {
    private static final int MOST_NAMED = 8;
    private static final int MOST_QUOTED = 160;

    private KernelFindings() {}

    /// @param capture which capture the messages stand in, the first being 1
    static List<Finding> of(
            Optional<KernelClass> kind, Reading<KernelMessages> reading, int capture) {
        KernelMessages messages = reading.value();
        List<Finding> findings = new ArrayList<>();
        List<KernelEvent> events =
                messages.events().stream()
                        .sorted(
                                Comparator.comparing(KernelEvent::severity)
                                        .thenComparing(KernelEvent::first))
                        .toList();
        events.stream()
                .limit(MOST_NAMED)
                .forEach(event ->
                        findings.add(named(event).at(capture, Math.toIntExact(event.line()))));
        if (events.size() > MOST_NAMED) {
            int left = events.size() - MOST_NAMED;
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            "{0} more kinds of kernel events are in the reading",
                            "另有 {0} 类内核事件见读数",
                            left));
        }
        findings.add(summary(kind, reading));
        return List.copyOf(findings);
    }

    private static Finding named(KernelEvent event) {
        KernelRule rule = KernelRule.of(event.rule());
        String hit = event.device().map(HostText::value).orElse("");
        String sample = event.sample().value().lines().findFirst().orElse("");
        String quoted =
                sample.length() <= MOST_QUOTED ? sample : sample.substring(0, MOST_QUOTED) + "…";
        String first = HostTime.spoken(event.first());
        String last = HostTime.spoken(event.last());
        boolean several = event.count() > 1;
        boolean atOnce = first.equals(last);
        return Finding.of(
                event.severity(),
                rule.title().en()
                        + (hit.isEmpty() ? "" : " (" + hit + ")")
                        + (several
                                ? ", "
                                        + event.count()
                                        + (atOnce
                                                ? " times at " + first
                                                : " times from " + first + " to " + last)
                                : ", at " + first)
                        + ": \""
                        + quoted
                        + "\"",
                rule.title().zh()
                        + (hit.isEmpty() ? "" : "（" + hit + "）")
                        + (several
                                ? (atOnce ? "，在 " + first : "，自 " + first + " 至 " + last)
                                        + " 共 "
                                        + event.count()
                                        + " 次"
                                : "，时间 " + first)
                        + "：“"
                        + quoted
                        + "”");
    }

    private static Finding summary(Optional<KernelClass> kind, Reading<KernelMessages> reading) {
        KernelMessages messages = reading.value();
        if (messages.source() == KernelMessages.Source.NONE) {
            return Finding.of(
                    Severity.NOTICE,
                    "the kernel's messages could not be seen: whether there was trouble is not"
                            + " known",
                    "看不到内核消息：是否出过问题无从得知");
        }
        String from = messages.since().map(HostTime::spoken).orElse("");
        String since = from.isEmpty() ? " since the boot" : " since " + from;
        String sinceZh = from.isEmpty() ? "本次启动以来" : "自 " + from + " 以来";
        Bilingual none =
                kind.map(one -> Bilingual.of(": none is of the kind {0}", "：没有 {0} 类的", one.word()))
                        .orElse(Bilingual.of(": none tells of trouble", "：没有异常"));
        boolean clean = messages.events().isEmpty() && reading.status() != Reading.Status.PARTIAL;
        return Finding.of(
                clean ? Severity.HEALTHY : Severity.NOTICE,
                "looked through "
                        + messages.lines()
                        + (messages.lines() == 1 ? " kernel message" : " kernel messages")
                        + since
                        + (messages.events().isEmpty() ? none.en() : "")
                        + reach(messages, ""),
                "检查了"
                        + sinceZh
                        + "的 "
                        + messages.lines()
                        + " 条内核消息"
                        + (messages.events().isEmpty() ? none.zh() : "")
                        + reach(messages, "zh"));
    }

    private static String reach(KernelMessages messages, String language) {
        if (messages.coversAll() || messages.coverageFrom().isEmpty()) {
            return "";
        }
        String from = HostTime.spoken(messages.coverageFrom().get());
        return language.isEmpty() ? "; they reach back to " + from + " only" : "；只能追溯到 " + from;
    }
}
