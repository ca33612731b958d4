package parley.tools.catalogue.supply;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line of a configuration file, as `grep -rHn` prints it: `/path:12:text`.
///
/// @param number its line in the file
record ConfigLine(String file, long number, String text, Line at) {
    private static final Pattern FORM = Pattern.compile("(/[^:]+):(\\d{1,9}):(.*)");

    /// Every line of the files below `places` whose names fit one of `names`. Exit 1: no lines;
    /// exit 2: a place is missing or closed, and standard error says which.
    static Argv grep(List<String> names, String... places) {
        List<String> words = new ArrayList<>(List.of("grep", "-rHn", ""));
        names.forEach(name -> words.add("--include=" + name));
        words.add("--");
        words.addAll(List.of(places));
        return Argv.of(words).betterAsRoot().keeping(1024 * 1024).alsoReadableWhenExit(1, 2);
    }

    /// The form of [#grep].
    static RootCommand rootCommand(Argv grep) {
        return RootCommand.of(String.join(" ", grep.words()).replace("  ", " <empty> "));
    }

    /// The lines by file, in the order they stand there.
    ///
    /// @param gaps gets a line for each file that is there and could not be read
    static SequencedMap<String, List<ConfigLine>> files(
            int number, List<Capture> captures, List<Bilingual> gaps) throws Unreadable {
        SequencedMap<String, List<ConfigLine>> files = new LinkedHashMap<>();
        for (Line line : Lines.of(number, captures)) {
            Matcher form = line.match(FORM, "file:line:text");
            files.computeIfAbsent(form.group(1), ignored -> new ArrayList<>())
                    .add(
                            new ConfigLine(
                                    form.group(1), line.whole(form.group(2)), form.group(3), line));
        }
        for (Line line : Lines.errors(number, captures)) {
            if (!line.text().endsWith(": No such file or directory")) {
                gaps.add(
                        Bilingual.of(
                                "part of the configuration could not be read: " + line.text(),
                                "部分配置无法读取：" + line.text()));
            }
        }
        return files;
    }
}
