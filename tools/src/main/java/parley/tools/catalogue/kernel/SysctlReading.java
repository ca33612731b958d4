package parley.tools.catalogue.kernel;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.read.Captures;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;
import parley.tools.value.SysctlKey;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Kernel parameters by `sysctl -e`, which leaves out what the kernel does not have, and the files
/// that set them at boot by `grep`.
final class SysctlReading {
    private static final Pattern ROW = Pattern.compile("([\\w./-]{1,128}) = ?(.*)");
    private static final Pattern FILE_ROW =
            Pattern.compile("(/[^\\x00]{1,400})\\x00\\s*-?\\s*([\\w./-]{1,128})\\s*=\\s*(.*?)\\s*");

    private SysctlReading() {}

    static Argv values(List<SysctlKey> keys) {
        List<String> words = new ArrayList<>(List.of("sysctl", "-e", "--"));
        keys.forEach(key -> words.add(key.value()));
        return Argv.of(words).betterAsRoot().alsoReadableWhenExit(1, 255);
    }

    /// Exit 1: no file sets any; 2: a folder is not there.
    static Argv files(List<SysctlKey> keys) {
        List<String> names = new ArrayList<>();
        keys.forEach(key -> names.add(key.value().replaceAll("[./]", "[./]")));
        return Argv.of(
                        "grep",
                        "-r",
                        "-s",
                        "-H",
                        "-Z",
                        "-E",
                        "-e",
                        "^[[:space:]]*-?[[:space:]]*(" + String.join("|", names) + ")[[:space:]]*=",
                        "--",
                        "/usr/lib/sysctl.d",
                        "/run/sysctl.d",
                        "/etc/sysctl.d",
                        "/etc/sysctl.conf")
                .alsoReadableWhenExit(1, 2);
    }

    static List<KernelParameter> read(
            List<SysctlKey> keys, List<Capture> captures, List<Bilingual> gaps) throws Unreadable {
        Map<String, Line> values = new HashMap<>();
        int number = Captures.number(captures, values(keys));
        for (Line line : Lines.of(number, captures)) {
            Matcher row = line.match(ROW, "a parameter and its value");
            values.put(dotted(row.group(1)), line);
        }
        Capture capture = captures.get(number - 1);
        if (capture.stderr().toLowerCase(Locale.ROOT).contains("permission denied")) {
            gaps.add(
                    Bilingual.of(
                            "this login may not read every parameter asked for", "当前登录用户无权读取部分参数"));
        }
        Map<String, List<HostText>> files = files(keys, captures);
        List<KernelParameter> parameters = new ArrayList<>();
        for (SysctlKey key : keys) {
            Optional<Line> line = Optional.ofNullable(values.get(dotted(key.value())));
            parameters.add(
                    new KernelParameter(
                            key.value(),
                            line.map(SysctlReading::value),
                            files.getOrDefault(dotted(key.value()), List.of()),
                            line.map(Line::number).orElse(0)));
        }
        return parameters;
    }

    private static HostText value(Line line) {
        Matcher row = ROW.matcher(line.text());
        return new HostText(row.matches() ? row.group(2).strip().replaceAll("\\s+", " ") : "");
    }

    /// In the order of the files' own names, whatever folder they lie in, as systemd applies them.
    private static Map<String, List<HostText>> files(List<SysctlKey> keys, List<Capture> captures)
            throws Unreadable {
        Map<String, Map<String, String>> found = new HashMap<>();
        for (Line line : Lines.of(Captures.number(captures, files(keys)), captures)) {
            Matcher row = line.match(FILE_ROW, "a file, a parameter and its value");
            String path = row.group(1);
            String order = path.substring(path.lastIndexOf('/') + 1) + " " + path;
            found.computeIfAbsent(dotted(row.group(2)), ignored -> new TreeMap<>())
                    .put(order, path + ": " + row.group(3).replaceAll("\\s+", " "));
        }
        Map<String, List<HostText>> files = new HashMap<>();
        found.forEach((key, paths) ->
                files.put(key, paths.values().stream().map(HostText::new).toList()));
        return files;
    }

    static String dotted(String key) {
        return key.replace('/', '.');
    }
}
