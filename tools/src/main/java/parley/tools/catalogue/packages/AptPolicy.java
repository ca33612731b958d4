package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.read.WholeLines;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `apt-cache policy`: which versions of a package are offered, and from where. `***` marks the
/// installed version; the numbers are pin priorities.
public final class AptPolicy {
    private static final Pattern VERSION =
            Pattern.compile(" (?:\\*\\*\\*|   ) (\\S+) (-?\\d{1,9})(?: \\(phased \\d+%\\))?");
    private static final Pattern SOURCE = Pattern.compile(" {6,}(-?\\d{1,9}) (.+?)(?: Packages)?");
    private static final Pattern FIELD = Pattern.compile("  ([A-Z][A-Za-z ]+): ?(.*)");
    private static final String INSTALLED = "/var/lib/dpkg/status";

    private AptPolicy() {}

    /// What is known of these packages.
    static Argv of(List<String> names) {
        return Argv.of("apt-cache", "policy", "--")
                .plus(names.toArray(String[]::new))
                .keeping(1024 * 1024);
    }

    /// Every repository that apt has lists of.
    public static Argv sources() {
        return Argv.of("apt-cache", "policy");
    }

    /// Whether apt has the list of any repository.
    public static boolean hasLists(Capture sources) throws Unreadable {
        return sources.readable().lines().stream()
                .anyMatch(line ->
                        line.matches(" *-?\\d+ \\S.* Packages") && !line.contains(INSTALLED));
    }

    public static Bilingual noLists() {
        return Bilingual.of(
                "apt has no package lists on this host, so what is offered is unknown; run apt-get"
                        + " update there first",
                "该主机上 apt 没有软件包列表，无法得知可用版本；请先在其上执行 apt-get update");
    }

    /// The version apt would install, as stated for exactly this package.
    public static Optional<HostText> candidate(Capture policy, String name) throws Unreadable {
        return version(policy, name, "Candidate");
    }

    /// The version that is installed, as stated for exactly this package.
    static Optional<HostText> installed(Capture policy, String name) throws Unreadable {
        return version(policy, name, "Installed");
    }

    private static Optional<HostText> version(Capture policy, String name, String which)
            throws Unreadable {
        for (String line : stanza(policy, name)) {
            Matcher field = FIELD.matcher(line);
            if (field.matches() && field.group(1).equals(which)) {
                String version = field.group(2);
                return version.equals("(none)")
                        ? Optional.empty()
                        : Optional.of(new HostText(version));
            }
        }
        return Optional.empty();
    }

    /// Every version with every repository that has it.
    public static List<PackageFacts.Offer> offers(Capture policy, String name) throws Unreadable {
        List<PackageFacts.Offer> offers = new ArrayList<>();
        String version = "";
        for (String line : stanza(policy, name)) {
            Matcher head = VERSION.matcher(line);
            Matcher source = SOURCE.matcher(line);
            if (head.matches()) {
                version = head.group(1);
            } else if (source.matches() && !source.group(2).equals(INSTALLED)) {
                offers.add(
                        new PackageFacts.Offer(
                                new HostText(version),
                                new HostText(source.group(2)),
                                Optional.of(Long.parseLong(source.group(1)))));
            }
        }
        return List.copyOf(offers);
    }

    /// The lines below `name:`; apt may print other packages, too, whose names fit as a pattern.
    private static List<String> stanza(Capture policy, String name) throws Unreadable {
        List<String> stanza = new ArrayList<>();
        boolean inside = false;
        List<String> lines = WholeLines.of(policy.readable());
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index);
            if (!line.startsWith(" ") && line.endsWith(":")) {
                inside = line.equals(name + ":");
                continue;
            }
            boolean known =
                    VERSION.matcher(line).matches()
                            || SOURCE.matcher(line).matches()
                            || FIELD.matcher(line).matches();
            if (!known) {
                throw Unreadable.line(
                        policy.argv(), index + 1, "a version, a repository or a field", line);
            }
            if (inside) {
                stanza.add(line);
            }
        }
        return stanza;
    }
}
