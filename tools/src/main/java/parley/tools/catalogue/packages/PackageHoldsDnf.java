package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.catalogue.packages.HeldPackages.Hold;
import parley.tools.read.WholeLines;
import parley.tools.value.HostText;
import parley.tools.value.PackageName;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// [PackageHolds] with dnf 4 and its plugin versionlock, whose list holds one pattern a line
/// (`nginx-1:1.20.1-1.el9.*`) under a comment that says when it was added. `rpm -q` ends with the
/// number of packages that are not installed.
final class PackageHoldsDnf {
    /// Where the plugin keeps its list unless told otherwise.
    private static final String LIST = "/etc/dnf/plugins/versionlock.list";

    private static final String NO_PLUGIN = "No such command: versionlock";
    private static final Pattern LOCK = Pattern.compile("(.+)-([0-9]+:[^-]+-[^-]+)");
    private static final Pattern ADDED = Pattern.compile("# Added locks? on (.{1,60})");

    private PackageHoldsDnf() {}

    static List<Argv> commands(PackageHolds.Arguments arguments) {
        List<Argv> commands = new ArrayList<>();
        commands.add(Dnf.cached("versionlock", "list"));
        commands.add(Argv.of("cat", "--", LIST).alsoReadableWhenExit(1));
        if (!arguments.asked().isEmpty()) {
            List<String> words = new ArrayList<>(List.of("rpm", "-q", "--qf", "%{NAME}\\n", "--"));
            arguments.asked().forEach(name -> words.add(name.value()));
            Integer[] missing = new Integer[arguments.asked().size()];
            for (int index = 0; index < missing.length; index++) {
                missing[index] = index + 1;
            }
            commands.add(Argv.of(words).alsoReadableWhenExit(missing));
        }
        return commands;
    }

    static HeldPackages read(PackageHolds.Arguments arguments, List<Capture> captures)
            throws Unreadable {
        Capture list = captures.getFirst();
        if (list.stderr().contains(NO_PLUGIN)) {
            throw new Unreadable(
                    Bilingual.of(
                            "dnf on this host has no plugin versionlock, so it cannot hold"
                                    + " packages; install python3-dnf-plugin-versionlock first",
                            "该主机的 dnf 没有 versionlock 插件，无法锁定软件包；请先安装"
                                    + " python3-dnf-plugin-versionlock"));
        }
        if (Dnf.lacksCache(list)) {
            throw new Unreadable(Dnf.noCache());
        }
        Map<String, String> since = since(captures.get(1));
        List<Hold> held = new ArrayList<>();
        List<String> lines = WholeLines.of(list);
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index);
            if (line.isBlank()) {
                continue;
            }
            if (line.contains(" ")) {
                throw Unreadable.line(list.argv(), index + 1, "a lock without blanks", line);
            }
            Matcher lock = LOCK.matcher(line);
            boolean versioned = lock.matches();
            held.add(
                    new Hold(
                            new HostText(versioned ? lock.group(1) : line),
                            versioned ? Optional.of(new HostText(lock.group(2))) : Optional.empty(),
                            Optional.ofNullable(since.get(line)).map(HostText::new)));
        }
        return new HeldPackages(
                held,
                arguments.asked().isEmpty() ? List.of() : installed(captures.getLast(), arguments));
    }

    /// When each lock was added, by the comments in the list; none where the list is elsewhere.
    private static Map<String, String> since(Capture list) throws Unreadable {
        Map<String, String> since = new HashMap<>();
        Optional<String> added = Optional.empty();
        for (String line : WholeLines.of(list.readable())) {
            Matcher comment = ADDED.matcher(line);
            if (comment.matches()) {
                added = Optional.of(comment.group(1));
            } else if (!line.isBlank()) {
                added.ifPresent(time -> since.put(line, time));
            }
        }
        return since;
    }

    private static List<HostText> installed(Capture rpm, PackageHolds.Arguments arguments)
            throws Unreadable {
        Dnf.sound(rpm.readable());
        TreeSet<String> names = new TreeSet<>();
        List<String> lines = WholeLines.of(rpm);
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index);
            if (line.matches("package \\S+ is not installed")) {
                continue;
            }
            if (arguments.asked().stream().map(PackageName::value).noneMatch(line::equals)) {
                throw Unreadable.line(rpm.argv(), index + 1, "a package asked for", line);
            }
            names.add(line);
        }
        return names.stream().map(HostText::new).toList();
    }
}
