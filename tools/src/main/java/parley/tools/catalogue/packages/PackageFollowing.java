package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Call;
import parley.tools.Following;
import parley.tools.Observed;
import parley.tools.catalogue.jobs.JobState;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Follows a package manager. One that ended by itself with an exit code has ended, whatever the
/// code: it may fail because of somebody else's package, so what came of this plan is read from the
/// packages themselves.
record PackageFollowing(Following transaction) implements Following {
    @Override
    public Call<?> look(Optional<Observed> first) {
        return transaction.look(first);
    }

    @Override
    public Stage stage(Observed look) {
        Stage stage = transaction.stage(look);
        boolean byItself =
                Observed.find(List.of(look), JobState.class)
                        .filter(state -> state.state() == JobState.State.FAILED)
                        .isPresent();
        return byItself && stage instanceof Stage.Failed failed
                ? new Stage.Ended(failed.says())
                : stage;
    }

    @Override
    public List<Argv> clear() {
        return transaction.clear();
    }

    @Override
    public Duration every() {
        return transaction.every();
    }

    @Override
    public Duration alertAfter() {
        return transaction.alertAfter();
    }
}
