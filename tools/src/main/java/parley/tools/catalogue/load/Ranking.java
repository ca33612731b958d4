package parley.tools.catalogue.load;

import static java.util.Objects.requireNonNull;

import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Next;
import parley.tools.Unreadable;
import parley.tools.value.Bytes;
import parley.tools.value.Percent;
import parley.tools.value.Pid;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How `process.top` finds the processes that use most of something: its commands come first, then
/// the details of those chosen.
sealed interface Ranking permits PerProcessRanking, ProcessorRanking, TableRanking {
    /// More are chosen than shown, because some end before they are looked at.
    int SPARE = 5;

    /// What is known of one process from the ranking.
    ///
    /// @param program its short name, to leave out the programs that look
    record Score(
            Pid pid,
            String program,
            Optional<Percent> cpu,
            Optional<Bytes> readPerSecond,
            Optional<Bytes> writtenPerSecond,
            Optional<Long> openFiles) {
        public Score {
            requireNonNull(pid, "pid is null");
            requireNonNull(program, "program is null");
        }

        static Score of(Pid pid, String program) {
            return new Score(
                    pid,
                    program,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /// @param looked how many processes were ranked
    /// @param scores the greatest first, some more than are shown
    record Ranked(long looked, List<Score> scores, List<Bilingual> gaps) {
        public Ranked {
            scores = List.copyOf(scores);
            gaps = List.copyOf(gaps);
        }

        List<Pid> greatest() {
            return scores.stream().map(Score::pid).toList();
        }
    }

    static Ranking of(ProcessTop.Arguments arguments) {
        return switch (arguments.ranking()) {
            case CPU -> new ProcessorRanking(arguments);
            case RSS, THREADS, DSTATE -> new TableRanking(arguments);
            case IO, FDS -> new PerProcessRanking(arguments);
        };
    }

    ProcessTop.Arguments arguments();

    /// The next command of the ranking; empty when it has all it needs.
    Optional<Next> next(List<Capture> soFar) throws Unreadable;

    /// How many commands the whole ranking takes.
    int commands(List<Capture> captures) throws Unreadable;

    Ranked read(List<Capture> captures) throws Unreadable;

    /// Whether it measures processor time itself.
    default boolean measuresProcessor() {
        return false;
    }

    default long chosen() {
        return arguments().most() + SPARE;
    }

    default String word() {
        return arguments().ranking().name().toLowerCase(Locale.ROOT);
    }
}
