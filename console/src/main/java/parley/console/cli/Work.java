package parley.console.cli;

import parley.console.settings.CannotStart;
import parley.safety.gate.Sanitiser;
import parley.safety.record.RecordUnavailable;
import parley.tools.Language;

import picocli.CommandLine.Mixin;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/// A subcommand: says one clear sentence when it cannot go on, and ends with the exit code of
/// DESIGN's table.
abstract class Work implements Callable<Integer> {
    private static final int MOST_MESSAGE_LINES = 20;

    @Mixin Common common = new Common();

    /// Does it, printing to `out`.
    ///
    /// @return the exit code
    /// @throws CannotStart when it cannot begin
    /// @throws Exception on an unexpected error, told in one line, with its trace behind `--debug`
    abstract int work(PrintStream out) throws Exception;

    @Override
    public final Integer call() {
        Language language = common.language();
        try {
            return work(System.out);
        } catch (CannotStart cannot) {
            // A message may show the offending line and a caret below it.
            Sanitiser.lines("parley: " + cannot.why().in(language), MOST_MESSAGE_LINES)
                    .forEach(System.err::println);
            return cannot.exitCode();
        } catch (RecordUnavailable unavailable) {
            System.err.println("parley: " + Sanitiser.line(unavailable.why().in(language)));
            return 10;
        } catch (InterruptedException cancelled) {
            System.err.println(language == Language.EN ? "parley: cancelled" : "parley: 已取消");
            return 130;
        } catch (Exception unexpected) {
            System.err.println(
                    language == Language.EN
                            ? "parley: unexpected error: " + unexpected + " (--debug shows where)"
                            : "parley: 意外错误：" + unexpected + "（--debug 显示位置）");
            if (common.debug) {
                unexpected.printStackTrace(System.err);
            }
            return 1;
        }
    }

    /// One line of a simple table, for lists: columns two blanks apart.
    static void table(PrintStream out, List<List<String>> rows) {
        int[] widths = new int[rows.isEmpty() ? 0 : rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] =
                        Math.max(widths[column], parley.console.show.Width.of(row.get(column)));
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                line.append(
                        parley.console.show.Width.pad(row.get(column), widths[column] + 2, false));
            }
            out.println(Sanitiser.line(line.toString().stripTrailing()));
        }
    }

    static String joined(String[] words) {
        return String.join(" ", Arrays.asList(words)).strip();
    }
}
