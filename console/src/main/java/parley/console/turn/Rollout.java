package parley.console.turn;

import parley.safety.gate.Approval;
import parley.safety.gate.Pace;
import parley.tools.Bilingual;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/// Takes an approved change over its hosts in waves: the first ones, then the others, until too
/// many failed or somebody stops it. Every host has an ending of its own.
final class Rollout {
    private final Changer changer;
    private final Person person;
    private final Pace pace;
    private final EvidenceIds evidence;

    Rollout(Changer changer, Person person, Pace pace, EvidenceIds evidence) {
        this.changer = changer;
        this.person = person;
        this.pace = pace;
        this.evidence = evidence;
    }

    /// The first interrupt stops before the next wave and lets what runs finish; work that goes on
    /// by itself is no longer watched. The second one ends what runs. Either stays noticeable.
    List<HostResult> run(List<Prepared<?>> prepared, Optional<Approval> approval) {
        List<Prepared<?>> hosts =
                prepared.stream()
                        .sorted(Comparator.comparing(one -> one.host().name()))
                        .<Prepared<?>>map(one -> one)
                        .toList();
        List<List<Prepared<?>>> waves = pace.waves(hosts);
        List<HostResult> results = new ArrayList<>();
        Optional<Outcome> stop = Optional.empty();
        int failures = 0;
        for (int wave = 0; wave < waves.size(); wave++) {
            if (stop.isEmpty() && Thread.currentThread().isInterrupted()) {
                stop = Optional.of(cancelled());
            }
            if (stop.isPresent()) {
                for (Prepared<?> one : waves.get(wave)) {
                    results.add(without(one, stop.get()));
                }
                continue;
            }
            announce(waves, wave);
            List<List<HostResult>> done = wave(waves.get(wave), approval);
            done.forEach(results::addAll);
            int failed = Math.toIntExact(done.stream().filter(Rollout::isFailed).count());
            failures += failed;
            boolean first = pace.isCanary(wave, hosts.size());
            if (failures >= pace.maxFailures() || (first && failed > 0)) {
                stop = Optional.of(failed(failures));
            }
        }
        return results;
    }

    private List<List<HostResult>> wave(List<Prepared<?>> wave, Optional<Approval> approval) {
        AtomicBoolean leaving = new AtomicBoolean();
        List<Callable<List<HostResult>>> tasks = new ArrayList<>();
        for (Prepared<?> one : wave) {
            tasks.add(() -> changer.change(one, approval, leaving::get));
        }
        return Fleet.finish(
                tasks,
                () -> {
                    leaving.set(true);
                    person.notice(
                            Bilingual.of(
                                    "stopping: what was begun is finished first, nothing else is"
                                            + " begun; Ctrl-C again breaks it off",
                                    "正在停止：已开始的会先完成，不再开始新的；再按一次 Ctrl-C 将强行中断"));
                });
    }

    private void announce(List<List<Prepared<?>>> waves, int wave) {
        if (waves.size() > 1) {
            String hosts =
                    String.join(
                            ", ", waves.get(wave).stream().map(one -> one.host().name()).toList());
            String count = (wave + 1) + "/" + waves.size();
            person.progress(Bilingual.of("wave {0}: {1}", "第 {0} 批：{1}", count, hosts));
        }
    }

    private static boolean isFailed(List<HostResult> host) {
        return host.stream().anyMatch(result -> result.outcome().exitCode() != 0);
    }

    private HostResult without(Prepared<?> one, Outcome outcome) {
        return HostResult.without(evidence.next(), one.call(), one.host().name(), outcome);
    }

    private static Outcome cancelled() {
        return Outcome.of(
                Outcome.Kind.CANCELLED,
                Bilingual.of("not begun: it was cancelled before", "未开始：已被取消"));
    }

    private static Outcome failed(int failures) {
        return Outcome.of(
                Outcome.Kind.NOT_BEGUN,
                failures == 1
                        ? Bilingual.of(
                                "not begun, because a host before it failed", "未开始，因为前面有一台主机失败")
                        : Bilingual.of(
                                "not begun, because {0} hosts before it failed",
                                "未开始，因为前面有 {0} 台主机失败", failures));
    }
}
