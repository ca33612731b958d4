package parley.console.turn;

import parley.safety.gate.Step;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Following;
import parley.tools.Following.Stage;
import parley.tools.Host;
import parley.tools.Observation;
import parley.tools.Observed;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Follows work that goes on by itself on a host until it has ended, look by look; each look is
/// judged and recorded like any other.
final class Follower {
    /// A host that does not answer for this long while its work goes on is given up: the work may
    /// still be running, and that is said.
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Observer observer;
    private final Person person;

    Follower(Observer observer, Person person) {
        this.observer = observer;
        this.person = person;
    }

    /// How the work ended, and the look that said so.
    record Followed(Outcome outcome, Optional<HostResult> last) {
        Optional<Observed> observed() {
            return last.flatMap(
                    look -> look.reading().map(reading -> new Observed(look.call(), reading)));
        }

        /// Whether the host itself said that the work is over, well or not.
        boolean ended() {
            return outcome.exitCode() == 0 || outcome.is(Outcome.Kind.FAILED);
        }
    }

    Followed follow(Following following, Host host) throws InterruptedException {
        Instant begun = Instant.now();
        Instant answered = begun;
        boolean alerted = false;
        Optional<Observed> first = Optional.empty();
        while (true) {
            HostResult look = look(following.look(first), host);
            if (look.reading().isEmpty()) {
                if (Duration.between(answered, Instant.now()).compareTo(PATIENCE) > 0) {
                    return new Followed(silent(host, look.outcome()), Optional.of(look));
                }
            } else {
                answered = Instant.now();
                Observed seen = new Observed(look.call(), look.reading().get());
                if (first.isEmpty()) {
                    first = Optional.of(seen);
                }
                Optional<Followed> over = over(following.stage(seen), look, host);
                if (over.isPresent()) {
                    return over.get();
                }
            }
            if (!alerted
                    && Duration.between(begun, answered).compareTo(following.alertAfter()) > 0) {
                alerted = true;
                person.notice(longer(host, following.alertAfter()));
            }
            TimeUnit.MILLISECONDS.sleep(following.every().toMillis());
        }
    }

    private Optional<Followed> over(Stage stage, HostResult look, Host host) {
        return switch (stage) {
            case Stage.Running running -> {
                person.progress(said(host, running));
                yield Optional.empty();
            }
            case Stage.Ended ignored ->
                    Optional.of(new Followed(Outcome.done(), Optional.of(look)));
            case Stage.Failed failed ->
                    Optional.of(
                            new Followed(
                                    Outcome.of(Outcome.Kind.FAILED, failed.says()),
                                    Optional.of(look)));
            case Stage.Lost lost ->
                    Optional.of(
                            new Followed(
                                    Outcome.of(Outcome.Kind.UNKNOWN, lost.says()),
                                    Optional.of(look)));
        };
    }

    private static Bilingual said(Host host, Stage.Running running) {
        String percent = running.percent().map(number -> " " + number + " %").orElse("");
        return Bilingual.of(
                host.name() + ": " + running.says().en() + percent,
                host.name() + "：" + running.says().zh() + percent);
    }

    private <A extends Record> HostResult look(Call<A> call, Host host)
            throws InterruptedException {
        if (!(call.tool() instanceof Observation<A, ?> tool)) {
            throw new IllegalArgumentException("a look only observes: " + call.tool().name());
        }
        HostResult result = observer.observe(call, tool, host, Step.Purpose.CHECK, Map.of(), false);
        if (result.outcome().is(Outcome.Kind.CANCELLED)) {
            throw new InterruptedException("cancelled while following");
        }
        return result;
    }

    private static Outcome silent(Host host, Outcome why) {
        return Outcome.of(
                Outcome.Kind.UNKNOWN,
                Bilingual.of(
                        "the work was started on "
                                + host.name()
                                + " and may still be going on, but the host has not answered for "
                                + PATIENCE.toMinutes()
                                + " minutes: "
                                + why.says().en()
                                + "; look with job.status when it answers again",
                        "已在 "
                                + host.name()
                                + " 上启动，可能仍在进行，但该主机已 "
                                + PATIENCE.toMinutes()
                                + " 分钟没有应答："
                                + why.says().zh()
                                + "；恢复后请用 job.status 查看"));
    }

    private static Bilingual longer(Host host, Duration usual) {
        return Bilingual.of(
                host.name()
                        + ": it takes longer than "
                        + usual.toMinutes()
                        + " minutes; it goes on, nothing is stopped",
                host.name() + "：耗时已超过 " + usual.toMinutes() + " 分钟；仍在进行，不会被中止");
    }
}
