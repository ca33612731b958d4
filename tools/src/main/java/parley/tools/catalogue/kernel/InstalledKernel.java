package parley.tools.catalogue.kernel;

import static java.util.Objects.requireNonNull;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Family;
import parley.tools.Means;
import parley.tools.Unreadable;
import parley.tools.catalogue.packages.AptVersion;
import parley.tools.catalogue.packages.RpmVersion;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A kernel that a package brought, by the release that `uname -r` would show when it runs.
///
/// Source: `dpkg-query -W 'linux-image-[0-9]*'`, which exits with 1 when there is none, or `rpm
/// -q`, whose exit code counts the names that are not installed.
///
/// @param line where it stands in its capture
record InstalledKernel(
        @Means(en = "release", zh = "版本") HostText release,
        @Means(en = "package version", zh = "软件包版本") HostText version,
        @Means(en = "line", zh = "行") long line) {
    private static final Pattern APT =
            Pattern.compile("linux-image-([0-9][\\w.+~-]{1,100})\\|(..).?\\|([^|]{0,100})");
    private static final Pattern RPM =
            Pattern.compile("([a-z-]{1,40})\\|([\\w.+~^]{1,60})\\|([\\w.+~^]{1,60})\\|(\\w{1,20})");
    private static final String[] NAMES = {
        "kernel-core", "kernel", "kernel-uek-core", "kernel-uek"
    };

    InstalledKernel {
        requireNonNull(release, "release is null");
        requireNonNull(version, "version is null");
    }

    static Argv list(Family family) {
        return family == Family.APT
                ? Argv.of(
                                "dpkg-query",
                                "-W",
                                "-f",
                                "${Package}|${db:Status-Abbrev}|${Version}\\n",
                                "linux-image-[0-9]*")
                        .alsoReadableWhenExit(1)
                : Argv.of("rpm", "-q", "--qf", "%{NAME}|%{VERSION}|%{RELEASE}|%{ARCH}\\n", "--")
                        .plus(NAMES)
                        .alsoReadableWhenExit(1, 2, 3, 4);
    }

    /// The kernels, the newest last; none where the kernel comes from elsewhere, as in a container.
    ///
    /// @throws Unreadable naming the first line that is no package
    static List<InstalledKernel> read(Family family, int number, List<Capture> captures)
            throws Unreadable {
        return family == Family.APT ? apt(number, captures) : rpm(number, captures);
    }

    private static List<InstalledKernel> apt(int number, List<Capture> captures) throws Unreadable {
        List<InstalledKernel> kernels = new ArrayList<>();
        for (Line line : Lines.of(number, captures)) {
            Matcher row = line.match(APT, "a kernel package with state and version");
            String release = row.group(1).replaceFirst("-unsigned$", "");
            boolean installed = row.group(2).equals("ii") || row.group(2).equals("hi");
            if (installed && !release.endsWith("-dbg")) {
                kernels.add(
                        new InstalledKernel(
                                new HostText(release), new HostText(row.group(3)), line.number()));
            }
        }
        kernels.sort((one, other) ->
                new AptVersion(one.release().value())
                        .compareTo(new AptVersion(other.release().value())));
        return List.copyOf(kernels);
    }

    private static List<InstalledKernel> rpm(int number, List<Capture> captures) throws Unreadable {
        record Versioned(RpmVersion version, InstalledKernel kernel) {}
        List<Versioned> found = new ArrayList<>();
        for (Line line : Lines.of(number, captures)) {
            if (line.text().endsWith(" is not installed")) {
                continue;
            }
            Matcher row = line.match(RPM, "name, version, release and architecture");
            String version = row.group(2) + "-" + row.group(3);
            HostText release = new HostText(version + "." + row.group(4));
            if (found.stream().noneMatch(one -> one.kernel().release().equals(release))) {
                found.add(
                        new Versioned(
                                new RpmVersion(0, row.group(2), row.group(3)),
                                new InstalledKernel(
                                        release, new HostText(version), line.number())));
            }
        }
        found.sort((one, other) -> one.version().compareTo(other.version()));
        return found.stream().map(Versioned::kernel).toList();
    }

    /// `uname -r`.
    static Argv running() {
        return Argv.of("uname", "-r");
    }

    static HostText running(int number, List<Capture> captures) throws Unreadable {
        List<Line> lines = Lines.of(number, captures);
        Capture capture = captures.get(number - 1);
        if (lines.size() != 1 || !lines.getFirst().text().matches("[0-9][\\w.+~-]{0,100}")) {
            throw Unreadable.line(capture.argv(), 1, "one kernel release", capture.stdout());
        }
        return new HostText(lines.getFirst().text());
    }

    /// The newest, unless it is the one that runs.
    static Optional<InstalledKernel> pending(List<InstalledKernel> kernels, HostText running) {
        return kernels.isEmpty() || kernels.getLast().release().equals(running)
                ? Optional.empty()
                : Optional.of(kernels.getLast());
    }
}
