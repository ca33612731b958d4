package parley.tools;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/// A tool that runs no command of its own: it makes observing calls of other tools, chosen from
/// what the ones before them read, and concludes. It is asked about each host by itself, or, where
/// the hosts are the question, about all of them together.
///
/// It is a pure decision procedure. Each of its calls is judged, recorded and run like any other.
public non-sealed interface Composite<A extends Record, R extends Record> extends Tool<A, R> {
    /// The most calls it may make for one host. What it wants beyond them is not made.
    int MOST_CALLS = 12;

    /// The longest it may take for one host. What is not read by then counts as not read.
    Duration MOST_TIME = Duration.ofSeconds(90);

    /// What to read next, or what all of it means. Called with no clues first.
    ///
    /// The calls that it wants together do not depend on each other. A call that it wants again is
    /// not made again.
    ///
    /// @param about the host it was asked about; all of them when it is asked [#together]
    /// @param hosts the inventory: calls may be made on others of these, too
    Ahead<R> next(A arguments, List<Host> about, Hosts hosts, List<Clue> soFar);

    /// Whether it is asked once about all hosts, with one reading for all, rather than for each.
    default boolean together() {
        return false;
    }

    /// The most calls it may make about so many hosts.
    default int mostCalls(int about) {
        return MOST_CALLS * about;
    }

    /// How it goes on.
    sealed interface Ahead<R extends Record> {
        /// Read these, all at the same time.
        record Look<R extends Record>(List<Lead> leads) implements Ahead<R> {
            public Look {
                leads = List.copyOf(leads);
                if (leads.isEmpty()) {
                    throw new IllegalArgumentException("nothing to look at");
                }
            }
        }

        /// Nothing more has to be read.
        record Concluded<R extends Record>(Reading<R> reading) implements Ahead<R> {
            public Concluded {
                requireNonNull(reading, "reading is null");
            }
        }
    }
}
