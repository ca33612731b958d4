package parley.tools.catalogue.fleet;

import parley.tools.Bilingual;
import parley.tools.Card;
import parley.tools.Clue;
import parley.tools.Composite;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Host;
import parley.tools.Hosts;
import parley.tools.Lead;
import parley.tools.Means;
import parley.tools.Reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What differs between hosts that should be equal.
///
/// It runs no command of its own: on every host it makes the observing calls of the aspects asked
/// for, and puts names and values side by side. A host that could not be read in an aspect is
/// *unknown* there, and told as a gap; it never counts as equal. A difference is a lead, not a
/// cause.
public final class FleetCompare implements Composite<FleetCompare.Arguments, Comparison> {
    private static final int MOST_TOLD = 12;

    public record Arguments(
            @Means(
                            en =
                                    "only these: packages, kernel, sysctl, units, mounts, repos,"
                                            + " limits, driver, time, mtu",
                            zh =
                                    "只比较：packages、kernel、sysctl、units、mounts、repos、limits、driver、time、mtu")
                    Optional<List<Aspect>> aspects) {
        public Arguments {
            aspects = aspects.map(List::copyOf);
        }

        List<Aspect> wanted() {
            return aspects.filter(some -> !some.isEmpty())
                    .map(some -> some.stream().distinct().sorted().toList())
                    .orElse(Aspect.USUAL);
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "fleet.compare",
                "fleet",
                Bilingual.of("What differs between hosts", "对比主机差异"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("what's different between web-1 and web-2", "web-1 和 web-2 有什么不一样"),
                Bilingual.of("compare packages on db-1 and db-2", "对比一下 db-1 和 db-2 装的包"),
                Bilingual.of("are kernel versions the same on all web hosts", "三台 web 内核版本一致吗"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public boolean together() {
        return true;
    }

    @Override
    public Ahead<Comparison> next(
            Arguments arguments, List<Host> about, Hosts hosts, List<Clue> soFar) {
        List<Lead> leads = new ArrayList<>();
        for (Host host : about) {
            arguments.wanted().stream()
                    .flatMap(aspect -> aspect.call().stream())
                    .forEach(call -> leads.add(new Lead(host, call)));
        }
        return soFar.isEmpty() && !leads.isEmpty()
                ? new Ahead.Look<>(leads)
                : new Ahead.Concluded<>(SideBySide.reading(arguments.wanted(), about, soFar));
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Comparison> reading) {
        Comparison read = reading.value();
        List<Finding> findings = new ArrayList<>();
        if (read.hosts().size() < 2) {
            return List.of(
                    Finding.of(
                            Severity.WARNING,
                            "one host alone cannot differ; name two or more",
                            "只有一台主机，无从比较；请给出两台以上"));
        }
        for (Comparison.Compared one : read.aspects()) {
            if (one.hosts() >= 2 && one.different() == 0) {
                findings.add(
                        Finding.of(
                                Severity.HEALTHY,
                                "{0}: all {1} identical",
                                "{0}：{1} 项全部相同",
                                one.aspect().called(),
                                one.same()));
            } else if (one.hosts() >= 2) {
                findings.add(
                        Finding.of(
                                Severity.WARNING,
                                "{0}: {1} differ, {2} are identical",
                                "{0}：{1} 项不同，{2} 项相同",
                                one.aspect().called(),
                                one.different(),
                                one.same()));
            }
        }
        read.differences().stream().limit(MOST_TOLD).forEach(one -> findings.add(finding(one)));
        return findings;
    }

    private static Finding finding(Comparison.Difference one) {
        String values = String.join("; ", one.values().stream().map(Object::toString).toList());
        return Finding.of(
                Severity.NOTICE,
                "{0} {1} — {2}",
                "{0} {1} — {2}",
                one.aspect().called(),
                one.name(),
                values);
    }
}
