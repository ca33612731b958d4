package parley.tools.catalogue.jobs;

import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/// The lines in which a package manager complains. They matter most where its exit code says
/// nothing: dnf ends with 0 after a failed script.
final class Complaints {
    private static final Pattern ERROR =
            Pattern.compile(
                    "(E: |dpkg: error|Error|error: |KeyboardInterrupt" + "|dpkg: unrecoverable).*");
    private static final Pattern WARNING =
            Pattern.compile("(W: |dpkg: warning|warning: .*scriptlet failed|Failed: ?| Problem).*");

    private Complaints() {}

    static List<HostText> of(List<String> lines, int most) {
        List<String> whole = new ArrayList<>();
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index);
            boolean goesOn = line.startsWith("dpkg: error") && line.endsWith(":");
            String next = goesOn && index + 1 < lines.size() ? lines.get(index + 1) : "";
            whole.add(next.startsWith(" ") ? line + " " + next.strip() : line);
        }
        return whole.stream()
                .filter(line -> grade(line) > 0)
                .distinct()
                .sorted(Comparator.comparingInt(Complaints::grade).reversed())
                .limit(most)
                .map(HostText::new)
                .toList();
    }

    private static int grade(String line) {
        if (ERROR.matcher(line).matches()) {
            return 2;
        }
        return WARNING.matcher(line).matches() ? 1 : 0;
    }
}
