package parley.console.reach;

import parley.tools.Family;
import parley.tools.Host;
import parley.tools.RootCommand;
import parley.tools.Tool;
import parley.tools.schema.RootPattern;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The least file of sudoers that lets the catalogue run on a host, and nothing else: made of what
/// the tools say they want root for.
///
/// From sudo 1.9.10 on, all arguments of a command are compared with one regular expression.
/// Before, sudoers knew wildcards only, which match across words; there every command is written
/// out, for the units and packages that the inventory names.
public final class SudoersFile {
    /// Where programs lie; sudo compares the files themselves, so `/bin/ls` is `/usr/bin/ls`.
    private static final List<String> FOLDERS = List.of("/usr/bin/", "/usr/sbin/");

    /// Units that open a root shell, turn the host off or carry everything else. The policies
    /// refuse them already; here the host does, too.
    private static final String NEVER =
            "(debug-shell|emergency|rescue|runlevel[0-9]|reboot|soft-reboot|poweroff|halt|kexec"
                    + "|shutdown|suspend|hibernate|ctrl-alt-del|dbus[^ ]*|systemd-[^ ]*)[.@][^ ]*";

    private static final Set<String> APT = Set.of("apt-get", "apt-mark", "dpkg", "needrestart");
    private static final Set<String> DNF = Set.of("dnf", "rpm", "rpmkeys", "yum");
    private static final int MOST_LINES = 20_000;

    private final Host host;
    private final String user;
    private final Optional<Family> family;

    /// @param family what the host is; both families' commands when it is not said
    public SudoersFile(Host host, String user, Optional<Family> family) {
        this.host = host;
        this.user = user;
        this.family = family;
    }

    /// The lines of the file.
    ///
    /// @param regular whether this sudo knows regular expressions
    public List<String> lines(List<Tool<?, ?>> tools, boolean regular) {
        List<String> lines = new ArrayList<>();
        lines.add("# What Parley may run as root on " + host.name() + ", and nothing else.");
        lines.add(
                "# From `parley tools sudoers --host "
                        + host.name()
                        + "`; no line is for a person.");
        lines.add("# Check with `visudo -c -f FILE`, install as /etc/sudoers.d/parley, mode 0440.");
        lines.add(
                regular
                        ? "# Needs sudo 1.9.10 or newer."
                        : "# For a sudo before 1.9.10: one line a command.");
        lines.add(
                "Defaults:"
                        + Sudoers.escape(user)
                        + " env_reset, !setenv, secure_path=\"/usr/sbin:/usr/bin:/sbin:/bin\"");
        lines.addAll(regular ? patterns(tools) : enumerated(tools));
        return List.copyOf(lines);
    }

    private List<RootCommand> forms(List<Tool<?, ?>> tools) {
        return tools.stream()
                .flatMap(tool -> tool.rootCommands().stream())
                .filter(this::fits)
                .distinct()
                .toList();
    }

    /// Whether the host's package manager has any use for it.
    private boolean fits(RootCommand form) {
        List<String> words = List.of(form.form().split(" "));
        boolean apt = words.stream().anyMatch(APT::contains) || form.form().contains("/apt");
        boolean dnf = words.stream().anyMatch(DNF::contains) || form.form().contains("/lib/rpm");
        return apt == dnf
                || family.isEmpty()
                || (apt ? family.get() == Family.APT : family.get() == Family.DNF);
    }

    private List<String> patterns(List<Tool<?, ?>> tools) {
        TreeSet<String> lines = new TreeSet<>();
        for (RootCommand form : forms(tools)) {
            String arguments = narrowed(new RootPattern(form)).arguments();
            for (String folder : FOLDERS) {
                lines.add(
                        allows()
                                + Sudoers.escape(folder + form.program())
                                + (arguments.isEmpty() ? " \"\"" : " ^" + arguments + "$"));
            }
        }
        List<String> all = new ArrayList<>(lines);
        all.add("# The last line that matches decides.");
        FOLDERS.forEach(folder ->
                all.add(
                        Sudoers.escape(user)
                                + " ALL=(root) !"
                                + folder
                                + "systemctl ^([^ ]+ )*"
                                + NEVER
                                + "( [^ ]+)*$"));
        return all;
    }

    private String allows() {
        return Sudoers.escape(user) + " ALL=(root) NOPASSWD: ";
    }

    /// With the names of the inventory alone, where it has any.
    private RootPattern narrowed(RootPattern form) {
        return host.manages().units().isEmpty()
                ? form
                : form.only(Map.of("unit", host.manages().units().stream().sorted().toList()));
    }

    private List<String> enumerated(List<Tool<?, ?>> tools) {
        List<String> units = host.manages().units().stream().sorted().toList();
        List<String> packages = host.manages().packages().stream().sorted().toList();
        Map<String, List<String>> values =
                Map.of(
                        "unit", units,
                        "package", packages,
                        "removable", packages,
                        "build", packages);
        TreeSet<String> lines = new TreeSet<>();
        TreeSet<String> left = new TreeSet<>();
        for (RootCommand form : forms(tools)) {
            List<List<String>> commands = new RootPattern(form).enumerated(values);
            if (commands.isEmpty()) {
                left.add("# not for this sudo: " + form.form());
            }
            for (List<String> words : commands) {
                FOLDERS.forEach(folder ->
                        Sudoers.line(user, folder + words.getFirst(), words).ifPresent(lines::add));
            }
        }
        if (lines.size() > MOST_LINES) {
            throw new IllegalArgumentException(
                    "more than " + MOST_LINES + " lines; name fewer units and packages");
        }
        List<String> all = new ArrayList<>(lines);
        all.addAll(left);
        return all;
    }
}
