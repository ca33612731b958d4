package parley.tools.catalogue.jobs;

import parley.tools.catalogue.jobs.Progress.Phase;
import parley.tools.value.HostText;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads from a package manager's output how far it is.
///
/// apt tells with `APT::Status-Fd`, in lines of their own among its output (`dlstatus:`,
/// `pmstatus:`); dnf counts (`Installing : name 1/2`). Both tell in plain words too. Package
/// scripts print among it: what looks like progress is shown as such, and nothing else depends on
/// it but that a transaction past its download is no longer cancelled.
final class ProgressLines {
    private static final Pattern DOWNLOAD = Pattern.compile("dlstatus:[0-9]+:([0-9.]{1,12}):.*");
    private static final Pattern PACKAGE =
            Pattern.compile("pmstatus:([^ ]{1,200}?):([0-9.]{1,12}):(.*)");
    private static final Pattern COUNTED =
            Pattern.compile(
                    " {2}([A-Z][a-z]+(?: scriptlet)?) *: (\\S*) +([0-9]{1,6})/([0-9]{1,6})");
    private static final Pattern FETCHED =
            Pattern.compile("\\(([0-9]{1,6})(?:-[0-9]+)?/([0-9]{1,6})\\): .*");
    private static final Pattern WORDS =
            Pattern.compile(
                    "(Preparing to unpack|Unpacking|Setting up|Removing"
                            + "|Purging configuration files for|Processing triggers for"
                            + "|Selecting previously unselected package) ([^ ]{1,300}).*");

    private static final Map<String, Phase> APT =
            Map.of(
                    "Preparing to unpack", Phase.INSTALL,
                    "Selecting previously unselected package", Phase.INSTALL,
                    "Unpacking", Phase.INSTALL,
                    "Setting up", Phase.CONFIGURE,
                    "Removing", Phase.REMOVE,
                    "Purging configuration files for", Phase.REMOVE,
                    "Processing triggers for", Phase.TRIGGERS);
    private static final Map<String, Phase> DNF =
            Map.of(
                    "Preparing", Phase.INSTALL,
                    "Installing", Phase.INSTALL,
                    "Upgrading", Phase.INSTALL,
                    "Downgrading", Phase.INSTALL,
                    "Reinstalling", Phase.INSTALL,
                    "Cleanup", Phase.REMOVE,
                    "Erasing", Phase.REMOVE,
                    "Obsoleting", Phase.REMOVE,
                    "Running scriptlet", Phase.TRIGGERS,
                    "Verifying", Phase.VERIFY);
    private static final Map<String, Phase> PLAIN =
            Map.of(
                    "Reading package lists...", Phase.RESOLVE,
                    "Building dependency tree...", Phase.RESOLVE,
                    "Dependencies resolved.", Phase.RESOLVE,
                    "Downloading Packages:", Phase.DOWNLOAD,
                    "Running transaction check", Phase.CHECK,
                    "Running transaction test", Phase.CHECK,
                    "Running transaction", Phase.INSTALL,
                    "Complete!", Phase.FINISHED);

    private ProgressLines() {}

    /// Whether the line is progress and nothing else: not worth showing.
    static boolean isOnlyProgress(String line) {
        return DOWNLOAD.matcher(line).matches() || PACKAGE.matcher(line).matches();
    }

    /// What the newest of `lines` say, the oldest line first.
    static Progress of(List<String> lines) {
        Progress progress = Progress.NONE;
        for (String line : lines) {
            progress = after(progress, line);
        }
        return progress;
    }

    private static Progress after(Progress before, String line) {
        Phase plain = PLAIN.get(line);
        if (plain != null) {
            return new Progress(Optional.of(plain), Optional.empty(), Optional.empty());
        }
        Matcher download = DOWNLOAD.matcher(line);
        if (download.matches()) {
            return new Progress(
                    Optional.of(Phase.DOWNLOAD), Optional.empty(), percent(download.group(1)));
        }
        Matcher fetched = FETCHED.matcher(line);
        if (fetched.matches()) {
            return new Progress(
                    Optional.of(Phase.DOWNLOAD),
                    Optional.empty(),
                    share(fetched.group(1), fetched.group(2), 0));
        }
        Matcher one = PACKAGE.matcher(line);
        if (one.matches()) {
            boolean named = !one.group(1).equals("dpkg-exec");
            return new Progress(
                    Optional.of(named ? phase(one.group(3)) : Phase.INSTALL),
                    named ? Optional.of(new HostText(one.group(1))) : Optional.empty(),
                    percent(one.group(2)));
        }
        Matcher counted = COUNTED.matcher(line);
        Phase counting = counted.matches() ? DNF.get(counted.group(1)) : null;
        if (counting != null) {
            return new Progress(
                    Optional.of(counting),
                    Optional.of(counted.group(2))
                            .filter(name -> !name.isEmpty())
                            .map(HostText::new),
                    share(counted.group(3), counted.group(4), 1));
        }
        Matcher words = WORDS.matcher(line);
        if (words.matches()) {
            return new Progress(
                    Optional.ofNullable(APT.get(words.group(1))),
                    Optional.of(new HostText(words.group(2))),
                    before.phase().filter(phase -> !phase.isHarmless()).isPresent()
                            ? before.percent()
                            : Optional.empty());
        }
        return before;
    }

    /// apt's own words in a `pmstatus` line.
    private static Phase phase(String text) {
        if (text.startsWith("Preparing to configure")
                || text.startsWith("Configuring")
                || text.startsWith("Installed")) {
            return Phase.CONFIGURE;
        }
        if (text.startsWith("Running")) {
            return Phase.TRIGGERS;
        }
        return text.startsWith("Preparing for removal")
                        || text.startsWith("Preparing to completely remove")
                        || text.startsWith("Remov")
                        || text.startsWith("Completely remov")
                ? Phase.REMOVE
                : Phase.INSTALL;
    }

    private static Optional<Long> percent(String number) {
        return number.matches("[0-9]{1,3}(\\.[0-9]*)?")
                ? Optional.of(Math.min(100L, (long) Double.parseDouble(number)))
                : Optional.empty();
    }

    /// How many hundredths are done when `number` of `all` is being worked on.
    private static Optional<Long> share(String number, String all, int current) {
        long whole = Long.parseLong(all);
        long done = Long.parseLong(number) - current;
        return whole > 0 && done >= 0 && done <= whole
                ? Optional.of(100 * done / whole)
                : Optional.empty();
    }
}
