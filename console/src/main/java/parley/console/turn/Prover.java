package parley.console.turn;

import parley.safety.gate.Step;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Change;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Host;
import parley.tools.Observed;
import parley.tools.Preview;

import java.util.ArrayList;
import java.util.List;

/// Proves what came of a change by its own checks on the objects themselves.
final class Prover {
    private final Observer observer;
    private final Person person;

    Prover(Observer observer, Person person) {
        this.observer = observer;
        this.person = person;
    }

    /// What the checks said.
    ///
    /// @param checks in their order; the last one read carries the proof as its finding
    /// @param says the proof's own words, or why nothing is proven
    record Proven(Outcome outcome, Bilingual says, List<HostResult> checks) {
        Proven {
            checks = List.copyOf(checks);
        }

        /// Whether the last look did not reach the host.
        boolean isUnreachable() {
            return checks.getLast().outcome().is(Outcome.Kind.UNREACHABLE);
        }

        List<String> evidence() {
            return checks.stream().map(HostResult::id).toList();
        }
    }

    <A extends Record> Proven prove(Prepared<A> change, List<HostResult> looks) {
        return prove(change.call(), change.tool(), change.host(), change.preview(), looks);
    }

    /// A check that cannot be read ends them: then nothing is proven, and that is said.
    ///
    /// @param looks what followed the work to its end, before the checks
    <A extends Record> Proven prove(
            Call<A> call, Change<A, ?> tool, Host host, Preview preview, List<HostResult> looks) {
        A arguments = call.arguments();
        person.progress(
                Bilingual.of(
                        host.name() + ": checking that it took and stays",
                        host.name() + "：正在检查是否生效并保持稳定"));
        List<HostResult> checks = new ArrayList<>();
        List<Observed> after = new ArrayList<>();
        looks.forEach(look ->
                look.reading().ifPresent(read -> after.add(new Observed(look.call(), read))));
        for (Call<?> check : tool.checks(arguments, preview)) {
            HostResult looked = look(check, host);
            checks.add(looked);
            if (looked.reading().isEmpty()) {
                Outcome unproven = unproven(host, looked.outcome());
                return new Proven(unproven, unproven.says(), checks);
            }
            after.add(new Observed(check, looked.reading().get()));
        }
        Change.Proof proof = tool.proof(arguments, preview, after);
        // What each look found is in the proof; "not running" is no alarm after a stop.
        checks.replaceAll(check -> withFindings(check, check.outcome(), List.of()));
        checks.add(withProof(checks.removeLast(), proof));
        return new Proven(outcome(proof), proof.statement(), checks);
    }

    /// A connection that broke says nothing about the change, and looking once more is harmless.
    private HostResult look(Call<?> check, Host host) {
        HostResult looked = observer.look(check, host, Step.Purpose.CHECK);
        boolean broke =
                looked.outcome().is(Outcome.Kind.UNREACHABLE)
                        || looked.outcome().is(Outcome.Kind.UNKNOWN);
        return broke ? observer.look(check, host, Step.Purpose.CHECK) : looked;
    }

    private static Outcome outcome(Change.Proof proof) {
        return proof.succeeded()
                ? Outcome.done()
                : Outcome.of(Outcome.Kind.FAILED, proof.statement());
    }

    private static HostResult withProof(HostResult looked, Change.Proof proof) {
        Severity severity = proof.succeeded() ? Severity.NOTICE : Severity.CRITICAL;
        Finding finding = new Finding(severity, proof.statement(), List.of());
        return withFindings(looked, outcome(proof), List.of(finding));
    }

    private static HostResult withFindings(
            HostResult looked, Outcome outcome, List<Finding> findings) {
        return new HostResult(
                looked.id(),
                looked.call(),
                looked.host(),
                outcome,
                looked.argv(),
                looked.captures(),
                looked.reading(),
                findings,
                looked.undo());
    }

    /// It ran, and whether it took could not be read: unknown, whatever the reason.
    static Outcome unproven(Host host, Outcome why) {
        return Outcome.of(
                Outcome.Kind.UNKNOWN,
                Bilingual.of(
                        "it ran on {0}, but whether it took could not be read: {1}",
                        "已在 {0} 上执行，但无法确认是否生效：{1}", host.name(), why.says()));
    }
}
