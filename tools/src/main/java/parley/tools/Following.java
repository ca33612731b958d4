package parley.tools;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How work is followed to its end that goes on by itself on the host after the commands that
/// started it came back.
public interface Following {
    /// The observing call that looks how far it is.
    ///
    /// @param first what the first look read; empty before it. It names the work, so that later
    ///   looks cannot take another's for it.
    Call<?> look(Optional<Observed> first);

    /// What a look says.
    Stage stage(Observed look);

    /// Commands that clear away what the ended work left behind, in order; approved with the
    /// others. They run whether the work succeeded or not.
    List<Argv> clear();

    /// How long to wait between two looks.
    Duration every();

    /// After this time a person is told that it takes longer than usual; nothing is stopped.
    Duration alertAfter();

    /// How far the work is.
    sealed interface Stage {
        Bilingual says();

        /// It goes on.
        ///
        /// @param percent 0 to 100, where the program tells
        record Running(Bilingual says, Optional<Integer> percent) implements Stage {
            public Running {
                requireNonNull(says, "says is null");
                if (percent.filter(one -> one < 0 || one > 100).isPresent()) {
                    throw new IllegalArgumentException("not a percentage: " + percent.get());
                }
            }
        }

        /// It has ended; whether it did what was asked is for the checks to say.
        record Ended(Bilingual says) implements Stage {
            public Ended {
                requireNonNull(says, "says is null");
            }
        }

        /// It failed: it ended, and said so itself.
        record Failed(Bilingual says) implements Stage {
            public Failed {
                requireNonNull(says, "says is null");
            }
        }

        /// There is no trace of it: whether it ran is unknown.
        record Lost(Bilingual says) implements Stage {
            public Lost {
                requireNonNull(says, "says is null");
            }
        }
    }
}
