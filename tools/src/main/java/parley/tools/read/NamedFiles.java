package parley.tools.read;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Unreadable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Several small files read by one command: `grep -H`, which puts the path before each line.
///
/// @param files the lines of each file that could be read; a file without lines is not among them
/// @param absent files that are not there
/// @param refused files that may not be read, or that the kernel will not give
public record NamedFiles(Map<String, List<Line>> files, Set<String> absent, Set<String> refused) {
    private static final Pattern COMPLAINT =
            Pattern.compile(
                    "grep: (/.*): (No such file or directory|Permission denied"
                            + "|Invalid argument|Operation not supported|Input/output error"
                            + "|Is a directory|No such device)");

    public NamedFiles {
        files = Map.copyOf(files);
        absent = Set.copyOf(absent);
        refused = Set.copyOf(refused);
    }

    /// Reads `paths`; exit 1 means that all are empty, 2 that one could not be read.
    public static Argv command(List<String> paths) {
        List<String> words = new ArrayList<>(List.of("grep", "-H", "-e", "", "--"));
        words.addAll(paths);
        return Argv.of(words).alsoReadableWhenExit(1, 2);
    }

    /// Capture number `number` of [#command]. The text of a line is without the path.
    ///
    /// @throws Unreadable naming the first line that is of none of the files
    public static NamedFiles read(int number, List<Capture> captures) throws Unreadable {
        List<String> words = captures.get(number - 1).argv().words();
        List<String> paths = words.subList(words.indexOf("--") + 1, words.size());
        Map<String, List<Line>> files = new LinkedHashMap<>();
        for (Line line : Lines.of(number, captures)) {
            String path =
                    paths.stream()
                            .filter(one -> line.text().startsWith(one + ":"))
                            .findFirst()
                            .orElseThrow(() -> line.refused("a line of one of the files"));
            files.computeIfAbsent(path, ignored -> new ArrayList<>())
                    .add(
                            new Line(
                                    line.argv(),
                                    number,
                                    line.number(),
                                    line.text().substring(path.length() + 1)));
        }
        Set<String> absent = new TreeSet<>();
        Set<String> refused = new TreeSet<>();
        for (Line line : Lines.errors(number, captures)) {
            Matcher complaint = line.match(COMPLAINT, "a file that cannot be read");
            (complaint.group(2).startsWith("No such file") ? absent : refused)
                    .add(complaint.group(1));
        }
        return new NamedFiles(files, absent, refused);
    }

    /// The lines of `path`; none when it could not be read or is empty.
    public List<Line> lines(String path) {
        return files.getOrDefault(path, List.of());
    }
}
