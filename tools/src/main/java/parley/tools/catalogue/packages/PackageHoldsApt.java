package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.catalogue.packages.HeldPackages.Hold;
import parley.tools.read.WholeLines;
import parley.tools.value.HostText;
import parley.tools.value.PackageName;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// [PackageHolds] with apt. `dpkg-query` ends with 1 when one of the packages is unknown, and still
/// prints the others; a package that was removed under a hold stays held (`hn`).
final class PackageHoldsApt {
    private PackageHoldsApt() {}

    static List<Argv> commands(PackageHolds.Arguments arguments) {
        List<Argv> commands = new ArrayList<>();
        commands.add(Argv.of("apt-mark", "showhold"));
        if (!arguments.asked().isEmpty()) {
            List<String> words =
                    new ArrayList<>(
                            List.of(
                                    "dpkg-query",
                                    "-W",
                                    "-f=${Package}|${db:Status-Abbrev}|\\n",
                                    "--"));
            arguments.asked().forEach(name -> words.add(name.value()));
            commands.add(Argv.of(words).alsoReadableWhenExit(1));
        }
        return commands;
    }

    static HeldPackages read(PackageHolds.Arguments arguments, List<Capture> captures)
            throws Unreadable {
        Capture marks = captures.getFirst().readable();
        List<Hold> held = new ArrayList<>();
        List<String> lines = WholeLines.of(marks);
        for (int index = 0; index < lines.size(); index++) {
            String name = lines.get(index);
            if (!name.matches("[a-z0-9][a-z0-9.+:-]*")) {
                throw Unreadable.line(marks.argv(), index + 1, "a package name", name);
            }
            held.add(new Hold(new HostText(name), Optional.empty(), Optional.empty()));
        }
        return new HeldPackages(
                held,
                arguments.asked().isEmpty() ? List.of() : installed(captures.getLast(), arguments));
    }

    private static List<HostText> installed(Capture query, PackageHolds.Arguments arguments)
            throws Unreadable {
        query.readable();
        TreeSet<String> names = new TreeSet<>();
        List<String> lines = WholeLines.of(query);
        for (int index = 0; index < lines.size(); index++) {
            String[] row = lines.get(index).split("\\|", -1);
            if (row.length != 3 || row[1].length() < 2) {
                throw Unreadable.line(query.argv(), index + 1, "name|state|", lines.get(index));
            }
            boolean asked =
                    arguments.asked().stream().map(PackageName::value).anyMatch(row[0]::equals);
            if (asked && "iUFHWt".indexOf(row[1].charAt(1)) >= 0) {
                names.add(row[0]);
            }
        }
        return names.stream().map(HostText::new).toList();
    }
}
