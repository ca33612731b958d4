package parley.tools.catalogue.network;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The zones of firewalld, in force and kept: `firewall-cmd --list-all-zones`, which is text.
final class Firewalld {
    private static final Pattern ZONE = Pattern.compile("[A-Za-z0-9_/-]{1,64}(?: \\([a-z, ]+\\))?");
    private static final Pattern SETTING =
            Pattern.compile("[ \\t]+([a-z-]+): ?(.*)|[ \\t]+(\\S.*)");

    private Firewalld() {}

    static Argv runtime() {
        return Argv.of("firewall-cmd", "--list-all-zones").asRoot();
    }

    static Argv permanent() {
        return Argv.of("firewall-cmd", "--permanent", "--list-all-zones").asRoot();
    }

    /// What stands in one of the two only: `+ public ports: 8080/tcp` is in force but not kept, `-`
    /// the other way round. Which devices belong to a zone is not compared: only what is in force
    /// knows all of them.
    static List<HostText> differences(int runtime, int permanent, List<Capture> captures)
            throws Unreadable {
        Set<String> now = settings(runtime, captures);
        Set<String> kept = settings(permanent, captures);
        List<HostText> differences = new ArrayList<>();
        now.stream()
                .filter(one -> !kept.contains(one))
                .forEach(one -> differences.add(new HostText("+ " + one)));
        kept.stream()
                .filter(one -> !now.contains(one))
                .forEach(one -> differences.add(new HostText("- " + one)));
        return List.copyOf(differences);
    }

    private static Set<String> settings(int number, List<Capture> captures) throws Unreadable {
        Set<String> settings = new LinkedHashSet<>();
        String zone = "";
        for (Line line : Lines.of(number, captures)) {
            if (line.has(ZONE)) {
                zone = line.text().replaceFirst(" \\(.*", "");
            } else if (!line.text().isBlank()) {
                var form = line.match(SETTING, "a zone or a setting of it");
                String value = form.group(2) == null ? form.group(3) : form.group(2);
                String key = form.group(1) == null ? "rule" : form.group(1);
                for (String one :
                        key.equals("rule") ? List.of(value) : List.of(value.split(" +"))) {
                    if (!key.equals("interfaces") && !one.isBlank()) {
                        settings.add(zone + " " + key + ": " + one);
                    }
                }
            }
        }
        return settings;
    }
}
