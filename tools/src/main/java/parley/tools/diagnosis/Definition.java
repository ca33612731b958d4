package parley.tools.diagnosis;

import parley.tools.Clue;
import parley.tools.Finding;
import parley.tools.catalogue.services.UnitStatus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The files that define a unit, as `systemctl cat` prints them: which file sets what.
record Definition(List<Setting> settings) {
    private static final Pattern FILE = Pattern.compile("# (/\\S+)");
    private static final Pattern SETTING = Pattern.compile("([A-Za-z]+)=(.*)");

    /// One line of a file.
    ///
    /// @param citation the line itself
    record Setting(String file, String name, String value, Citation citation) {
        /// `MemoryMax=32M in /etc/systemd/system/x.service`.
        String en() {
            return name + "=" + value + " in " + file;
        }

        String zh() {
            return file + " 中的 " + name + "=" + value;
        }

        boolean isDropIn() {
            return file.endsWith(".conf");
        }
    }

    Definition {
        settings = List.copyOf(settings);
    }

    /// What `clue`, a status with the unit's definition, shows; without settings where it has none.
    static Definition of(Clue clue, UnitStatus status) {
        List<Setting> settings = new ArrayList<>();
        for (int number = 1; number <= clue.captures().size(); number++) {
            if (clue.captures().get(number - 1).argv().words().contains("cat")) {
                read(clue, number, settings);
            }
        }
        return new Definition(status.definition().isPresent() ? settings : List.of());
    }

    private static void read(Clue clue, int number, List<Setting> settings) {
        String file = "";
        List<String> lines = clue.captures().get(number - 1).lines();
        for (int line = 1; line <= lines.size(); line++) {
            String text = lines.get(line - 1);
            Matcher heading = FILE.matcher(text);
            Matcher setting = SETTING.matcher(text);
            if (heading.matches()) {
                file = heading.group(1);
            } else if (setting.matches() && !file.isEmpty()) {
                Finding.Lines place = new Finding.Lines(number, line, line);
                settings.add(
                        new Setting(
                                file,
                                setting.group(1),
                                setting.group(2).strip(),
                                Citation.of(clue, List.of(place))));
            }
        }
    }

    /// The setting that counts: the last one of this name.
    Optional<Setting> find(String name) {
        return settings.stream()
                .filter(one -> one.name().equals(name) && !one.value().isEmpty())
                .reduce((before, last) -> last);
    }
}
