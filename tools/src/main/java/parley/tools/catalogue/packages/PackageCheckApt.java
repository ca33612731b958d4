package parley.tools.catalogue.packages;

import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.catalogue.packages.PackageCheck.Arguments;
import parley.tools.value.HostText;
import parley.tools.value.PackageName;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// [PackageCheck] on Debian and its kin: the state of every package as dpkg itself has it.
final class PackageCheckApt {
    private static final Map<Character, String> STATES =
            Map.of(
                    'U', "unpacked, not configured",
                    'F', "half-configured",
                    'H', "half-installed",
                    'W', "waits for a trigger",
                    't', "has a trigger to run");

    private PackageCheckApt() {}

    static Reading<PackagesState> look(Arguments arguments, Asking asking)
            throws Asking.Unasked, Unreadable {
        DpkgRows rows = DpkgRows.read(asking.ask(DpkgRows.argv()));
        Surroundings around = Surroundings.ask(asking);
        Set<String> names =
                arguments.names().orElse(List.of()).stream()
                        .map(PackageName::value)
                        .collect(Collectors.toSet());
        List<HostText> broken = new ArrayList<>();
        List<PackagesState.Present> present = new ArrayList<>();
        long count = 0;
        for (DpkgRows.Row row : rows.rows()) {
            if (!row.isThere()) {
                continue;
            }
            count++;
            if (!row.isWhole()) {
                String state = STATES.getOrDefault(row.status().charAt(1), "must be reinstalled");
                broken.add(new HostText(row.name() + ": " + state));
            }
            if (names.contains(row.name())) {
                present.add(
                        new PackagesState.Present(
                                new HostText(row.name()),
                                new HostText(row.architecture()),
                                new HostText(row.version()),
                                row.isWhole()));
            }
        }
        return Reading.of(
                new PackagesState(
                        count,
                        broken,
                        present,
                        around.leftovers(),
                        List.of(),
                        around.failed(),
                        around.running()),
                around.gaps());
    }
}
