package parley.tools.catalogue.load;

import static java.util.Objects.requireNonNull;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Next;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.read.Table;
import parley.tools.value.Percent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// By processor time: the second block of `top`, the first being about the whole life of each
/// process.
record ProcessorRanking(ProcessTop.Arguments arguments) implements Ranking {
    private static final Pattern BEGIN = Pattern.compile("top - .*");
    private static final Pattern SUMMARY =
            Pattern.compile("(Tasks|Threads|%Cpu|[KMGTPE]iB (Mem|Swap)).*|\\s*");
    private static final long MOST_BYTES = 2L * 1024 * 1024;
    private static final int BLOCKS = 2;

    ProcessorRanking {
        requireNonNull(arguments, "arguments is null");
    }

    @Override
    public Optional<Next> next(List<Capture> soFar) {
        String interval = Long.toString(arguments.interval().toSeconds());
        return soFar.isEmpty()
                ? Optional.of(
                        Next.run(
                                Argv.of("top", "-b", "-n", "2", "-d", interval, "-w", "512")
                                        .keeping(MOST_BYTES)))
                : Optional.empty();
    }

    @Override
    public int commands(List<Capture> captures) {
        return 1;
    }

    @Override
    public boolean measuresProcessor() {
        return true;
    }

    @Override
    public Ranked read(List<Capture> captures) throws Unreadable {
        List<List<Score>> blocks = new ArrayList<>();
        Optional<Table> table = Optional.empty();
        for (Line line : Lines.whole(1, captures)) {
            if (line.has(BEGIN)) {
                blocks.add(new ArrayList<>());
                table = Optional.empty();
            } else if (blocks.isEmpty()) {
                throw line.refused("the first line of top");
            } else if (table.isPresent()) {
                if (!line.text().isBlank()) {
                    blocks.getLast().add(score(table.get().row(line)));
                }
            } else if (!line.has(SUMMARY)) {
                table = Optional.of(Table.below(line, "PID", "%CPU", "COMMAND"));
            }
        }
        if (blocks.size() != BLOCKS || blocks.getLast().isEmpty()) {
            throw new Unreadable(
                    Bilingual.of("top printed no second list of processes", "top 没有输出第二份进程列表"));
        }
        List<Score> all = blocks.getLast();
        return new Ranked(
                all.size(),
                all.stream()
                        .sorted(
                                Comparator.<Score, Percent>comparing(one -> one.cpu().orElseThrow())
                                        .reversed())
                        .limit(chosen())
                        .toList(),
                List.of());
    }

    private static Score score(Table.Row row) throws Unreadable {
        return new Score(
                row.line().pid(row.text("PID")),
                // a program may have no name
                row.text("COMMAND").strip(),
                Optional.of(row.line().percent(row.text("%CPU"))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
