package parley.tools.catalogue.kernel;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.read.Captures;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Programs and libraries that are still mapped as code though their files are gone: what runs is
/// old, whatever a package manager says.
///
/// Source: the executable mappings of `/proc/PID/maps` that end in `(deleted)`, searched by `grep`
/// (exit 1 when there are none, 2 when some may not be read), and `ps` for the units. Files in
/// memory and in `/tmp` are nobody's package and left out.
///
/// @param units by name, what the init system and D-Bus run included
/// @param init whether the init process itself runs old code: only a reboot renews it
record StaleCode(List<StaleUnit> units, boolean init, List<Bilingual> gaps) {
    private static final Pattern ROW =
            Pattern.compile(
                    "/proc/(\\d{1,9})/maps:.* (/(?:usr|lib|lib64|bin|sbin|opt)/.*) \\(deleted\\)");
    private static final Pattern ANY = Pattern.compile("/proc/\\d{1,9}/maps:.* \\(deleted\\)");
    private static final Pattern PROCESS = Pattern.compile("\\s*(\\d{1,9}) (\\S+)\\s+(.*)");
    private static final String[] FOLDERS = {
        "task",
        "fd",
        "fdinfo",
        "map_files",
        "net",
        "ns",
        "attr",
        "sys",
        "irq",
        "bus",
        "fs",
        "tty",
        "driver",
        "acpi",
        "scsi"
    };

    StaleCode {
        units = List.copyOf(units);
        gaps = List.copyOf(gaps);
    }

    static Argv maps() {
        List<String> words =
                new ArrayList<>(List.of("grep", "-r", "-s", "-a", "-H", "-E", "--include=maps"));
        for (String folder : FOLDERS) {
            words.add("--exclude-dir=" + folder);
        }
        words.addAll(List.of("-e", " r-xp .* /.* \\(deleted\\)$", "--", "/proc"));
        return Argv.of(words)
                .betterAsRoot()
                .within(Duration.ofSeconds(60))
                .keeping(2L * 1024 * 1024)
                .alsoReadableWhenExit(1, 2);
    }

    static Argv processes() {
        return Argv.of("ps", "-e", "-o", "pid=,unit=,comm=").keeping(1024 * 1024);
    }

    /// @throws Unreadable naming the first line that is no mapping or no process
    static StaleCode read(List<Capture> captures) throws Unreadable {
        int number = Captures.number(captures, maps());
        Capture maps = Captures.need(captures, maps()).readable();
        Map<Long, String> owners = owners(Captures.number(captures, processes()), captures);
        Map<String, Set<String>> files = new TreeMap<>();
        Map<String, Set<Long>> processes = new TreeMap<>();
        Map<String, Line> firsts = new LinkedHashMap<>();
        boolean init = false;
        for (Line line : Lines.whole(number, captures)) {
            if (!line.has(ROW)) {
                line.match(ANY, "a mapping of a deleted file");
                continue;
            }
            Matcher row = line.match(ROW, "a mapping of a deleted file");
            long pid = line.whole(row.group(1));
            init |= pid == 1;
            String owner = owners.getOrDefault(pid, "pid " + pid);
            files.computeIfAbsent(owner, ignored -> new TreeSet<>()).add(row.group(2));
            processes.computeIfAbsent(owner, ignored -> new TreeSet<>()).add(pid);
            firsts.putIfAbsent(owner, line);
        }
        List<StaleUnit> units = new ArrayList<>();
        files.forEach((owner, names) ->
                units.add(
                        new StaleUnit(
                                new HostText(owner),
                                names.stream().map(HostText::new).toList(),
                                processes.getOrDefault(owner, Set.of()).size(),
                                Optional.ofNullable(firsts.get(owner)).map(Line::at))));
        return new StaleCode(units, init, gaps(maps));
    }

    private static List<Bilingual> gaps(Capture maps) {
        List<Bilingual> gaps = new ArrayList<>();
        if (!maps.asRoot()) {
            gaps.add(
                    Bilingual.of(
                            "without root only this login's own processes could be searched for old"
                                    + " code",
                            "没有 root 权限，只能检查当前登录用户自己的进程是否在运行旧代码"));
        }
        if (maps.truncated()) {
            gaps.add(
                    Bilingual.of(
                            "more old code runs than was kept of the output",
                            "运行旧代码的进程过多，输出未能全部保留"));
        }
        return gaps;
    }

    private static Map<Long, String> owners(int number, List<Capture> captures) throws Unreadable {
        Map<Long, String> owners = new LinkedHashMap<>();
        for (Line line : Lines.of(number, captures)) {
            Matcher row = line.match(PROCESS, "process id, unit and program");
            boolean unit = !row.group(2).equals("-");
            owners.put(line.whole(row.group(1)), unit ? row.group(2) : row.group(3));
        }
        return owners;
    }

    /// The unit of this name.
    Optional<StaleUnit> find(String unit) {
        return units.stream().filter(one -> one.unit().value().equals(unit)).findFirst();
    }
}
