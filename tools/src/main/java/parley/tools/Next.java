package parley.tools;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/// What an observation does after the captures it has: one more command, nothing more, or nothing
/// at all here.
public sealed interface Next {
    /// Run `argv`, after waiting `after` (zero unless the tool samples over time).
    record Run(Argv argv, Duration after) implements Next {
        public Run {
            requireNonNull(argv, "argv is null");
            requireNonNull(after, "after is null");
        }
    }

    /// The captures are complete and can be read.
    record Done() implements Next {}

    /// This platform has no way to answer the call.
    record NotSupported(Bilingual why) implements Next {
        public NotSupported {
            requireNonNull(why, "why is null");
        }
    }

    static Next run(Argv argv) {
        return new Run(argv, Duration.ZERO);
    }

    static Next done() {
        return new Done();
    }

    /// The commands of an observation as far as what was printed up to now tells them.
    @FunctionalInterface
    interface Known {
        List<Argv> commands() throws Unreadable;
    }

    /// The first command of `known` that did not run yet. An output that cannot be read ends the
    /// sequence: [Observation#read] meets the same line again and refuses it there.
    static Next known(List<Capture> soFar, Known known) {
        try {
            return sequence(soFar, known.commands().toArray(Argv[]::new));
        } catch (Unreadable leftToRead) {
            return done();
        }
    }

    /// The fixed sequence `commands`, of which `soFar` ran already.
    static Next sequence(List<Capture> soFar, Argv... commands) {
        return soFar.size() < commands.length ? run(commands[soFar.size()]) : done();
    }
}
