package parley.tools.catalogue.host;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Family;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The package managers a host can have: decided by the program that is there, and by its version
/// where one name stands for several (`dnf` may be dnf5, `yum` may be dnf).
enum PackageTool {
    APT("/usr/bin/apt-get", "debian", "ubuntu"),
    DNF(
            "/usr/bin/dnf",
            "fedora",
            "rhel",
            "centos",
            "anolis",
            "alinux",
            "openeuler",
            "rocky",
            "almalinux"),
    DNF5("/usr/bin/dnf5", "fedora", "rhel", "centos"),
    YUM("/usr/bin/yum", "rhel", "centos", "anolis", "alinux"),
    ZYPPER("/usr/bin/zypper", "suse", "sles", "opensuse", "opensuse-leap", "opensuse-tumbleweed"),
    APK("/sbin/apk", "alpine");

    private static final Set<PackageTool> DNF_KIN =
            Collections.unmodifiableSet(EnumSet.of(DNF, DNF5, YUM));
    private static final Pattern MISSING =
            Pattern.compile("ls: (?:cannot access )?'?[^']+'?: No such file or directory");
    private static final Pattern VERSION =
            Pattern.compile(
                    "(?:[a-z0-9-]{1,32} )?(?:version )?(\\d{1,6}(?:\\.\\d{1,6}){1,5})(?:["
                            + " ,~+-].*)?");

    private final String path;
    private final String systems;

    PackageTool(String path, String... systems) {
        this.path = path;
        this.systems = " " + String.join(" ", systems) + " ";
    }

    /// Lists those that are there; `ls` exits 2 (BusyBox: 1) because not all are.
    static Argv command() {
        List<String> words = new ArrayList<>(List.of("ls", "-d", "--"));
        Arrays.stream(values()).forEach(tool -> words.add(tool.path));
        return Argv.of(words).alsoReadableWhenExit(1, 2);
    }

    /// Those that capture number `number` of [#command] lists.
    static Set<PackageTool> present(int number, List<Capture> captures) throws Unreadable {
        Set<PackageTool> present = EnumSet.noneOf(PackageTool.class);
        for (Line line : Lines.of(number, captures)) {
            present.add(
                    Arrays.stream(values())
                            .filter(tool -> tool.path.equals(line.text()))
                            .findFirst()
                            .orElseThrow(() -> line.refused("the path of a package manager")));
        }
        for (Line line : Lines.errors(number, captures)) {
            line.match(MISSING, "a package manager that is not there");
        }
        return present;
    }

    /// The one that a system of these ids uses: the first of `ids` that knows any decides. A system
    /// of other ids uses the only one it has, or the only kin.
    static Optional<PackageTool> choose(Set<PackageTool> present, List<String> ids) {
        for (String id : ids) {
            Optional<PackageTool> usual =
                    present.stream()
                            .filter(tool -> tool.systems.contains(" " + id + " "))
                            .findFirst();
            if (usual.isPresent()) {
                return usual;
            }
        }
        boolean kin = present.size() == 1 || DNF_KIN.containsAll(present);
        return kin ? present.stream().findFirst() : Optional.empty();
    }

    /// The command that prints its version.
    Argv version() {
        return Argv.of(path.substring(path.lastIndexOf('/') + 1), "--version");
    }

    /// The version on the first line: `apt 2.6.1 (amd64)`, `4.14.0`, `dnf5 version 5.2.6.2`.
    static String version(int number, List<Capture> captures) throws Unreadable {
        List<Line> lines = Lines.of(number, captures);
        if (lines.isEmpty()) {
            String program = captures.get(number - 1).argv().program();
            throw new Unreadable(
                    Bilingual.of(program + " printed no version", program + " 没有输出版本"));
        }
        Matcher form = lines.getFirst().match(VERSION, "a version");
        return form.group(1);
    }

    /// The dialect of this tool in that version.
    Family family(String version) {
        int major = Integer.parseInt(version.substring(0, version.indexOf('.')));
        return switch (this) {
            case APT -> Family.APT;
            case ZYPPER -> Family.ZYPPER;
            case APK -> Family.APK;
            case DNF5 -> Family.DNF5;
            case DNF, YUM -> major >= 5 ? Family.DNF5 : major == 4 ? Family.DNF : Family.YUM3;
        };
    }
}
