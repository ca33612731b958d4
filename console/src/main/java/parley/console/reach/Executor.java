package parley.console.reach;

import parley.safety.gate.Permit;
import parley.safety.gate.Step;
import parley.tools.Bilingual;
import parley.tools.Capture;

/// The one place where what was asked for runs: it takes a permit and nothing else.
public final class Executor {
    private final Reach reach;

    public Executor(Reach reach) {
        this.reach = reach;
    }

    /// Runs the permitted step once, with exactly its words: over SSH quoted for the login shell
    /// ([Quoting]) and behind a line that tells the process id; on this machine without any shell.
    ///
    /// An interrupt cancels: the command is ended on the host, and the answer is
    /// [NotRun.Kind#CANCELLED]. The interrupt is then used up, so that the record can still be
    /// written.
    ///
    /// @return what it gave, whatever its exit code; 124 when it was ended for its time limit, 141
    ///   when it printed more than is ever read
    /// @throws NotRun when there is no capture; its kind says what is known
    /// @throws InterruptedException when interrupted before the permit was used
    /// @throws IllegalStateException when the permit was used before
    public Capture run(Permit permit) throws NotRun, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("cancelled before the permit was used");
        }
        Step step = permit.use();
        if (!reach.hostKey(step.host()).equals(step.hostKey()) && !step.hostKey().isEmpty()) {
            throw new NotRun(
                    NotRun.Kind.HOST_KEY_CHANGED,
                    Bilingual.of(
                            "{0} is not known by the key it was judged with any more; ask again",
                            "{0} 的已知密钥与裁决时不同；请重新请求", step.host().name()),
                    null);
        }
        Machine machine = reach.machine(step.host());
        Capture capture = machine.run(step);
        return SudoRefusal.check(step, capture, machine);
    }
}
