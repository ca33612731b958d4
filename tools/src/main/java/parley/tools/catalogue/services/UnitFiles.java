package parley.tools.catalogue.services;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.read.WholeLines;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `systemctl list-unit-files`: the units that are installed, running or not. Read from its
/// columns, which every version prints, since JSON came late.
final class UnitFiles {
    private UnitFiles() {}

    /// The unit files of one type, such as `service`.
    static Argv list(String type) {
        return Argv.of(
                "systemctl",
                "--no-ask-password",
                "--no-pager",
                "--no-legend",
                "--plain",
                "--full",
                "--type=" + type,
                "list-unit-files");
    }

    /// Each unit file's name and its state (`enabled`, `disabled`, `static`, `masked`, …).
    static Map<String, String> read(Capture capture) throws Unreadable {
        Map<String, String> states = new LinkedHashMap<>();
        List<String> lines = WholeLines.of(capture.readable());
        for (int index = 0; index < lines.size(); index++) {
            String[] columns = lines.get(index).strip().split("\\s+");
            if (columns.length < 2 || columns.length > 3 || !columns[0].contains(".")) {
                throw Unreadable.line(
                        capture.argv(), index + 1, "unit state [preset]", lines.get(index));
            }
            states.put(columns[0], columns[1]);
        }
        return states;
    }
}
