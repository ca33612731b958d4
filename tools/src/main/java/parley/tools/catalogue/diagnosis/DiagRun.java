package parley.tools.catalogue.diagnosis;

import parley.tools.Bilingual;
import parley.tools.Card;
import parley.tools.Clue;
import parley.tools.Composite;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Host;
import parley.tools.Hosts;
import parley.tools.Means;
import parley.tools.Reading;
import parley.tools.diagnosis.Case;
import parley.tools.diagnosis.Confidence;
import parley.tools.diagnosis.Diagnosed;
import parley.tools.diagnosis.Diagnoses;
import parley.tools.diagnosis.Symptom;
import parley.tools.value.Port;
import parley.tools.value.Target;
import parley.tools.value.UnitName;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Finds out why something is wrong: makes the observing calls that its procedure asks for, and
/// concludes with evidence.
///
/// It runs no command of its own and never changes anything. Never *empty*: a diagnosis without a
/// cause says what it looked at; *partial* means that something could not be excluded, and the gaps
/// say what and why.
public final class DiagRun implements Composite<DiagRun.Arguments, Diagnosed> {
    public record Arguments(
            @Means(en = "what is wrong", zh = "症状") Symptom diagnosis,
            @Means(en = "the unit in question", zh = "相关单元") Optional<UnitName> unit,
            @Means(en = "the port in question", zh = "相关端口") Optional<Port> port,
            @Means(
                            en = "the host or name that is not reached, or whose certificate it is",
                            zh = "无法到达的目标，或证书所属的主机名")
                    Optional<Target> target) {}

    @Override
    public Card card() {
        return Card.observe(
                "diag.run",
                "diagnosis",
                Bilingual.of("Find out why something is wrong", "诊断问题原因"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("why is web-1 so slow?", "web-1 为什么这么慢？"),
                Bilingual.of("find out why nginx is down on web-1", "查一下 web-1 的 nginx 为什么挂了"),
                Bilingual.of("why can't web-1 resolve names", "web-1 为什么解析不了域名"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Ahead<Diagnosed> next(
            Arguments arguments, List<Host> about, Hosts hosts, List<Clue> soFar) {
        return Diagnoses.next(
                arguments.diagnosis(),
                new Case(
                        about.getFirst(),
                        hosts,
                        arguments.unit(),
                        arguments.port(),
                        arguments.target(),
                        soFar));
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Diagnosed> reading) {
        return reading.value().conclusions().stream()
                .filter(one -> one.confidence() != Confidence.NOT_EXCLUDED)
                .map(one -> new Finding(one.severity(), one.statement(), List.of()))
                .sorted(Comparator.comparing(Finding::severity))
                .toList();
    }
}
