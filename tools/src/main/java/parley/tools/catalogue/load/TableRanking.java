package parley.tools.catalogue.load;

import static java.util.Objects.requireNonNull;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Next;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.Bytes;
import parley.tools.value.Pid;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// By what one `ps` of all processes says: resident memory, threads, or uninterruptible sleep.
record TableRanking(ProcessTop.Arguments arguments) implements Ranking {
    private static final long MOST_BYTES = 2L * 1024 * 1024;

    /// Every process in short.
    static final Argv ALL =
            Argv.of("ps", "-eo", "pid,s,nlwp,rss,comm", "--no-headers").keeping(MOST_BYTES);

    TableRanking {
        requireNonNull(arguments, "arguments is null");
    }

    /// One process in short.
    record Brief(Pid pid, String state, long threads, Bytes rss, String program) {}

    @Override
    public Optional<Next> next(List<Capture> soFar) {
        return soFar.isEmpty() ? Optional.of(Next.run(ALL)) : Optional.empty();
    }

    @Override
    public int commands(List<Capture> captures) {
        return 1;
    }

    @Override
    public Ranked read(List<Capture> captures) throws Unreadable {
        List<Brief> all = all(captures);
        Comparator<Brief> most =
                arguments.ranking() == ProcessTop.By.THREADS
                        ? Comparator.comparingLong(Brief::threads)
                        : Comparator.comparing(Brief::rss);
        boolean stuckOnly = arguments.ranking() == ProcessTop.By.DSTATE;
        return new Ranked(
                all.size(),
                all.stream()
                        .filter(one -> !stuckOnly || one.state().equals("D"))
                        .sorted(most.reversed())
                        .limit(chosen())
                        .map(one -> Score.of(one.pid(), one.program()))
                        .toList(),
                List.of());
    }

    /// What the first capture, that of [#ALL], says.
    static List<Brief> all(List<Capture> captures) throws Unreadable {
        List<Brief> all = new ArrayList<>();
        for (Line line : Lines.of(1, captures)) {
            List<String> words = line.words(4, 5, "process, state, threads, resident KiB, program");
            all.add(
                    new Brief(
                            line.pid(words.get(0)),
                            words.get(1),
                            line.whole(words.get(2)),
                            line.bytes(words.get(3), 1024),
                            words.size() == 5 ? words.get(4) : ""));
        }
        if (all.isEmpty()) {
            throw new Unreadable(Bilingual.of("ps listed no process", "ps 没有列出任何进程"));
        }
        return all;
    }
}
