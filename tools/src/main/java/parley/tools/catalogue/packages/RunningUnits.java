package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.read.KeyValues;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which running units came with which packages: `systemctl show` for the units and the files that
/// define them, `dpkg-query -S` or `rpm -qf` for the owners of those (exit 1: nobody owns some).
///
/// A unit that only uses a package's files, as nearly all use libc, is none of that package's.
final class RunningUnits {
    private static final int MOST_FILES = 200;
    private static final Pattern UNOWNED =
            Pattern.compile("file (\\S+) is not owned by any package");

    private RunningUnits() {}

    private static Argv units() {
        return Argv.of(
                        "systemctl",
                        "--no-pager",
                        "show",
                        "--property=Id,ActiveState,SubState,FragmentPath",
                        "--",
                        "*.service",
                        "*.socket",
                        "*.timer",
                        "*.path")
                .keeping(1024 * 1024);
    }

    /// The running units of `packages`, in the order of their names.
    static List<PackageSolution.Running> ofDpkg(Set<String> packages, Asking asking)
            throws Asking.Unasked, Unreadable {
        Map<String, String> files = files(packages, asking);
        if (files.isEmpty()) {
            return List.of();
        }
        Capture capture =
                asking.ask(
                        Argv.of("dpkg-query", "-S", "--")
                                .plus(paths(files))
                                .alsoReadableWhenExit(1));
        Map<String, String> owners = new LinkedHashMap<>();
        for (Line line : Lines.of(1, List.of(capture))) {
            int end = line.text().indexOf(": /");
            if (end < 1) {
                throw line.refused("package: /path");
            }
            owners.put(
                    line.text().substring(end + 2),
                    line.text().substring(0, end).replaceFirst("[:,].*", ""));
        }
        return running(packages, files, owners);
    }

    /// The same with rpm, which prints only the owners, one for each file in order.
    static List<PackageSolution.Running> ofRpm(Set<String> packages, Asking asking)
            throws Asking.Unasked, Unreadable {
        Map<String, String> files = files(packages, asking);
        if (files.isEmpty()) {
            return List.of();
        }
        String[] paths = paths(files);
        Capture capture =
                asking.ask(
                        Argv.of("rpm", "-qf", "--qf", "%{NAME}\\n", "--")
                                .plus(paths)
                                .alsoReadableWhenExit(1));
        List<Line> lines = Lines.of(1, List.of(Dnf.sound(capture)));
        if (lines.size() != paths.length) {
            throw new Unreadable(
                    Bilingual.of(
                            "rpm named {0} owners of {1} unit files, so which units belong to the"
                                    + " packages is unknown",
                            "rpm 为 {1} 个单元文件给出了 {0} 个所属软件包，无法得知单元与软件包的对应关系",
                            lines.size(),
                            paths.length));
        }
        Map<String, String> owners = new LinkedHashMap<>();
        for (int index = 0; index < paths.length; index++) {
            Matcher unowned = UNOWNED.matcher(lines.get(index).text());
            if (!unowned.matches()) {
                owners.put(paths[index], lines.get(index).text());
            }
        }
        return running(packages, files, owners);
    }

    /// Unit to the file that defines it, for those that run and came with some package.
    private static Map<String, String> files(Set<String> packages, Asking asking)
            throws Asking.Unasked, Unreadable {
        Map<String, String> files = new LinkedHashMap<>();
        if (packages.isEmpty()) {
            return files;
        }
        for (KeyValues block : KeyValues.blocks(asking.ask(units()).readable())) {
            String state = block.text("ActiveState");
            boolean up =
                    state.equals("active")
                            || state.equals("reloading")
                            || state.equals("activating");
            String path = block.find("FragmentPath").orElse("");
            boolean packaged = path.startsWith("/usr/lib/") || path.startsWith("/lib/");
            if (up && packaged && !block.text("SubState").equals("exited")) {
                files.put(block.text("Id"), path);
            }
        }
        if (files.values().stream().distinct().count() > MOST_FILES) {
            throw new Unreadable(
                    Bilingual.of(
                            "more than {0} units run on this host: which belong to the packages was"
                                    + " not read",
                            "该主机运行的单元超过 {0} 个：未读取哪些属于这些软件包", MOST_FILES));
        }
        return files;
    }

    private static String[] paths(Map<String, String> files) {
        return files.values().stream().distinct().sorted().toArray(String[]::new);
    }

    private static List<PackageSolution.Running> running(
            Set<String> packages, Map<String, String> files, Map<String, String> owners) {
        List<PackageSolution.Running> running = new ArrayList<>();
        files.keySet().stream()
                .sorted()
                .forEach(unit -> {
                    String owner = owners.getOrDefault(files.get(unit), "");
                    if (packages.contains(owner)) {
                        running.add(
                                new PackageSolution.Running(
                                        new HostText(unit), new HostText(owner)));
                    }
                });
        return List.copyOf(running);
    }
}
