package parley.tools.catalogue.jobs;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Following;
import parley.tools.Observed;
import parley.tools.value.Count;
import parley.tools.value.HostText;
import parley.tools.value.JobId;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Follows a transaction by looking at it with [JobStatus].
record TransactionFollowing() implements Following {
    private static final Count TAIL = new Count(40);

    @Override
    public Call<?> look(Optional<Observed> first) {
        Optional<JobId> id =
                first.flatMap(one -> state(one).id()).map(HostText::value).map(JobId::new);
        return new Call<>(new JobStatus(), new JobStatus.Arguments(id, Optional.of(TAIL)));
    }

    @Override
    public Stage stage(Observed look) {
        JobState state = state(look);
        Bilingual says = JobWords.of(state);
        return switch (state.state()) {
            case RUNNING -> new Stage.Running(says, state.progress().percent().map(Long::intValue));
            case OK -> new Stage.Ended(says);
            case FAILED, STOPPED, INTERRUPTED -> new Stage.Failed(says);
            case LOST, NONE -> new Stage.Lost(says);
        };
    }

    private static JobState state(Observed look) {
        return Observed.find(List.of(look), JobState.class)
                .orElseThrow(() -> new IllegalArgumentException("not a look at a job"));
    }

    @Override
    public List<Argv> clear() {
        return Transaction.clear();
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(2);
    }

    @Override
    public Duration alertAfter() {
        return Duration.ofMinutes(15);
    }
}
