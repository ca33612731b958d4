package parley.console.turn;

import parley.safety.gate.Step;
import parley.tools.Bilingual;
import parley.tools.Following;
import parley.tools.Following.Stage;
import parley.tools.Host;
import parley.tools.Observed;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Follows work that goes on by itself on a host until it has ended, look by look; each look is
/// judged and recorded like any other. A lost connection does not end it: the next look connects
/// anew.
final class Follower {
    /// A host that does not answer for this long while its work goes on is given up: the work may
    /// still be running, and that is said.
    static final Duration PATIENCE = Duration.ofMinutes(5);

    /// How often somebody is asked whether they want to leave.
    private static final long MOST_NAP_MILLIS = 500;

    private final Observer observer;
    private final Person person;

    Follower(Observer observer, Person person) {
        this.observer = observer;
        this.person = person;
    }

    /// How the work ended, and the look that said so.
    ///
    /// @param isOver whether the host itself said that the work is over, well or not
    record Followed(Outcome outcome, Optional<HostResult> last, boolean isOver) {}

    Followed follow(Following following, Host host, Leave leave) throws InterruptedException {
        Watch watch = new Watch(following, host);
        try {
            while (true) {
                Optional<Followed> end = watch.next();
                if (end.isPresent()) {
                    return end.get();
                }
                if (isLeaving(leave, following.every())) {
                    return watch.left();
                }
            }
        } finally {
            person.working(host.name(), Optional.empty());
        }
    }

    /// Waits until the next look; an interrupt means to leave, too.
    private static boolean isLeaving(Leave leave, Duration pause) {
        long end = System.nanoTime() + pause.toNanos();
        while (!leave.asked()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(Math.min(left, MOST_NAP_MILLIS));
            } catch (InterruptedException cancel) {
                return true;
            }
        }
        return true;
    }

    /// One piece of work being followed.
    private final class Watch {
        private final Following following;
        private final Host host;
        private final Instant begun = Instant.now();
        private Instant answered = begun;
        private boolean alerted;
        private boolean silenceTold;
        private Optional<Observed> first = Optional.empty();
        private Optional<HostResult> last = Optional.empty();

        Watch(Following following, Host host) {
            this.following = following;
            this.host = host;
        }

        /// One look; empty while the work goes on.
        Optional<Followed> next() throws InterruptedException {
            HostResult look = observer.look(following.look(first), host, Step.Purpose.CHECK);
            if (look.outcome().is(Outcome.Kind.CANCELLED)) {
                return Optional.of(left());
            }
            last = Optional.of(look);
            alert();
            if (look.reading().isEmpty()) {
                return unanswered(look);
            }
            answered = Instant.now();
            silenceTold = false;
            Observed seen = new Observed(look.call(), look.reading().get());
            first = first.or(() -> Optional.of(seen));
            return switch (following.stage(seen)) {
                case Stage.Running running -> {
                    person.working(host.name(), Optional.of(said(running)));
                    yield Optional.empty();
                }
                case Stage.Ended ignored -> end(Outcome.done(), true);
                case Stage.Failed failed ->
                        end(Outcome.of(Outcome.Kind.FAILED, failed.says()), true);
                case Stage.Lost lost -> end(Outcome.of(Outcome.Kind.UNKNOWN, lost.says()), false);
            };
        }

        /// Only a host that is out of reach is asked again; who was refused once is refused always.
        private Optional<Followed> unanswered(HostResult look) {
            boolean mayComeBack =
                    look.outcome().is(Outcome.Kind.UNREACHABLE)
                            || look.outcome().is(Outcome.Kind.UNKNOWN)
                            || look.outcome().is(Outcome.Kind.UNREADABLE);
            boolean patient = Duration.between(answered, Instant.now()).compareTo(PATIENCE) <= 0;
            if (!mayComeBack || !patient) {
                return end(unseen(look.outcome()), false);
            }
            if (!silenceTold) {
                silenceTold = true;
                person.notice(stillTrying());
            }
            return Optional.empty();
        }

        private Optional<Followed> end(Outcome outcome, boolean isOver) {
            return Optional.of(new Followed(outcome, last, isOver));
        }

        private void alert() {
            if (!alerted
                    && Duration.between(begun, Instant.now()).compareTo(following.alertAfter())
                            > 0) {
                alerted = true;
                person.notice(longer());
            }
        }

        /// Somebody stopped watching.
        Followed left() {
            String how = CallWords.command(following.look(first), host.name());
            return new Followed(
                    Outcome.of(
                            Outcome.Kind.CANCELLED,
                            Bilingual.of(
                                    "no longer watched; the work goes on on {0}. To see how far it"
                                            + " is: {1}; once it ended, to check what came of it:"
                                            + " parley settle {0}",
                                    "已停止观察；{0} 上的任务仍在继续。查看进度：{1}；结束后核实结果：parley settle {0}",
                                    host.name(),
                                    how)),
                    last,
                    false);
        }

        private Bilingual said(Stage.Running running) {
            String percent = running.percent().map(number -> " " + number + " %").orElse("");
            return Bilingual.of(running.says().en() + percent, running.says().zh() + percent);
        }

        private Bilingual stillTrying() {
            return Bilingual.of(
                    "{0} does not answer; its work goes on there all the same; still trying for {1}"
                            + " minutes",
                    "{0} 没有应答；其上的任务不受影响，仍在进行；将继续重试 {1} 分钟", host.name(), PATIENCE.toMinutes());
        }

        private Outcome unseen(Outcome why) {
            String how = CallWords.command(following.look(first), host.name());
            return Outcome.of(
                    Outcome.Kind.UNKNOWN,
                    Bilingual.of(
                            "the work was started on {0} and may still be going on, but it cannot"
                                    + " be seen: {1}; look later with: {2}",
                            "已在 {0} 上启动，可能仍在进行，但无法查看：{1}；稍后请查看：{2}", host.name(), why.says(), how));
        }

        private Bilingual longer() {
            return Bilingual.of(
                    "{0}: it takes longer than {1} minutes; it goes on, nothing is stopped",
                    "{0}：耗时已超过 {1} 分钟；仍在进行，不会被中止", host.name(), following.alertAfter().toMinutes());
        }
    }
}
