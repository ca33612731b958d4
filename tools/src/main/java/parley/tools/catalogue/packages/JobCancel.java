package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Change;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Means;
import parley.tools.Observed;
import parley.tools.Platform;
import parley.tools.Preview;
import parley.tools.Reading;
import parley.tools.Risk;
import parley.tools.RootCommand;
import parley.tools.Undo;
import parley.tools.Unreadable;
import parley.tools.catalogue.jobs.JobState;
import parley.tools.catalogue.jobs.JobState.State;
import parley.tools.catalogue.jobs.JobStatus;
import parley.tools.catalogue.jobs.JobWords;
import parley.tools.catalogue.jobs.Progress;
import parley.tools.catalogue.jobs.Progress.Phase;
import parley.tools.catalogue.jobs.Transaction;
import parley.tools.value.Count;
import parley.tools.value.HostText;
import parley.tools.value.JobId;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Stops a running transaction, as long as it has changed nothing yet.
///
/// Command: `systemctl stop parley-tx.service`, which sends its program an interrupt and waits
/// until it has ended. Refused once the transaction is past its download: apt and dnf killed half
/// way leave packages half-configured or doubled. Should it get past it in the moment between look
/// and stop, the interrupt is put off by apt and dnf until their packages are whole. It stands
/// beside the packages, since its check looks at them.
public final class JobCancel implements Change<JobCancel.Arguments, JobCancel.Stopping> {
    public record Arguments(
            @Means(en = "the job; the running one unless said", zh = "任务编号；缺省为正在执行的任务")
                    Optional<JobId> jobId) {}

    /// systemd was told to stop it.
    public record Stopping(@Means(en = "stopped", zh = "已停止") HostText unit) {}

    @Override
    public Card card() {
        return new Card(
                "job.cancel",
                "jobs",
                Bilingual.of("Stop a transaction that has changed nothing yet", "取消尚未开始改动的后台事务"),
                Risk.DISRUPTIVE,
                Risk.DISRUPTIVE,
                Card.onlyOn(Family.APT, Family.DNF),
                List.of(
                        Bilingual.of("cancel the running upgrade on web-1", "终止 web-1 的后台任务"),
                        Bilingual.of("cancel the background job on lb-1", "终止 lb-1 的后台任务"),
                        Bilingual.of("abort the transaction on db-1", "终止 db-1 的事务")));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(RootCommand.of(String.join(" ", Transaction.stop().words())));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    private static Call<?> look(Optional<JobId> id) {
        return new Call<>(new JobStatus(), new JobStatus.Arguments(id, Optional.of(new Count(20))));
    }

    @Override
    public List<Call<?>> preview(Arguments arguments) {
        return List.of(look(arguments.jobId()));
    }

    @Override
    public Impact impact(Arguments arguments, Preview preview) {
        Optional<JobState> read = preview.find(JobState.class);
        List<Bilingual> lines = new ArrayList<>();
        List<Bilingual> obstacles = new ArrayList<>();
        if (read.isEmpty()) {
            obstacles.add(Bilingual.of("the job's state could not be read", "读不到任务状态"));
        } else {
            lines.add(JobWords.of(read.get()));
            obstacle(read.get()).ifPresent(obstacles::add);
        }
        return new Impact(
                Risk.DISRUPTIVE, Set.of(Transaction.UNIT), Set.of(), Set.of(), lines, obstacles);
    }

    private static Optional<Bilingual> obstacle(JobState state) {
        if (state.state() != State.RUNNING) {
            Bilingual says = JobWords.of(state);
            return Optional.of(
                    Bilingual.of(
                            "nothing is running that could be cancelled: " + says.en(),
                            "没有正在执行、可以取消的任务：" + says.zh()));
        }
        Optional<Phase> phase = state.progress().phase();
        return phase.filter(Phase::isHarmless).isPresent()
                ? Optional.empty()
                : Optional.of(late(state));
    }

    private static Bilingual late(JobState state) {
        Progress progress = state.progress();
        String en = progress.phase().map(Phase::en).orElse("how far it is cannot be told");
        String zh = progress.phase().map(Phase::zh).orElse("无法判断进行到哪一步");
        return Bilingual.of(
                "it is past its download ({0}), and stopping it now would leave packages"
                        + " half-installed; let it end, then take it back (package.undo)",
                "它已过下载阶段（{1}），此时停止会留下安装到一半的软件包；请等它结束，再撤销（package.undo）", en, zh);
    }

    @Override
    public List<Argv> commands(Arguments arguments, Preview preview) {
        return List.of(Transaction.stop());
    }

    @Override
    public List<Call<?>> again(Arguments arguments) {
        return List.of(look(arguments.jobId()));
    }

    @Override
    public Optional<Bilingual> drift(Arguments arguments, Preview approved, List<Observed> now) {
        Optional<JobState> before = approved.find(JobState.class);
        Optional<JobState> after = Observed.find(now, JobState.class);
        if (before.flatMap(JobState::id).equals(after.flatMap(JobState::id))) {
            return after.flatMap(JobCancel::obstacle);
        }
        return Optional.of(Bilingual.of("another transaction runs by now", "当前执行的已是另一个事务"));
    }

    @Override
    public Undo undo(Arguments arguments, Preview preview) {
        return Undo.byHand(Bilingual.of("ask for the same change again", "重新提出同样的变更请求"));
    }

    @Override
    public List<Call<?>> checks(Arguments arguments, Preview preview) {
        Optional<JobId> id =
                arguments
                        .jobId()
                        .or(() ->
                                preview.find(JobState.class)
                                        .flatMap(JobState::id)
                                        .map(HostText::value)
                                        .map(JobId::new));
        return List.of(
                look(id), new Call<>(new PackageRepairPlan(), new PackageRepairPlan.Arguments()));
    }

    @Override
    public Proof proof(Arguments arguments, Preview preview, List<Observed> after) {
        Optional<JobState> state = Observed.find(after, JobState.class);
        Optional<RepairNeeds> needs = Observed.find(after, RepairNeeds.class);
        if (state.isEmpty() || needs.isEmpty()) {
            return new Proof(
                    false,
                    Bilingual.of("what became of the transaction could not be read", "读不到该事务的结果"));
        }
        Bilingual says = JobWords.of(state.get());
        if (!needs.get().isSound()) {
            return new Proof(
                    false,
                    Bilingual.of(
                            says.en() + "; packages need repair now (package.repair)",
                            says.zh() + "；有软件包需要修复（package.repair）"));
        }
        return switch (state.get().state()) {
            case STOPPED ->
                    new Proof(
                            true,
                            Bilingual.of(
                                    says.en() + "; all packages are whole",
                                    says.zh() + "；所有软件包均完好"));
            case OK, FAILED, INTERRUPTED, LOST, NONE, RUNNING ->
                    new Proof(
                            false,
                            Bilingual.of(
                                    "it was not cancelled: " + says.en(), "未能取消：" + says.zh()));
        };
    }

    @Override
    public Reading<Stopping> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        captures.getFirst().silent();
        return Reading.ok(new Stopping(new HostText(Transaction.UNIT)));
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Stopping> reading) {
        return List.of(
                Finding.of(
                        Severity.NOTICE,
                        "systemd was told to stop the transaction",
                        "已要求 systemd 停止该事务"));
    }
}
